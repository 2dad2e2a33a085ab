import { marshall } from '@aws-sdk/util-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecord } from '../../../functions/records/operations.ts';
import type { Database } from '../../../functions/table/database.ts';
import { readStream } from '../../../functions/workspace/changes.stream.ts';
import { deliverBatch } from '../../../infra/local/streams/batchRetry.ts';
import { hearLogs } from '../../sim/logs.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';

let giveBack: () => void;
beforeAll(() => void (giveBack = hearLogs(() => {})));
afterAll(() => giveBack());

const memory = memoryDatabase();
const desk = deskOn(memory);
const IDS = [1, 2, 3, 4, 5].map((n) => idOf('con', n));

/** The stream's records of everything that has been written. */
const told = (): DynamoDBRecord[] =>
  memory.store.changes
    .filter(({ key }) => key.sk === 'A')
    .map(({ sequence, after }) => ({ dynamodb: { SequenceNumber: String(sequence), NewImage: marshall(after!) as never } }));

/** A change that can never be followed, wherever it comes. */
const failingAt = (id: string): Database => ({
  ...memory,
  send: ((command: never) =>
    (command as unknown) instanceof TransactWriteCommand && JSON.stringify((command as TransactWriteCommand).input).includes(id)
      ? Promise.reject(new Error('poisoned'))
      : memory.send(command)) as Database['send'],
});

describe('the reader of the stream', () => {
  it.each([0, 2, 4])('has a change that can never be followed given up alone (place %i)', async (place) => {
    const ctx = desk.as(`poisoned${place}`, 1);
    const customer = await createRecord(ctx, 'customer', { name: 'Lotus' });
    for (const id of IDS) await createRecord(ctx, 'contact', { id, name: 'Li Lei', customerId: customer.id });
    const batch = told().filter(({ dynamodb }) => JSON.stringify(dynamodb!.NewImage).includes(`poisoned${place}#contact`));
    const db = failingAt(IDS[place]!);
    const givenUp: number[] = [];

    await deliverBatch(batch, {
      policy: { bisectBatchOnFunctionError: true, reportBatchItemFailures: true, maximumRetryAttempts: 2 },
      idOf: ({ dynamodb }) => dynamodb!.SequenceNumber!,
      invoke: async (Records) => {
        try {
          return { ok: true, payload: JSON.stringify(await readStream(db, { Records })) };
        } catch (error) {
          return { ok: false, timedOut: false, error: { errorType: 'Error', errorMessage: String(error), trace: [] } };
        }
      },
      giveUp: async ({ batch: lost }) => void givenUp.push(...lost.map((record) => batch.indexOf(record))),
      pause: async () => {},
    });

    expect(givenUp).toEqual([place]);
    const followed = await Promise.all(IDS.map((id) => ctx.table.query({ pk: `contact#${id}`, startsWith: 'V#' })));
    expect(followed.map(({ items }) => items.length)).toEqual(IDS.map((_, i) => (i === place ? 0 : 1)));
  });
});
