/** A workspace of any size, written past the product in batches: as many records as asked for, and what the measured reads need of their derived rows. */
import { createHash } from 'node:crypto';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { makeId } from '../../../shared/kernel/ids.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { NO_SHAPE } from '../../../shared/kernel/shape.ts';
import { toItem } from '../../../functions/records/item.ts';
import { searchRows } from '../../../functions/records/indexing.ts';
import type { Item } from '../../../functions/table/failures.ts';
import { tenantTable } from '../../../functions/table/tenantTable.ts';
import type { Database } from '../../../functions/table/database.ts';
import { idOf } from '../../support/desk.ts';
import { itemBytes } from '../../support/units.ts';

export const TENANT = idOf('wsp', 1);
export const PEOPLE = 20;
/** Customers that share a rare word; a common one stands in all. */
export const SHARING = 25;
const AT = '2026-03-01T08:00:00.000Z';
const MADE_MS = Date.parse(AT);

/** The n-th id of a prefix, spread as real ones are. */
export const nthId = (prefix: string, n: number): string =>
  makeId(prefix, MADE_MS + n * 1000, new Uint8Array(createHash('sha256').update(`${prefix}${n}`).digest()));

/** The word that a customer shares with 24 others. */
export const rareWord = (n: number): string =>
  `q${Math.floor(n / SHARING)
    .toString(36)
    .padStart(4, '0')}x`;

/** Values of a customer whose whole item, written by that owner, has so many bytes. */
export function customerOf(n: number, bytes = 900): Values {
  const values: Values = {
    name: `Harbour ${rareWord(n)} Trading`,
    form: 'organisation',
    phones: [`+86 139 ${String(10_000_000 + n)}`],
    industry: 'retail',
    size: 'small',
    source: 'exhibition',
    notes: '',
  };
  const missing =
    bytes - itemBytes({ ...itemOf('customer', n, values), pk: `T#${TENANT}#customer#${nthId('cus', n)}`, tp: `T#${TENANT}#customer` });
  return { ...values, notes: 'n'.repeat(Math.max(1, missing)) };
}

/** The n-th record of a type as it is stored; its owner is one of the twenty in turn. */
export function itemOf(type: string, n: number, values: Values): Item {
  const definition = definitionOf(type);
  const record: AnyRecord = {
    ...{ id: nthId(definition.idPrefix, n), version: 1, ownerId: idOf('mem', 1 + (n % PEOPLE)) },
    ...{ createdAt: AT, createdBy: idOf('mem', 1), updatedAt: AT, updatedBy: idOf('mem', 1) },
    ...values,
  };
  return toItem(definition, record, { requestId: 'a2f4c1d6-9b1f-4f0e-8a43-3c9b4f1d2e77', writeId: 'a2f4c1d6-9b1f-4f0e-8a43-3c9b4f1d2e77' });
}

/** Search rows of the words that are looked for; all of them would be most of the work and are not read. */
const looked = ({ sk }: Item): boolean => /^(harbour|q[0-9a-z]{4}x)#/.test(sk);
const noPinyin = () => ({ full: '', initials: '' });

/** @param records  how many customers; fifty contacts under the first come on top */
export async function fillMarket(db: Database, records: number): Promise<void> {
  const table = tenantTable(db, TENANT);
  const contacts = Array.from({ length: 60 }, (_, n) =>
    itemOf('contact', n, {
      name: `Person ${n}`,
      customerId: nthId('cus', 0),
      phones: [`+86 137 ${10_000_000 + n}`],
      notes: 'n'.repeat(100),
    }),
  );
  await table.writeMany(contacts.map((put) => ({ put })));
  const CHUNK = 500;
  for (let from = 0; from < records; from += CHUNK) {
    const items = Array.from({ length: Math.min(CHUNK, records - from) }, (_, i) => itemOf('customer', from + i, customerOf(from + i)));
    const rows = items.flatMap((item) => searchRows(NO_SHAPE, item, noPinyin)).filter(looked);
    await inFours([...items, ...rows], (part) => table.writeMany(part.map((put) => ({ put }))));
  }
}

/** Four batches on their way at a time. */
async function inFours<T>(all: readonly T[], write: (part: readonly T[]) => Promise<void>): Promise<void> {
  const lanes = Array.from({ length: 4 }, (_, lane) => all.filter((_, i) => i % 4 === lane));
  await Promise.all(lanes.map(write));
}
