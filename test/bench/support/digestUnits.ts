/** What the digests of a firm cost in which twenty people do ten things a day each, and all of them are late with much. */
import type { Values } from '../../../shared/kernel/record.ts';
import type { Day } from '../../../shared/kernel/types.ts';
import { journalRow } from '../../../functions/records/follow.ts';
import { sendDigest } from '../../../functions/insight/sendDigest.ts';
import type { Database } from '../../../functions/table/database.ts';
import { secretOf } from '../../../functions/table/entry.ts';
import { dueMarkKey } from '../../../functions/table/keys.ts';
import { tenantTable } from '../../../functions/table/tenantTable.ts';
import { idOf } from '../../support/desk.ts';
import { itemOf, nthId, PEOPLE, TENANT } from './market.ts';

const WEEK: readonly Day[] = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'];
/** What each does on each of them. */
const EVENTS: readonly (readonly [type: string, metrics: Readonly<Record<string, number>>])[] = [
  ['lead', { created: 1 }],
  ['lead', { working: 1 }],
  ['lead', { converted: 1 }],
  ['opportunity', { created: 1, 'created:CNY': 4_500_000 }],
  ['opportunity', { moved: 1 }],
  ['opportunity', { won: 1, 'won:CNY': 1_250_000 }],
  ['order', { confirmed: 1, 'confirmed:CNY': 2_250_000 }],
  ...Array.from({ length: 3 }, () => ['activity', { done: 1 }] as const),
];
const CNY = (minor: number) => ({ minor, currency: 'CNY' });
const NAMED: Readonly<Record<string, Values>> = {
  lead: { name: 'Li Lei', company: 'Harbour Tea', status: 'new', notes: 'n'.repeat(400) },
  opportunity: { title: 'Espresso machines', stage: 'needs', outcome: 'open', amount: CNY(4_500_000), description: 'd'.repeat(400) },
  order: { number: '2026-0042', customerId: nthId('cus', 1), status: 'confirmed', net: CNY(2_250_000), notes: 'n'.repeat(400) },
};
/** Far from those of other measurements. */
const FIRST = 5_000_000;

async function fillWeek(db: Database): Promise<void> {
  const table = tenantTable(db, TENANT);
  const rows = WEEK.flatMap((day, d) =>
    Array.from({ length: PEOPLE }, (_, p) =>
      EVENTS.map(([type, metrics], e) => {
        const n = FIRST + (d * PEOPLE + p) * EVENTS.length + e;
        const at = `${day}T${String(8 + e).padStart(2, '0')}:${10 + p}:00.000Z`;
        const prefix = { lead: 'lea', opportunity: 'opp', order: 'ord', activity: 'act' }[type]!;
        const journal = journalRow({ type, id: nthId(prefix, n), version: 1, at }, { owner: idOf('mem', p + 1), metrics });
        return [journal, ...(NAMED[type] && d === WEEK.length - 1 ? [itemOf(type, n, NAMED[type])] : [])];
      }),
    ).flat(2),
  );
  const moments = Array.from({ length: 9 }, (_, n) => `2026-03-0${n + 1}T09:00:00.000Z`);
  const marks = Array.from({ length: PEOPLE }, (_, p) => ({ ...dueMarkKey(idOf('mem', p + 1)), moments }));
  await table.writeMany([...rows, ...marks].map((put) => ({ put })));
}

/**
 * Each in a container of its own, which has the directory to read.
 * @param raw  the same table, past the meter
 */
export async function measureDigests(
  raw: Database,
  metered: Database,
  note: (name: string, work: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  await fillWeek(raw);
  await secretOf(raw, 'unsubscribe'); // made once for all digests of a deployment
  const digest = (id: string, now: string) => () =>
    sendDigest({ ...metered }, { tenant: TENANT, id, now }, 'https://crm.test', async () => {});
  await note('digest of a day, 20 people who are all late', digest(idOf('mem', 1), '2026-03-14T08:00:00.000Z'));
  await note('digest of a week, 20 people who are all late', digest(`${idOf('mem', 1)}.week`, '2026-03-16T08:00:00.000Z'));
}
