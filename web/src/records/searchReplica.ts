import { m } from '#messages';
import type { Found, SearchSource } from '../parts.ts';
import { navigation } from '../kernel/navigation.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { matcher } from './matching.ts';
import { fieldOf, hrefOf, may, titleOf, typeLabel, typeOf, valueOf } from './types.ts';
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

/** Records that are here already: they are found within the frame. */
const searchReplica: SearchSource = {
  title: m.records_search_records,
  find: (text) => {
    const types = TYPES.map(typeOf).filter((definition) => may('read', definition));
    const latest = (rows: readonly AnyRecord[]) => rows.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
    const hits = types.flatMap((definition) => {
      const fits = matcher(definition, text);
      const rows = replica.type(definition.name).rows.filter((row) => text === '' || fits(row));
      return latest(rows)
        .slice(0, MOST)
        .map((record) => ({ definition, record }));
    });
    // Names that begin with the text stand before those that merely hold it.
    const wanted = text.toLocaleLowerCase();
    const begins = ({ definition, record }: (typeof hits)[number]) =>
      Number(!titleOf(definition, record).toLocaleLowerCase().startsWith(wanted));
    return hits
      .sort((a, b) => (text ? begins(a) - begins(b) : 0) || (a.record.updatedAt < b.record.updatedAt ? 1 : -1))
      .slice(0, MOST)
      .map(({ definition, record }) => toFound(definition, record));
  },
};

export default searchReplica;
