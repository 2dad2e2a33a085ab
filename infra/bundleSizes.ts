import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { bundle } from './bundle.ts';

const sizesFile = path.resolve(import.meta.dirname, '../test/infra/bundleSizes.json');

/** KB by name of the function. */
export type BundleSizes = Record<string, number>;

/** Whose work makes search rows, and so carries the pinyin tables; nobody waits for their start. */
const WITH_PINYIN = ['changes-stream', 'jobs-queue', 'maintenance'];

/** Cold starts grow with the bundle. */
export const capKb = (name: string): number => (WITH_PINYIN.includes(name) ? 1200 : 600);

/** What a bundle may grow by before somebody has to look: small changes pass, a new dependency does not. */
export const toleranceKb = 10;

export function committedSizes(): BundleSizes {
  return JSON.parse(readFileSync(sizesFile, 'utf8')) as BundleSizes;
}

/** Sizes of the bundles of a build, in KB of minified code. */
export function bundleSizes({ outputs }: Metafile): BundleSizes {
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([file]) => file.endsWith('/index.js'))
      .map(([file, { bytes }]) => [path.basename(path.dirname(file)), Math.ceil(bytes / 1000)]),
  );
}

// `npm run bundle:sizes [-- --write]`: prints the sizes, or makes them the committed ones.
if (import.meta.main) {
  const sizes = bundleSizes((await bundle()).metafile);
  if (process.argv.includes('--write')) writeFileSync(sizesFile, `${JSON.stringify(sizes, null, 2)}\n`);
  for (const [name, kb] of Object.entries(sizes)) process.stdout.write(`${String(kb).padStart(5)} KB  ${name}\n`);
}
