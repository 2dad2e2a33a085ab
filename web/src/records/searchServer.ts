import { m } from '#messages';
import type { Values } from '../../../shared/kernel/record.ts';
import { api } from '../kernel/connection.svelte.ts';
import type { SearchSource } from '../parts.ts';
import { toFound } from './searchReplica.ts';
import { hasPages, typeOf } from './types.ts';

interface Hit {
  readonly type: string;
  readonly id: string;
  readonly summary: Values & { readonly title?: unknown };
}

/** Letters before the server is asked: one of them is in everything. */
const LEAST = 2;
/** Whoever types fast asks once. */
const PAUSE_MS = 150;

/** What the server knows beyond: pinyin, ends of phone numbers, types that are not loaded. */
const searchServer: SearchSource = {
  title: m.records_search_more,
  rank: 'more',
  ask: async (text, signal) => {
    if ([...text].length < LEAST) return [];
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    signal.throwIfAborted();
    const { items } = await api.get<{ items: Hit[] }>('search', { query: { q: text.slice(0, 200) }, signal });
    return items
      .filter(({ type }) => hasPages(type))
      .map(({ type, id, summary: { title, ...summary } }) => {
        const definition = typeOf(type);
        return toFound(definition, { id, [definition.title]: title, ...summary });
      });
  },
};

export default searchServer;
