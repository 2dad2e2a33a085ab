import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const web = join(import.meta.dirname, '../../web');
const settings = JSON.parse(readFileSync(join(web, 'project.inlang/settings.json'), 'utf8')) as {
  'plugin.inlang.messageFormat': { pathPattern: string[] };
};
const domains = globSync('messages/en/*.json', { cwd: web }).map((file) => basename(file, '.json'));

type Messages = Record<string, unknown>;
function read(locale: string, domain: string): Messages {
  const { $schema: _, ...messages } = JSON.parse(readFileSync(join(web, 'messages', locale, `${domain}.json`), 'utf8')) as Messages;
  return messages;
}

const inputsOf = (message: unknown): string[] =>
  [...new Set([...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort();

describe('messages', () => {
  it('are all known to the compiler', () => {
    const known = settings['plugin.inlang.messageFormat'].pathPattern.map((path) => basename(path, '.json'));

    expect(known.toSorted()).toEqual(domains.toSorted());
  });

  it.each(domains)('of %s exist in both languages, under the name of their domain', (domain) => {
    const english = Object.keys(read('en', domain));

    expect(Object.keys(read('zh-CN', domain))).toEqual(english);
    expect(english.filter((key) => !key.startsWith(`${domain}_`))).toEqual([]);
  });

  it.each(domains)('of %s take the same inputs in both languages', (domain) => {
    const chinese = read('zh-CN', domain);

    for (const [key, message] of Object.entries(read('en', domain)))
      expect([key, inputsOf(chinese[key])]).toEqual([key, inputsOf(message)]);
  });

  it('are all used', () => {
    // Mails and hosted pages are worded on the server.
    const files = globSync(['src/**/*.{ts,svelte}', '../functions/**/*.ts'], { cwd: web });
    const sources = files.map((file) => readFileSync(join(web, file), 'utf8'));
    const used = new Set(sources.flatMap((source) => [...source.matchAll(/\bm\.(\w+)/g)].map((match) => match[1]!)));

    expect(domains.flatMap((domain) => Object.keys(read('en', domain))).filter((key) => !used.has(key))).toEqual([]);
  });
});
