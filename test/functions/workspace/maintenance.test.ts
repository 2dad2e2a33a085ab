import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { toMs } from '../../../shared/kernel/dates.ts';
import { readHead } from '../../../functions/records/feed.ts';
import type { Change } from '../../../functions/records/follow.ts';
import type { Database } from '../../../functions/table/database.ts';
import { counterKey } from '../../../functions/table/keys.ts';
import { redrive, type FailedBatches } from '../../../functions/workspace/maintenance.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { makeFirm, memberId } from '../../support/firm.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';

const START = '2026-03-10T12:00:00.000Z';

/** A batch as Lambda leaves it in S3. */
const fileOf = (changes: readonly Change[]) => ({
  version: '1.0',
  DDBStreamBatchInfo: { batchSize: changes.length },
  payload: JSON.stringify({
    Records: changes.map(({ at, before, after }, i): DynamoDBRecord => ({
      eventName: before ? 'MODIFY' : 'INSERT',
      dynamodb: {
        SequenceNumber: String(100 + i),
        ApproximateCreationDateTime: toMs(at) / 1000,
        ...(before ? { OldImage: marshall(before, { removeUndefinedValues: true }) as never } : {}),
        ...(after ? { NewImage: marshall(after, { removeUndefinedValues: true }) as never } : {}),
      },
    })),
  }),
});

function shelf(files: Record<string, unknown>) {
  const left = new Map(Object.entries(files));
  const batches: FailedBatches = {
    async *keys() {
      await Promise.resolve();
      yield* [...left.keys()];
    },
    find: async (key) => left.get(key),
    remove: async (key) => void left.delete(key),
  };
  return { batches, left };
}

/** Things that happened and that the stream has not been told of. */
async function unheard() {
  const db = memoryDatabase();
  const firm = await makeFirm(deskOn(db), 'firm', [{ n: 1, role: 'sales', department: 'sales' }], {}, { silently: true });
  const made = await firm.create(START, 'customer', idOf('cus', 1), { name: 'Ada' }, memberId(1));
  const changed = await firm.remove(START, 'customer', idOf('cus', 1));
  const counters = () => firm.table.get(counterKey('customer', '2026-03-10', memberId(1)), { consistent: true });
  return { db, firm, made, changed, counters };
}

describe('redriving', () => {
  it('tells given-up batches again, once however often, and removes what has passed', async () => {
    const { db, firm, made, changed, counters } = await unheard();
    const files = { a: fileOf([made]), b: fileOf([changed]), again: fileOf([made, changed]) };
    const { batches, left } = shelf(files);

    expect(await redrive(db, batches)).toEqual({ redriven: 3, failed: [] });

    expect(left.size).toBe(0);
    expect(await counters()).toMatchObject({ created: 1, removed: 1 });
    const { position } = await readHead(firm.table);
    expect(await redrive(db, shelf(files).batches)).toEqual({ redriven: 3, failed: [] });
    expect(await counters()).toMatchObject({ created: 1, removed: 1 });
    expect((await readHead(firm.table)).position).toBe(position);
  });

  it('in the wrong order makes the same numbers', async () => {
    const { db, made, changed, counters } = await unheard();

    await redrive(db, shelf({ later: fileOf([changed]), sooner: fileOf([made]) }).batches);

    expect(await counters()).toMatchObject({ created: 1, removed: 1 });
  });

  it('keeps what fails again, and goes on with the others', async () => {
    const { db, made, changed, counters } = await unheard();
    const { batches, left } = shelf({ a: fileOf([made]), b: fileOf([changed]) });
    let refused = 0;
    const ailing: Database = {
      ...db,
      send: (async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'TransactWriteCommand' && (refused += 1) === 1) throw new Error('away');
        return db.send(command as never);
      }) as unknown as Database['send'],
    };

    expect(await redrive(ailing, batches)).toEqual({ redriven: 1, failed: ['a'] });
    expect([...left.keys()]).toEqual(['a']);

    expect(await redrive(db, batches)).toEqual({ redriven: 1, failed: [] });
    expect(await counters()).toMatchObject({ created: 1, removed: 1 });
  });

  it('passes over a change that can never pass, and follows the rest of its batch', async () => {
    const { db, made, changed, counters } = await unheard();
    const { batches, left } = shelf({ a: fileOf([{ ...made, after: { ...made.after!, type: 'noSuchType' } }, changed, made]) });

    expect(await redrive(db, batches)).toEqual({ redriven: 0, failed: ['a'] });

    expect([...left.keys()]).toEqual(['a']);
    expect(await counters()).toMatchObject({ created: 1, removed: 1 });
  });

  it('passes over a file that somebody else has redriven meanwhile', async () => {
    const { batches } = shelf({ gone: undefined });

    expect(await redrive(memoryDatabase(), batches)).toEqual({ redriven: 1, failed: [] });
  });
});
