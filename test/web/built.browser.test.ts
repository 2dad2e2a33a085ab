import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtFolder } from '../support/webBuild.ts';

it('asks first for files that are there', () => {
  const folder = builtFolder('app');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => path!);

  expect(named.filter((path) => path.endsWith('.woff2'))).toHaveLength(1);
  expect(named.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
});

it('names icons that are there, for whoever installs it', () => {
  const folder = builtFolder('app');
  const { icons } = JSON.parse(readFileSync(join(folder, 'app.webmanifest'), 'utf8')) as { icons: { src: string; purpose?: string }[] };

  expect(icons.filter(({ src }) => !existsSync(join(folder, src)))).toEqual([]);
  expect(icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
});
