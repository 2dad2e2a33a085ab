import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

const CONFIGS = {
  /** The product as it is deployed. */
  app: 'web/vite.config.ts',
  /** Every component on one site, for tests. */
  gallery: 'test/web/gallery/vite.config.ts',
} as const;

export type BuildName = keyof typeof CONFIGS;

const SOURCES = ['web/**/*.{ts,js,svelte,css,html,json,svg}', 'shared/**/*.ts', 'test/web/gallery/*', 'package-lock.json'];

/** Where a build for tests lies; `test/support/webSetup.ts` has made it. Apart from the one that is served or deployed. */
export const builtFolder = (name: BuildName): string => join(root, '.build/test', name);

/** Builds anew if any source has changed since. */
export async function buildWeb(name: BuildName): Promise<void> {
  const folder = builtFolder(name);
  const stamp = `${folder}.stamp`;
  const sources = await hashOf(SOURCES);
  if (existsSync(join(folder, 'index.html')) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === sources) return;

  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--config', CONFIGS[name], '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'],
    {
      cwd: root,
      // A test runner's NODE_ENV would make it a development build.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, sources);
}

async function hashOf(patterns: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()) {
    if (file.includes('project.inlang') && !file.endsWith('settings.json')) continue; // the compiler's own notes
    hash.update(file).update(await readFile(join(root, file)));
  }
  return hash.digest('hex');
}
