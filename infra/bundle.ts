import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { entries as allEntries, type Entry } from './entries.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Where the template takes the functions' code from. */
export const functionsDir = path.join(root, '.build/functions');

export interface BundleResult {
  /** False when no source has changed since the last time. */
  readonly built: boolean;
  readonly metafile: Metafile;
}

/**
 * Bundles the functions into `<outDir>/<entry>/index.js` by one esbuild call; the metafile stays in
 * `<outDir>/meta.json`. Does nothing when no input has changed. Two processes may do it at the same time.
 */
export async function bundle(options: { outDir?: string; entries?: readonly Entry[] } = {}): Promise<BundleResult> {
  const outDir = path.resolve(options.outDir ?? functionsDir);
  const entries = options.entries ?? allEntries;
  const last = readLast(outDir);
  if (last && isComplete(outDir, entries) && last.inputsHash === hashInputs(last.metafile, entries)) {
    return { built: false, metafile: last.metafile };
  }

  const { metafile, outputFiles } = await build({
    ...esbuildOptions,
    absWorkingDir: root,
    outdir: outDir,
    entryPoints: entries.map(({ name, file }) => ({ in: file, out: `${name}/index` })),
    metafile: true,
    write: false,
  });
  for (const file of outputFiles!) writeAtomically(file.path, file.contents);
  // Last: a build that was interrupted leaves no record and is made again.
  writeAtomically(
    path.join(outDir, 'meta.json'),
    JSON.stringify({ inputsHash: hashInputs(metafile, entries), metafile } satisfies BundleRecord),
  );
  return { built: true, metafile };
}

/**
 * A Lambda has its credentials in its environment. The SDK's own chain would look on, in files, in single sign-on and in
 * other roles, with clients of three more services: 100 KB that are read and compiled at every cold start.
 */
const credentialsFromEnvironment: Plugin = {
  name: 'credentials-from-environment',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({ path: 'environment', namespace: 'credentials' }));
    onLoad({ filter: /^/, namespace: 'credentials' }, () => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
      resolveDir: root,
    }));
  },
};

const esbuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  // Importing node:http as ESM costs 33–60 ms more than require() on Node 22–24: it reads every lazy getter.
  format: 'cjs',
  // The SDK's ESM flavour: 200 KB and 10 ms less than its CommonJS one.
  mainFields: ['module', 'main'],
  // The SDK imports node:http at its first request: as require(), for the same reason.
  supported: { 'dynamic-import': false },
  plugins: [credentialsFromEnvironment],
  minify: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  // For reading a stack trace on this machine; left out of what is deployed.
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

interface BundleRecord {
  readonly inputsHash: string;
  readonly metafile: Metafile;
}

function readLast(outDir: string): BundleRecord | undefined {
  try {
    return JSON.parse(readFileSync(path.join(outDir, 'meta.json'), 'utf8')) as BundleRecord;
  } catch {
    return undefined; // never built
  }
}

function isComplete(outDir: string, entries: readonly Entry[]): boolean {
  return entries.every(({ name }) => existsSync(path.join(outDir, name, 'index.js')));
}

/**
 * Everything a bundle is made of: our sources as the last build read them, the packages by the lock file, and the
 * file that says how. Imports carry their extension, so a new file cannot change what an old import means.
 */
function hashInputs(metafile: Metafile, entries: readonly Entry[]): string {
  const sources = Object.keys(metafile.inputs).filter((input) => !input.includes('node_modules/'));
  const hash = createHash('sha256').update(JSON.stringify(entries.map(({ name, file }) => [name, file])));
  for (const file of [...sources.sort(), 'package-lock.json', 'infra/bundle.ts']) {
    const absolute = path.resolve(root, file);
    hash.update(`\0${file}\0`).update(existsSync(absolute) ? readFileSync(absolute) : 'gone');
  }
  return hash.digest('hex');
}

function writeAtomically(file: string, contents: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}

if (import.meta.main) await bundle();
