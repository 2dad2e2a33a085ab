import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp } from '../../infra/app.ts';
import { entries } from '../../infra/entries.ts';

export interface Resource {
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- CloudFormation's properties, as deep as it likes
  readonly Properties: Record<string, any>;
  readonly DeletionPolicy?: string;
}
export type Resources = Readonly<Record<string, Resource>>;

export interface Synthesized {
  readonly data: Resources;
  readonly app: Resources;
  /** Both stacks; their logical ids do not meet. */
  readonly all: Resources;
  readonly findings: NagReport;
}

interface NagReport {
  readonly violations: readonly { readonly ruleName: string }[];
  readonly suppressedViolations: readonly { readonly acknowledgedId: string; readonly acknowledgedAt: string }[];
}

/** Synthesizes the templates with empty functions: what is tested here does not depend on a build. */
export function synthesize(context: Record<string, string> = {}): Synthesized {
  const dir = mkdtempSync(path.join(tmpdir(), 'template-'));
  try {
    for (const { name } of entries) {
      mkdirSync(path.join(dir, 'code', name), { recursive: true });
      writeFileSync(path.join(dir, 'code', name, 'index.js'), `// ${name}`);
    }
    const assembly = createApp({ codeDir: path.join(dir, 'code'), outdir: path.join(dir, 'out'), context }).synth();
    const [data, app] = assembly.stacks.map(({ template }) => (template as { Resources: Resources }).Resources);
    const report = JSON.parse(readFileSync(path.join(dir, 'out/validation-report.json'), 'utf8')) as {
      pluginReports: NagReport[];
    };
    return { data: data!, app: app!, all: { ...data, ...app }, findings: report.pluginReports[0]! };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The resources of one type, by logical id. */
export function ofType(resources: Resources, type: string): [id: string, properties: Resource['Properties']][] {
  return Object.entries(resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, resource.Properties]);
}

export function onlyOf(resources: Resources, type: string): Resource['Properties'] {
  const found = ofType(resources, type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0]![1];
}

/** The logical id or the export that a value leads to. */
export function target(value: unknown): string {
  const reference = value as { Ref?: string; 'Fn::GetAtt'?: string[]; 'Fn::ImportValue'?: string };
  const found = reference.Ref ?? reference['Fn::GetAtt']?.[0] ?? reference['Fn::ImportValue'];
  if (!found) throw new Error(`not a reference: ${JSON.stringify(value)}`);
  return found;
}

/** A text with references in it, the references as `<LogicalId>`. */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'];
  return join ? join[1].map(flat).join(join[0]) : `<${target(value)}>`;
}
