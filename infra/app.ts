import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { createAppStack } from './appStack.ts';
import { bundle, functionsDir } from './bundle.ts';
import { createDataStack } from './dataStack.ts';
import { checkFindings } from './nag.ts';
import { readSettings } from './settings.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Where `npm run synth` and the local host write the templates. */
export const templateDir = path.join(root, '.build/cdk.out');

export interface AppOptions {
  /** The bundles of the functions. */
  readonly codeDir: string;
  /** Where the templates are written. */
  readonly outdir?: string;
  /** Settings of the deployment, see settings.ts. */
  readonly context?: Record<string, string>;
}

/** The whole infrastructure, two stacks; `synth()` writes it, or fails on a finding that nag.ts does not explain. */
export function createApp({ codeDir, outdir, context }: AppOptions): App {
  // The library's feature flags stand in cdk.json, where its own tools look for them too.
  const { context: flags } = JSON.parse(readFileSync(path.join(root, 'cdk.json'), 'utf8')) as { context: object };
  const app = new App({
    outdir,
    context: { ...flags, ...context, [cxapi.ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true },
    analyticsReporting: false,
    // The deploy command looks at the version itself; without the rule the template is ours alone.
    defaultStackSynthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  const settings = readSettings(app.node);
  const data = createDataStack(app, settings);
  const appStack = createAppStack(app, settings, data, codeDir);
  checkFindings(app, { data: data.stack, app: appStack });
  return app;
}

// `node infra/app.ts`; the CDK's own command gives outdir and context by its environment variables.
if (import.meta.main) {
  await bundle();
  createApp({
    codeDir: functionsDir,
    outdir: process.env.CDK_OUTDIR ?? templateDir,
  }).synth();
}
