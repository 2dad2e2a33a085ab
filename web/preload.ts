import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

const VISITORS = 'sign-in|sign-up|forgot|reset|invite';
const ROUTES = readFileSync(join(import.meta.dirname, 'src/routes.ts'), 'utf8');
const RECORDS = [...ROUTES.matchAll(/recordPages\('\w+', '\/([\w-]+)'/g)].map(([, plural]) => plural).join('|');

/** Which groups (`chunks.ts`) a page at these paths needs beside the entry, in the order of their use. */
const EARLY = [
  { at: `^/(?:${VISITORS})$`, groups: ['visitor'] },
  { at: `^/(?!(?:${VISITORS})$)`, groups: ['shell', 'data'] },
  { at: '^/$', groups: ['bell', 'tiles'] },
  { at: `^/(?:${RECORDS})$`, groups: ['list'] },
  { at: `^/(?:${RECORDS})/(?!new$)[^/]+$`, groups: ['record'] },
];

/**
 * Gives `boot.js` these files by name, with all they import: they are on their way before the entry has run, and no page
 * waits behind those of another. The entry itself and what it imports stand in the page's head already.
 */
export const preloadEarly = (): Plugin => ({
  name: 'preload-early',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      if (!bundle) return html;
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      const entry = chunks.find(({ isEntry }) => isEntry);
      const there = entry ? withImports(chunks, entry) : new Set<string>();
      // A site of parts alone has none of these groups.
      const named = (group: string): Rolldown.OutputChunk[] => chunks.filter(({ name }) => name === group);
      const early = EARLY.map(({ at, groups }) => ({
        at,
        files: [...new Set(groups.flatMap(named).flatMap((chunk) => [...withImports(chunks, chunk)]))]
          .filter((file) => !there.has(file))
          .map((file) => `/${file}`),
      }));
      return html.replace('src="/boot.js"', `$& data-early='${JSON.stringify(early)}'`);
    },
  },
});

/** A chunk's file and those that it imports statically, and they in turn. */
function withImports(chunks: readonly Rolldown.OutputChunk[], first: Rolldown.OutputChunk): Set<string> {
  const files = new Set<string>();
  const visit = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || files.has(chunk.fileName)) return;
    files.add(chunk.fileName);
    for (const file of chunk.imports) visit(chunks.find(({ fileName }) => fileName === file));
  };
  visit(first);
  return files;
}
