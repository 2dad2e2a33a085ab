import { m } from '#messages';
import type { Found, SearchSource } from '../parts.ts';
import { navigation } from '../kernel/navigation.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { matcher } from '../../../shared/kernel/matching.ts';
import { rankHits } from './rankHits.ts';
import { recent } from './recent.ts';
import { fieldOf, hasPages, hrefOf, may, titleOf, typeLabel, typeOf, valueOf } from './types.ts';
import { textOf } from './values.ts';
import type { AnyRecord, RecordDefinition } from '../../../shared/kernel/record.ts';

const TYPES = ['customer', 'contact', 'lead'];
const MOST = 8;

const iconOf = (type: string) => navigation.find(({ href }) => href === hrefOf(type))?.icon;

/** A hit of the palette: name, type, and what tells it from others of its name. */
export function toFound(definition: RecordDefinition, record: Pick<AnyRecord, 'id'> & Record<string, unknown>): Found {
  const details = definition.summary.map((name) => textOf(fieldOf(definition, name), valueOf(record as AnyRecord, name), 'short'));
  const icon = iconOf(definition.name);
  return {
    id: record.id,
    title: titleOf(definition, record as AnyRecord),
    detail: [typeLabel(definition, 'one'), ...details.filter(Boolean)].join(' · '),
    ...(icon ? { icon } : {}),
    href: hrefOf(definition.name, record.id),
  };
}

/** Records that are here already: they are found within the frame. Those that begin with the text stand first, and among them those that were opened last. */
const searchReplica: SearchSource = {
  title: m.records_search_records,
  rank: 'records',
  find: (text) => {
    if (!text) return [];
    const visited = recent.all;
    // What was opened lately is here as well.
    const types = [...new Set([...TYPES, ...visited.map(({ type }) => type)])].filter(hasPages).map(typeOf);
    const found = types
      .filter((definition) => may('read', definition))
      .flatMap((definition) => {
        const fits = matcher(definition, text);
        return replica
          .type(definition.name)
          .rows.filter(fits)
          .map((record) => ({ record, definition, title: titleOf(definition, record) }));
      });
    return rankHits(
      found,
      text,
      visited.map(({ id }) => id),
    )
      .slice(0, MOST)
      .map(({ definition, record }) => toFound(definition, record));
  },
};

export default searchReplica;
