import type { InvokeResult } from '../lambda/sandbox.ts';

/** How a mapping deals with failing batches, named as in CloudFormation. */
export interface RetryPolicy {
  bisectBatchOnFunctionError: boolean;
  reportBatchItemFailures: boolean;
  /** Retries of one batch after its first attempt; Infinity for AWS's -1. */
  maximumRetryAttempts: number;
}

export interface GivenUp<Item> {
  batch: Item[];
  attempts: number;
  error: string;
}

/**
 * Brings one batch through, in order, as a stream's event source mapping does: a failed batch is tried again until
 * its retries are spent. One that throws is halved where bisecting is on, which is no retry; one that names a record
 * goes on from there and is not halved further.
 * @source https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 * @param pause  waits before the given retry (1 is the first)
 */
export async function deliverBatch<Item>(
  batch: Item[],
  options: {
    policy: RetryPolicy;
    idOf(item: Item): string;
    invoke(batch: Item[]): Promise<InvokeResult>;
    giveUp(given: GivenUp<Item>): Promise<void>;
    pause(retry: number): Promise<void>;
  },
): Promise<void> {
  const { policy, idOf, invoke, giveUp, pause } = options;

  async function deliver(items: Item[], attempt: number): Promise<void> {
    const outcome = readOutcome(items, await invoke(items), policy.reportBatchItemFailures, idOf);
    if (outcome.kind === 'done') return;
    if (outcome.kind === 'reported' && outcome.from > 0) {
      await pause(1);
      return deliver(items.slice(outcome.from), 1); // what stands before is done: a new, smaller batch
    }
    if (outcome.kind === 'failed' && policy.bisectBatchOnFunctionError && items.length > 1) {
      await pause(attempt);
      const middle = Math.ceil(items.length / 2);
      await deliver(items.slice(0, middle), attempt);
      return deliver(items.slice(middle), attempt);
    }
    if (attempt > policy.maximumRetryAttempts) return giveUp({ batch: items, attempts: attempt, error: outcome.error });
    await pause(attempt);
    return deliver(items, attempt + 1);
  }

  await deliver(batch, 1);
}

type Outcome = { kind: 'done' } | { kind: 'failed'; error: string } | { kind: 'reported'; from: number; error: string };

function readOutcome<Item>(items: Item[], result: InvokeResult, partial: boolean, idOf: (item: Item) => string): Outcome {
  if (!result.ok) return { kind: 'failed', error: `${result.error.errorType}: ${result.error.errorMessage}` };
  const failed = partial ? readItemFailures(result.payload) : [];
  if (failed === 'invalid') return { kind: 'failed', error: 'the answer is no list of batchItemFailures' };
  if (failed.length === 0) return { kind: 'done' };
  const positions = failed.map((id) => items.findIndex((item) => idOf(item) === id));
  const from = Math.min(...positions);
  if (from < 0) return { kind: 'failed', error: 'batchItemFailures names a record that is not in the batch' };
  return { kind: 'reported', from, error: 'the record is in batchItemFailures' };
}

/**
 * The identifiers in `{"batchItemFailures": [{"itemIdentifier": "…"}]}`; none for null, `{}` and an empty list.
 * 'invalid' where AWS treats the whole batch as failed.
 */
export function readItemFailures(payload: string): string[] | 'invalid' {
  const answer = JSON.parse(payload) as { batchItemFailures?: unknown } | null;
  const failures = answer?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return 'invalid';
  const ids = failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier);
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : 'invalid';
}
