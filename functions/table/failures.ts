import { AppError } from '../../shared/kernel/errors.ts';
import { isPassing, toFailure } from '../services/awsClient.ts';

export type Item = Record<string, unknown> & { readonly pk: string; readonly sk: string };

/** A condition did not hold. `item` is what stood there, when it stood there. */
export class ConditionFailed extends Error {
  readonly item: Item | undefined;
  constructor(item: Item | undefined) {
    super('condition failed');
    this.name = 'ConditionFailed';
    this.item = item;
  }
}

/** A transaction was refused whole. `failed` names, by the index of their writes, the conditions that did not hold. */
export class TransactionRefused extends Error {
  readonly failed: readonly { readonly index: number; readonly item: Item | undefined }[];
  constructor(failed: TransactionRefused['failed']) {
    super('transaction refused');
    this.name = 'TransactionRefused';
    this.failed = failed;
  }
}

interface Reason {
  readonly Code?: string;
  readonly Item?: unknown;
}

export const reasonsOf = (error: unknown): readonly Reason[] | undefined =>
  toFailure(error).name === 'TransactionCanceledException'
    ? ((error as { CancellationReasons?: readonly Reason[] }).CancellationReasons ?? [])
    : undefined;

export const isCondition = (error: unknown): boolean => toFailure(error).name === 'ConditionalCheckFailedException';

/** Two transactions met on one item, or the table is over its rate: the same request may pass a moment later. */
export const isConflict = (error: unknown): boolean =>
  toFailure(error).name === 'TransactionConflictException' ||
  (reasonsOf(error)?.some(
    ({ Code }) => Code === 'TransactionConflict' || Code === 'ThrottlingError' || Code === 'ProvisionedThroughputExceeded',
  ) ??
    false);

const PASSING = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  'InternalServerError',
]);

/** The database cannot answer now; nothing is known to be written. Callers may repeat with the same id or key. */
export function toUnavailable(error: unknown): unknown {
  const failure = toFailure(error);
  return PASSING.has(failure.name) || isPassing(failure) || isConflict(error)
    ? new AppError('table.unavailable', { status: 503, message: failure.name, cause: error })
    : error;
}
