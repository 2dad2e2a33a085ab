import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { bundleSizes, capKb, committedSizes, toleranceKb } from '../../infra/bundleSizes.ts';

let metafile: Metafile;
beforeAll(async () => {
  ({ metafile } = await bundle());
}, 60_000);

describe('the bundles (after a deliberate change: npm run bundle:sizes -- --write)', () => {
  it('stay near their committed sizes', () => {
    const committed = committedSizes();

    const grown = Object.entries(bundleSizes(metafile)).filter(([name, kb]) => !(kb <= committed[name]! + toleranceKb));

    expect(grown).toEqual([]);
    expect(Object.keys(committed).sort()).toEqual(Object.keys(bundleSizes(metafile)).sort());
  });

  it('stay under their caps', () => {
    for (const [name, kb] of Object.entries(bundleSizes(metafile))) expect(kb, name).toBeLessThanOrEqual(capKb(name));
  });

  it('carry no old SDK, no translations of zod and nothing of the browser', () => {
    // What is in the bundles, not all that was read: most of zod and of the SDK is shaken off.
    const carried = Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    );
    const strays = carried.filter((file) => /node_modules\/(aws-sdk|svelte|@lucide)\/|zod\/.*locales\/(?!en\.)|^web\/src\//.test(file));

    expect(strays).toEqual([]);
  });
});
