/** The errors of the SDK, made the way its client throws them: stored items inside of them are not translated. */
import { ConditionalCheckFailedException, DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { StoredItem } from './item.ts';

const metadata = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

/** A request that DynamoDB refuses to understand. */
export const refuse = (message: string): Error => failure('ValidationException', message);

export const failure = (name: string, message: string, status = 400): Error =>
  new DynamoDBServiceException({ name, message, $fault: status < 500 ? 'client' : 'server', ...metadata(status) });

export const conditionFailed = (item: StoredItem | undefined): Error =>
  new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    ...metadata(400),
    ...(item ? { Item: marshall(item) } : {}),
  });

export interface Reason {
  readonly code: 'None' | 'ConditionalCheckFailed' | 'ValidationError' | 'TransactionConflict';
  readonly item?: StoredItem | undefined;
}

export const transactionCancelled = (reasons: readonly Reason[]): Error =>
  new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ code }) => code).join(', ')}]`,
    ...metadata(400),
    CancellationReasons: reasons.map(({ code, item }) => ({ Code: code, ...(item ? { Item: marshall(item) } : {}) })),
  });
