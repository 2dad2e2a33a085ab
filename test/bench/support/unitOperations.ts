/** The operations whose cost design and business plan rest on, each measured alone. */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { CustomField } from '../../../shared/kernel/customFields.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import type { FigurePeriod } from '../../../shared/insight/figures.ts';
import { routes } from '../../../functions/customers/routes.ts';
import { routes as insightRoutes } from '../../../functions/insight/routes.ts';
import { listChanges } from '../../../functions/records/feed.ts';
import { listRecords, type ListQuery } from '../../../functions/records/list.ts';
import { createRecord, getRecord, updateRecord } from '../../../functions/records/operations.ts';
import { listTimeline } from '../../../functions/records/past.ts';
import { search } from '../../../functions/records/search.ts';
import { timelineKey } from '../../../functions/table/keys.ts';
import { secretOf } from '../../../functions/table/entry.ts';
import { readDirectory } from '../../../functions/runtime/directory.ts';
import type { Item } from '../../../functions/table/failures.ts';
import { readStream } from '../../../functions/workspace/changes.stream.ts';
import type { Database } from '../../../functions/table/database.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { visitorsOf } from '../../support/visitors.ts';
import { meterOn, type Bill } from '../../support/meter.ts';
import { dayReads, fillDays, measureActivities } from './activityUnits.ts';
import { measureBin } from './binUnits.ts';
import { fillCounters } from './counted.ts';
import { measureDigests } from './digestUnits.ts';
import { measureDiscussion } from './discussionUnits.ts';
import { customerOf, fillMarket, nthId, PEOPLE, rareWord, TENANT } from './market.ts';
import { OWNER, settle } from './people.ts';
import { measureSales } from './salesUnits.ts';

export interface Measured {
  readonly reads: number;
  readonly writes: number;
}
const NO_FIELDS: CustomField[] = [];
const everybody = Array.from({ length: PEOPLE }, (_, n) => n + 1);

/**
 * Fills an empty table with so many customers and measures each operation in it.
 * @returns units by the operation's name
 */
export async function measureUnits(raw: Database, records: number): Promise<Record<string, Measured>> {
  await fillMarket(raw, records);
  await settle(deskOn(raw));
  const meter = meterOn(raw);
  const desk = deskOn(meter.db);
  const secret = await secretOf(meter.db, 'cursor');
  const owner = () => desk.as(TENANT, 1, { customFields: NO_FIELDS });
  const measured: Record<string, Measured> = {};
  const note = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const { reads, writes }: Bill = await meter.measure(work);
    measured[name] = { reads, writes };
  };
  /** The reader of the stream, told of one change; it has the directory in hand, as at all times but the first in half a minute. */
  const noteStream = async (name: string, before: Item | undefined, after: Item | undefined): Promise<void> => {
    const image = (item: Item | undefined) => item && marshall(item, { removeUndefinedValues: true });
    const dynamodb = { SequenceNumber: '1', ApproximateCreationDateTime: 1, OldImage: image(before), NewImage: image(after) };
    await readDirectory(meter.db, owner().table, String(after!['updatedAt']));
    await note(name, async () => {
      const { batchItemFailures } = await readStream(meter.db, { Records: [{ dynamodb }] } as unknown as DynamoDBStreamEvent);
      if (batchItemFailures.length) throw new Error('the change was not followed');
    });
  };
  const page = (query: ListQuery, ctx = owner(), type = 'customer') => listRecords(ctx, secret, type, query);

  for (const [size, bytes] of [
    ['1 KB', 900],
    ['3 KB', 2900],
  ] as const) {
    const id = nthId('cus', records + bytes);
    const values: Values = { ...customerOf(records + bytes, bytes), id };
    await note(`create, ${size}`, () => createRecord(owner(), 'customer', values));
    const made = await desk.itemOf(owner(), 'customer', id);
    await noteStream(`stream after a create, ${size}`, undefined, made);
    await note(`edit a plain field, ${size}`, () => updateRecord(owner(), 'customer', id, 1, { needs: 'Tea' }));
    const edited = await desk.itemOf(owner(), 'customer', id);
    await noteStream(`stream after an edit, ${size}`, made, edited);
    for (let n = 0; n < 30; n++) {
      const at = `2026-03-02T08:${10 + n}:00.000Z`;
      const row = {
        id: `0000000003.${n}`,
        code: 'record.changed',
        params: { type: 'customer', field: 'size', from: 'small', to: 'large' },
        by: idOf('mem', 1),
      };
      await owner().table.put({ ...timelineKey('customer', id, at, row.id), at, row });
    }
    await note(`open with 25 timeline rows, ${size}`, async () => {
      await getRecord(owner(), 'customer', id);
      await listTimeline(owner(), secret, 'customer', id);
    });
  }

  const contact = nthId('con', 0);
  await note('edit a plain field, 1 KB, under another record', () =>
    updateRecord(owner(), 'contact', contact, 1, { department: 'Purchase' }),
  );
  const lead = await createRecord(owner(), 'lead', { name: 'Li Lei', company: 'Tea', notes: 'n'.repeat(100), emails: ['li@example.test'] });
  const before = await desk.itemOf(owner(), 'lead', lead.id);
  await note('change a status', () => updateRecord(owner(), 'lead', lead.id, 1, { status: 'working' }));
  const after = await desk.itemOf(owner(), 'lead', lead.id);
  await noteStream('stream after a change of status', before, after);

  await fillDays(raw, idOf('mem', 2), records);
  for (const [name, read] of Object.entries(dayReads(owner, idOf('mem', 2)))) await note(name, read);
  await measureActivities({ ctx: owner, itemOf: desk.itemOf, note, noteStream });
  await measureSales({ ctx: owner, itemOf: desk.itemOf, note, noteStream });
  await measureDiscussion({ ctx: owner, note, noteStream });

  await measureBin({ ctx: owner, secret, itemOf: desk.itemOf, note, noteStream });

  await note('first page of all', () => page({}));
  await note('first page of one’s own', () => page({}, desk.as(TENANT, 1, { reach: 'own' })));
  await note('first page of a span of 20', () => page({}, desk.as(TENANT, 1, { reach: 'span', span: everybody })));
  await note('first page under a customer', () => page({ parent: nthId('cus', 0) }, owner(), 'contact'));
  await note('search of a word with 25 hits', () => search(owner(), rareWord(0)));
  await note('search of a word that all share', () => search(owner(), 'harbour'));
  await note('search of two words', () => search(owner(), `harbour ${rareWord(0)}`));
  const { position } = await listChanges(owner(), 0);
  await note('poll without news', () => listChanges(owner(), position));

  const call = visitorsOf<unknown>(routes, desk);
  const open = () => call('GET', `/customers/${nthId('cus', 0)}`, { as: OWNER });
  await note('open over HTTP, first request of a container', open);
  await note('open over HTTP, after that', open);

  await measureDigests(raw, meter.db, note);

  await fillCounters(raw);
  const insight = visitorsOf<unknown>(insightRoutes, desk);
  const home =
    (day: string, period: FigurePeriod = 'thisMonth') =>
    async () => {
      const at = Date.parse(`${day}T10:00:00.000Z`);
      const { status } = await insight('GET', `/figures?scope=all&period=${period}`, { as: OWNER, at, issuedAt: at });
      if (status !== 200) throw new Error(`figures answered ${status}`);
    };
  await home('2026-01-05')(); // another month, in a new container
  await note('figures of home, first look of a month', home('2026-03-19'));
  await note('figures of home, first reader of a day', home('2026-03-20'));
  await note('figures of home', home('2026-03-20'));
  await note('figures of a week', home('2026-03-20', 'thisWeek'));
  await note('figures of a month that is over', home('2026-03-20', 'lastMonth'));
  await note('figures of a quarter', home('2026-03-20', 'thisQuarter'));
  return measured;
}
