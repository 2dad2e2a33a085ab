import { m } from '#messages';
import { replica } from '../kernel/replica.svelte.ts';
import { router } from '../kernel/router.svelte.ts';
import type { SearchSource } from '../parts.ts';
import { recent } from './recent.ts';
import { toFound } from './searchReplica.ts';
import { hasPages, hrefOf, may, typeOf } from './types.ts';

const MOST = 5;

/** Before anything is typed: the records whose pages were opened last, without the one that is open. */
const searchRecent: SearchSource = {
  title: m.palette_recent,
  rank: 'records',
  find: (text) => {
    if (text) return [];
    const rows = recent.all.flatMap(({ type, id }) => {
      if (!hasPages(type) || !may('read', typeOf(type)) || router.url.pathname === hrefOf(type, id)) return [];
      const record = replica.type(type).get(id);
      return record ? [toFound(typeOf(type), record)] : [];
    });
    return rows.slice(0, MOST);
  },
};

export default searchRecent;
