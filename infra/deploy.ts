import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { createApp } from './app.ts';
import { bundle, functionsDir } from './bundle.ts';
import { contextFromOptions, usage } from './deployOptions.ts';
import { uploadSite } from './uploadSite.ts';

/** `npm run deploy`: builds everything, brings it into one region of the caller's account, says where it is. */
const root = path.resolve(import.meta.dirname, '..');
const outdir = path.join(root, '.build/deploy');
const outputsFile = path.join(root, '.build/deploy-outputs.json');

async function deploy(context: Record<string, string>): Promise<void> {
  run('npm', ['run', '--silent', 'web:build']);
  await bundle();
  const assembly = createApp({ codeDir: functionsDir, outdir, context }).synth();
  const options = ['--all', '--require-approval', 'never', '--outputs-file', outputsFile, '--no-notices'];
  run('npm', ['run', '--silent', 'cdk', '--', 'deploy', '--app', outdir, ...options]);
  const outputs = readOutputs(assembly.stacks.map(({ stackName }) => stackName));
  // After the stacks: the pages of this release may call what only this release's API answers.
  const files = await uploadSite(new S3Client({ region: outputs.Region }), outputs.SiteBucket!, path.join(root, '.build/web'));
  say(`${files} files of the site uploaded`);
  for (const [name, value] of Object.entries(outputs)) if (/^(Dkim|SiteAddress)/.test(name)) say(`${name}: ${value}`);
  say(`ready ${outputs.Url}`);
}

function run(command: string, args: string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${path.basename(command)} ${args[0]} ended with ${status}`);
}

function readOutputs(stackNames: string[]): Record<string, string> {
  const byStack = JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, Record<string, string>>;
  return Object.assign({}, ...stackNames.map((name) => byStack[name])) as Record<string, string>;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown, hint = ''): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${hint}`);
  process.exitCode = 1;
}

let context: Record<string, string> | undefined;
try {
  context = contextFromOptions(process.argv.slice(2));
} catch (error) {
  fail(error, `\n${usage}\n`);
}
if (context) await deploy(context).catch((error: unknown) => fail(error));
