/**
 * Who may import whom. A tree that keeps to it can be read, tested and replaced without the ones that stand on it; what
 * breaks it is named with its line.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, readImports, type Import } from './support/imports.ts';

const DOMAINS = ['customers', 'leads', 'sales', 'activities', 'marketing', 'service', 'insight', 'workspace', 'portal'];
const LAYERS = ['runtime', 'table', 'records', 'services'];
const TREES = ['shared', 'functions', 'infra', 'web', 'test'];

/** Plain data: the template, the local host and the tests read it, so it must load nothing. */
const WITHOUT_IMPORTS = ['infra/entries.ts', 'infra/tableSchema.ts'];

/** Why this import breaks the rule, or undefined. */
function faultOf({ file, target }: Import): string | undefined {
  const [tree = '', part = ''] = file.split('/');
  const [targetTree = '', targetPart = ''] = target.split('/');
  const ours = TREES.includes(targetTree) && /\.\w+$/.test(target);

  if (WITHOUT_IMPORTS.includes(file)) return 'is plain data and imports nothing';
  if (tree === 'test') return undefined;
  if (targetTree === 'test' && ours) return 'imports a test';
  if (targetTree === 'infra' && ours && tree !== 'infra') return 'imports infra';

  switch (tree) {
    case 'shared':
      return ours ? faultOfShared(file, targetTree, target) : targetTree === 'zod' ? undefined : 'imports a package other than zod';
    case 'functions':
      if (!LAYERS.includes(part) && !DOMAINS.includes(part)) return 'is neither in a layer nor in a domain';
      if (!ours || targetTree === 'shared') return undefined;
      if (targetTree !== 'functions') return `imports ${targetTree}`;
      if (LAYERS.includes(targetPart) || targetPart === part) return undefined;
      return LAYERS.includes(part) ? 'is a layer and imports a domain' : 'imports another domain';
    case 'infra':
      return ours && (targetTree === 'functions' || targetTree === 'web') ? `imports ${targetTree}: name the file by its path` : undefined;
    case 'web':
      return ours && targetTree === 'functions' ? 'imports functions' : faultWithinWeb(file, target);
  }
  return `stands in an unknown tree`;
}

function faultOfShared(file: string, targetTree: string, target: string): string | undefined {
  if (targetTree !== 'shared') return `imports ${targetTree}`;
  if (file === 'shared/registry.ts') return undefined;
  if (target === 'shared/registry.ts') return 'imports the registry, which stands on it';
  if (file.startsWith('shared/kernel/') && !target.startsWith('shared/kernel/')) return 'is kernel and imports a domain';
  return undefined;
}

function faultWithinWeb(file: string, target: string): string | undefined {
  const [, , part = ''] = file.split('/');
  const [targetTree, source, targetPart = ''] = target.split('/');
  if (targetTree !== 'web' || source !== 'src' || !DOMAINS.includes(targetPart) || part === targetPart) return undefined;
  if (DOMAINS.includes(part)) return 'imports another domain';
  return ['kernel', 'ui', 'records'].includes(part) ? 'imports a page' : undefined;
}

test('every import keeps to the rule', () => {
  const imports = readImports(join(import.meta.dirname, '..'));

  const faults = imports.flatMap((one) => {
    const fault = faultOf(one);
    return fault ? [`${one.file}:${one.line} ${fault} (${one.target})`] : [];
  });

  expect(faults).toEqual([]);
  // The reader sees every tree and both kinds of files.
  expect(new Set(imports.map(({ file }) => file.split('/')[0]))).toEqual(new Set(TREES));
  expect(imports.some(({ file }) => file.endsWith('.svelte'))).toBe(true);
});

test.each([
  ['shared/kernel/ids.ts', '../leads/lead.ts', 'is kernel and imports a domain'],
  ['shared/kernel/fields/text.ts', '../../registry.ts', 'imports the registry, which stands on it'],
  ['shared/leads/lead.ts', '../registry.ts', 'imports the registry, which stands on it'],
  ['shared/leads/lead.ts', '../../functions/runtime/env.ts', 'imports functions'],
  ['shared/leads/lead.ts', 'node:crypto', 'imports a package other than zod'],
  ['functions/records/create.ts', '../leads/convertLead.ts', 'is a layer and imports a domain'],
  ['functions/customers/http.ts', '../leads/convertLead.ts', 'imports another domain'],
  ['functions/common/http.ts', 'zod/mini', 'is neither in a layer nor in a domain'],
  ['functions/customers/http.ts', '../../web/src/kernel/api.ts', 'imports web'],
  ['functions/customers/http.ts', '../../infra/tableSchema.ts', 'imports infra'],
  ['functions/customers/http.ts', '../../test/support/fields.ts', 'imports a test'],
  ['infra/functions.ts', '../functions/leads/http.ts', 'imports functions: name the file by its path'],
  ['infra/entries.ts', 'node:path', 'is plain data and imports nothing'],
  ['web/src/kernel/api.ts', '../../../functions/runtime/env.ts', 'imports functions'],
  ['web/src/kernel/api.ts', '../leads/Lead.svelte', 'imports a page'],
  ['web/src/leads/Convert.svelte', '../customers/Customer.svelte', 'imports another domain'],
])('%s may not import %s', (file, target, fault) => {
  const code = `\nimport type { Some } from '${target}';`;
  const text = file.endsWith('.svelte') ? `<p>import './markup.ts'</p><script lang="ts">${code}</script>` : code;

  const imports = importsOf(file, text);

  expect(imports.map(faultOf)).toEqual([fault]);
  expect(imports[0]!.line).toBe(2);
});

test.each([
  ['shared/leads/lead.ts', '../customers/lists.ts'],
  ['shared/registry.ts', './leads/lead.ts'],
  ['functions/leads/convertLead.ts', '../records/commitPlan.ts'],
  ['functions/leads/convertLead.ts', './findMatches.ts'],
  ['functions/table/records.ts', '../runtime/env.ts'],
  ['web/src/routes.ts', './leads/Leads.svelte'],
  ['web/src/ui/Money.svelte', '../../../shared/kernel/money.ts'],
])('%s may import %s', (file, target) => {
  const text = `export { some } from '${target}'; await import('${target}');`;

  const imports = importsOf(file, file.endsWith('.svelte') ? `<script>${text}</script>` : text);

  expect(imports).toHaveLength(2);
  expect(imports.map(faultOf)).toEqual([undefined, undefined]);
});
