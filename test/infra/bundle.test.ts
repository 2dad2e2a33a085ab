import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import type { Entry } from '../../infra/entries.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  writeFileSync(path.join(dir, 'greet.ts'), `export const handler = (): string => 'good morning';`);
});
afterEach(() => rmSync(dir, { recursive: true }));

const outDir = () => path.join(dir, 'out');
const output = () => path.join(outDir(), 'greet/index.js');

async function build(): Promise<boolean> {
  const greet: Entry = {
    name: 'greet',
    file: path.join(dir, 'greet.ts'),
    trigger: { kind: 'operator' },
    memoryMb: 128,
    timeoutSeconds: 1,
    uses: {},
  };
  return (await bundle({ outDir: outDir(), entries: [greet] })).built;
}

it('makes a CommonJS file that Lambda can load', async () => {
  await build();

  const { handler } = createRequire(import.meta.url)(output()) as { handler: () => string };
  expect(handler()).toBe('good morning');
});

it('builds again when a source changes or an output is gone, and only then', async () => {
  expect(await build()).toBe(true);
  expect(await build()).toBe(false);

  writeFileSync(path.join(dir, 'greet.ts'), `export const handler = (): string => 'good evening';`);
  expect(await build()).toBe(true);
  expect(readFileSync(output(), 'utf8')).toContain('good evening');

  rmSync(output());
  expect(await build()).toBe(true);
});
