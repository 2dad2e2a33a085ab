import { expect, it } from 'vitest';
import { markDue } from '../../../functions/records/dueMarks.ts';
import { findReport, runRebuild, startRebuild, type RebuildStep } from '../../../functions/records/rebuild.ts';
import { pinyin } from '../../../functions/records/pinyin.ts';
import { churnWatchKey, dueMarkKey, openWarningKey, type Key } from '../../../functions/table/keys.ts';
import { idOf } from '../../support/desk.ts';
import { churnOffice, customerId, SELLER } from '../insight/churnOffice.ts';

const named = ({ pk, sk }: Key): string => `${pk}|${sk}`;
const RHYTHM = ['2026-02-01', '2026-03-01', '2026-04-01'];
const NOW = '2026-07-10T12:00:00.000Z';

/** A firm with one customer who is watched, one who is warned of, and one whose warning sleeps; and a call that is late. */
async function office() {
  const firm = await churnOffice();
  const { table } = firm.firm;
  for (const n of [1, 2, 3]) await firm.customer(n);
  for (const [i, on] of RHYTHM.entries()) for (const n of [2, 3]) await firm.ordered(10 * n + i, n, on);
  await firm.ordered(1, 1, '2026-07-01');
  await firm.morning('2026-07-01');
  const warnings = await firm.warnings();
  const [open, asleep] = [2, 3].map((n) => warnings.find((each) => each['customerId'] === customerId(n))!);
  await firm.tell(await firm.firm.change(NOW, 'churnWarning', asleep!.id, { status: 'snoozed', snoozedUntil: '2026-08-01' }));
  const late = await firm.firm.create(NOW, 'activity', idOf('act', 1), { subject: 'Call', type: 'call', plannedEnd: NOW }, SELLER);
  await markDue(table, [late]);

  let started = 0;
  /** Names of the rows that are wrong; what else is due is looked after elsewhere. */
  const rebuild = async (repair = false): Promise<string[]> => {
    const queue: RebuildStep[] = [];
    const send = async (step: RebuildStep): Promise<void> => void queue.push(step);
    const id = await startRebuild(
      firm.db,
      { tenant: 'firm', what: 'due', repair, now: NOW.replace('00.000', `0${(started += 1)}.000`) },
      send,
    );
    for (let step = queue.shift(); step; step = queue.shift()) await runRebuild({ ...firm.db }, step, { send, pinyin });
    return (await findReport(table, id))!.examples.filter((name) => !name.startsWith('due ')).sort();
  };
  const lose = (...keys: Key[]) => table.writeMany(keys.map((key) => ({ delete: key })));
  const standing = async () => [...(await firm.rows()), ...(await firm.open()).map(({ sk }) => sk)].sort();
  return { ...firm, table, open: open!, asleep: asleep!, rebuild, lose, standing };
}

it('finds that every row stands', async () => {
  expect(await (await office()).rebuild()).toEqual([]);
});

it('brings back what is lost: watched customers, open and sleeping warnings, what somebody is late with', async () => {
  const { table, open, asleep, rebuild, lose, standing } = await office();
  const momentsOf = async () => (await table.get(dueMarkKey(SELLER)))?.['moments'];
  const [rows, moments] = [await standing(), await momentsOf()];
  const lost = [
    churnWatchKey('2026-09-30', customerId(1)),
    churnWatchKey('2026-08-01', asleep.id),
    openWarningKey(SELLER, open.id),
    dueMarkKey(SELLER),
  ];
  await lose(...lost);

  expect(await rebuild()).toEqual(lost.map(named).sort());
  expect(await standing()).toHaveLength(rows.length - 3);
  await rebuild(true);

  expect([await standing(), await momentsOf()]).toEqual([rows, moments]);
  expect(await rebuild()).toEqual([]);
});

it('watches him again whose day has come and whom nobody has warned of', async () => {
  const { firm, ordered, customer, rebuild, lose, morning, warnings } = await office();
  await customer(4);
  for (const [i, on] of RHYTHM.entries()) await ordered(40 + i, 4, on);
  const row = (await firm.table.query({ pk: 'CHURN', consistent: true })).items.find(({ sk }) => sk.endsWith(customerId(4)))!;
  await lose({ pk: 'CHURN', sk: row.sk });

  expect(await rebuild(true)).toEqual([`CHURN|${row.sk}`]);
  await morning('2026-07-11');

  expect((await warnings()).map((each) => each['customerId'])).toContain(customerId(4));
  expect(await rebuild()).toEqual([]);
});

it('takes away what is over, and corrects what is out of date', async () => {
  const { table, open, rebuild, standing } = await office();
  const before = await standing();
  const key = openWarningKey(SELLER, open.id);
  const wrong = openWarningKey(idOf('mem', 9), open.id);
  await table.put({ ...wrong, of: { customerId: customerId(2), name: 'Of who has left', since: NOW } });
  await table.put({ ...key, of: { customerId: customerId(2), name: 'Another name', since: NOW } });
  await table.put({ ...dueMarkKey(SELLER), moments: ['2026-01-01T00:00:00.000Z'] });

  expect(await rebuild(true)).toEqual([key, wrong, dueMarkKey(SELLER)].map(named).sort());

  expect(await standing()).toEqual(before);
  expect(await rebuild()).toEqual([]);
});
