import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtFolder } from '../support/webBuild.ts';

it('asks first for files that are there', () => {
  const folder = builtFolder('app');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => path!);

  expect(named.filter((path) => path.endsWith('.woff2'))).toHaveLength(1);
  expect(named.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
});

describe('what a page needs beside the entry', () => {
  const html = readFileSync(join(builtFolder('app'), 'index.html'), 'utf8');
  const early = JSON.parse(/data-early='([^']*)'/.exec(html)![1]!) as { at: string; files: string[] }[];
  const filesOf = (path: string): string[] => early.filter(({ at }) => new RegExp(at).test(path)).flatMap(({ files }) => files);
  const namesOf = (path: string): string[] => filesOf(path).map((file) => /^\/assets\/(.*)-[\w-]{8}\.js$/.exec(file)![1]!);

  it.each(['/', '/sign-in', '/customers', '/customers/cus_1', '/agenda'])('is there for %s', (path) => {
    expect(filesOf(path)).not.toEqual([]);
    expect(filesOf(path).filter((file) => !existsSync(join(builtFolder('app'), file)))).toEqual([]);
  });

  // A word or a part that two such pages share belongs into a group that stands above both (web/chunks.ts).
  it.each([
    ['/', 'tiles', ['visitor', 'list', 'record']],
    ['/sign-in', 'visitor', ['shell', 'data', 'tiles']],
    ['/customers', 'list', ['visitor', 'tiles', 'later', 'record']],
    ['/customers/cus_1', 'record', ['visitor', 'tiles', 'later', 'list']],
  ] as const)('of %s is its own, and nothing of other pages', (path, own, others) => {
    expect(namesOf(path)).toContain(own);
    expect(namesOf(path).filter((name) => (others as readonly string[]).includes(name))).toEqual([]);
  });
});

it('names icons that are there, for whoever installs it', () => {
  const folder = builtFolder('app');
  const { icons } = JSON.parse(readFileSync(join(folder, 'app.webmanifest'), 'utf8')) as { icons: { src: string; purpose?: string }[] };

  expect(icons.filter(({ src }) => !existsSync(join(folder, src)))).toEqual([]);
  expect(icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
});
