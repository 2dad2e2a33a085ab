import { beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import { showElsewhere } from '../../../functions/records/elsewhere.ts';
import { toChange, type Change } from '../../../functions/records/follow.ts';
import { createRecord, removeRecord, updateRecord } from '../../../functions/records/operations.ts';
import { listTimeline } from '../../../functions/records/past.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { meterOn } from '../../support/meter.ts';

const meter = meterOn(memoryDatabase());
const desk = deskOn(meter.db);
const system = () => ({ ...desk.as('firm', 1), actor: SYSTEM_ACTOR });
const LI = idOf('cus', 1);
const MEI = idOf('cus', 2);
let act: string;
let count = 0;
beforeEach(async () => {
  act = idOf('act', ++count);
  for (const id of [LI, MEI]) await createRecord(system(), 'customer', { id, name: id }).catch(() => undefined);
});

/** A change of the activity as the stream tells it, not yet told. */
async function changed(write: (version: number) => Promise<unknown>): Promise<Change> {
  const before = await desk.itemOf(system(), 'activity', act);
  await write(Number(before?.['version'] ?? 0));
  return toChange(before, await desk.itemOf(system(), 'activity', act), '2026-03-02T10:00:00.000Z')!;
}
const planned = (values: Values = {}) =>
  changed(() => createRecord(system(), 'activity', { id: act, subject: 'Call', type: 'call', customerId: LI, ...values }));
const edited = (values: Values) => changed((version) => updateRecord(system(), 'activity', act, version, values));
const told = (...changes: Change[]) => showElsewhere(system().table, changes);
const rows = async (customer: string): Promise<string[]> =>
  (await listTimeline(system(), Buffer.alloc(32), 'customer', customer)).items
    .filter(({ id }) => id === act)
    .map(({ at, code, params }) => `${at.slice(0, 10)} ${code} ${String(params?.['subject'])}: ${String(params?.['outcome'] ?? '')}`);

describe('an activity in the timeline of a customer', () => {
  it('is one row that follows what becomes of it', async () => {
    await told(await planned());
    expect(await rows(LI)).toEqual(['2026-03-02 activity.planned Call: ']);

    await told(
      await edited({ status: 'done', actualEnd: '2026-02-27T10:00:00.000Z', actualStart: '2026-02-27T09:00:00.000Z', outcome: 'Fine' }),
    );
    expect(await rows(LI)).toEqual(['2026-02-27 activity.done Call: Fine']);

    await told(await edited({ outcome: 'Very fine' }));
    expect(await rows(LI)).toEqual(['2026-02-27 activity.done Call: Very fine']);

    await told(await changed((version) => removeRecord(system(), 'activity', act, version)));
    expect(await rows(LI)).toEqual([]);
  });

  it('moves with its customer', async () => {
    await told(await planned());
    await told(await edited({ customerId: MEI }));

    expect([await rows(LI), await rows(MEI)]).toEqual([[], ['2026-03-02 activity.planned Call: ']]);
  });

  it('told twice, late, or in another order stands once and as it is', async () => {
    const changes = [
      await planned(),
      await edited({ status: 'done', outcome: 'Fine' }),
      await edited({ customerId: MEI, outcome: 'Better' }),
    ];

    await told(changes[2]!);
    await told(changes[1]!, changes[2]!);
    await told(changes[0]!);
    await told(...changes);

    expect(await rows(LI)).toEqual([]);
    expect(await rows(MEI)).toEqual(['2026-03-02 activity.done Call: Better']);
  });

  it('costs nothing where an edit changes nothing of it', async () => {
    await told(await planned());
    const change = await edited({ description: 'With samples' });

    expect(await meter.measure(() => told(change))).toMatchObject({ writes: 0, reads: 0.5 });
  });
});
