/** What a request to the database consists of, one part for each item it names. */
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

type Attributes = Record<string, unknown>;

/** One item read or written, or one page of a query; the attributes are named as in the commands of the SDK. */
export interface Part {
  readonly Key?: Attributes | undefined;
  readonly Item?: Attributes | undefined;
  readonly ExclusiveStartKey?: Attributes | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Attributes | undefined;
}

/** Parts of a request; undefined for a command that the product does not use (a scan, PartiQL). */
export function partsOf(command: unknown): Part[] | undefined {
  if (command instanceof BatchGetCommand)
    return Object.values(command.input.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys.map((Key) => ({ Key })));
  if (command instanceof BatchWriteCommand)
    return Object.values(command.input.RequestItems ?? {}).flatMap((requests) =>
      requests.map(({ PutRequest, DeleteRequest }) => ({ Item: PutRequest?.Item, Key: DeleteRequest?.Key })),
    );
  if (command instanceof TransactWriteCommand)
    return (command.input.TransactItems ?? []).map(
      ({ Put, Update, Delete, ConditionCheck }) => (Put ?? Update ?? Delete ?? ConditionCheck)!,
    );
  const single = [GetCommand, QueryCommand, PutCommand, UpdateCommand, DeleteCommand].some((each) => command instanceof each);
  return single ? [(command as { input: Part }).input] : undefined;
}
