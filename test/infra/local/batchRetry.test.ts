import { describe, expect, it } from 'vitest';
import type { InvokeResult } from '../../../infra/local/lambda/sandbox.ts';
import { deliverBatch, type RetryPolicy } from '../../../infra/local/streams/batchRetry.ts';

const failed: InvokeResult = { ok: false, timedOut: false, error: { errorType: 'Error', errorMessage: 'no' } };
const answer = (value: unknown): InvokeResult => ({ ok: true, payload: JSON.stringify(value) });
const failures = (...ids: string[]) => answer({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

/** Delivers `abcd` to a function that answers as told and returns the batches it saw, and what was given up. */
async function deliver(policy: Partial<RetryPolicy>, respond: (batch: string, call: number) => InvokeResult) {
  const seen: string[] = [];
  const lost: string[] = [];
  await deliverBatch([...'abcd'], {
    policy: { bisectBatchOnFunctionError: false, reportBatchItemFailures: true, maximumRetryAttempts: 2, ...policy },
    idOf: (item) => item,
    async invoke(batch) {
      seen.push(batch.join(''));
      return respond(batch.join(''), seen.length);
    },
    async giveUp({ batch, attempts, error }) {
      lost.push(`${batch.join('')} after ${attempts}: ${error}`);
    },
    pause: async () => {},
  });
  return { seen, lost };
}

describe('a batch of a stream', () => {
  it.each([null, {}, { batchItemFailures: [] }, { batchItemFailures: null }])('is done with the answer %j', async (value) => {
    expect(await deliver({}, () => answer(value))).toEqual({ seen: ['abcd'], lost: [] });
  });

  it('is tried again whole, and given up when its retries are spent', async () => {
    expect(await deliver({}, () => failed)).toEqual({ seen: ['abcd', 'abcd', 'abcd'], lost: ['abcd after 3: Error: no'] });
  });

  it('goes on when a retry succeeds', async () => {
    expect(await deliver({}, (_, call) => (call < 3 ? failed : answer(null)))).toEqual({
      seen: ['abcd', 'abcd', 'abcd'],
      lost: [],
    });
  });

  it('is halved until the culprit is alone, which alone is given up', async () => {
    const { seen, lost } = await deliver({ bisectBatchOnFunctionError: true, maximumRetryAttempts: 1 }, (batch) =>
      batch.includes('c') ? failed : answer(null),
    );

    expect(seen).toEqual(['abcd', 'ab', 'cd', 'c', 'c', 'd']);
    expect(lost).toEqual(['c after 2: Error: no']);
  });

  it('goes on from the first reported record', async () => {
    const { seen, lost } = await deliver({}, (batch) => (batch === 'abcd' ? failures('d', 'c') : answer(null)));

    expect(seen).toEqual(['abcd', 'cd']);
    expect(lost).toEqual([]);
  });

  it('is given up from a record on that is reported each time', async () => {
    const { seen, lost } = await deliver({ bisectBatchOnFunctionError: true }, () => failures('b'));

    expect(seen).toEqual(['abcd', 'bcd', 'bcd', 'bcd']);
    expect(lost).toEqual(['bcd after 3: the record is in batchItemFailures']);
  });

  it.each([
    ['an unknown identifier', failures('z')],
    ['an empty identifier', failures('')],
    ['no list', answer({ batchItemFailures: 'a' })],
  ])('fails whole for %s', async (_, result) => {
    const { seen } = await deliver({ maximumRetryAttempts: 1 }, () => result);

    expect(seen).toEqual(['abcd', 'abcd']);
  });

  it('is done whatever the function returns when reporting is off', async () => {
    expect((await deliver({ reportBatchItemFailures: false }, () => failures('a'))).seen).toEqual(['abcd']);
  });
});
