/** The commands of the document client, each answered from the store as DynamoDB answers it. */
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { sizeOfItem, type StoredItem } from './item.ts';
import { query, type Lag, type QueryInput } from './reads.ts';
import { conditionFailed, failure, refuse, type Reason, transactionCancelled } from './refusals.ts';
import type { PrimaryKey, Store } from './store.ts';
import { assertKey, prepareWrite, type PreparedWrite, type WriteInput, type WriteKind } from './writes.ts';

export interface Site {
  readonly store: Store;
  readonly tableName: string;
  readonly lag: Lag;
}

type Input = Readonly<Record<string, unknown>>;
type Command = { readonly input: object };
type Answer = Readonly<Record<string, unknown>>;

const MOST_IN_TRANSACTION = 100;
const MOST_TRANSACTION_BYTES = 4 * 1024 * 1024;
const CONDITIONAL = [
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
] as const;

/** Answers one command. Unknown commands and parameters throw: what is not modelled must not pass as if it were. */
export function answer(site: Site, command: Command): Answer {
  const input = command.input as Input;
  if (command instanceof GetCommand) return get(site, known(input, 'TableName', 'Key', 'ConsistentRead'));
  if (command instanceof BatchGetCommand) return batchGet(site, known(input, 'RequestItems'));
  if (command instanceof TransactGetCommand) return transactGet(site, known(input, 'TransactItems'));
  if (command instanceof QueryCommand) {
    inTable(
      site,
      known(
        input,
        ...['TableName', 'IndexName', 'KeyConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'],
        ...['ScanIndexForward', 'ConsistentRead', 'Limit', 'ExclusiveStartKey'],
      ),
    );
    return { ...query(site.store, site.lag, input as QueryInput) };
  }
  if (command instanceof PutCommand) return write(site, 'Put', known(input, 'TableName', 'Item', ...CONDITIONAL));
  if (command instanceof UpdateCommand) return write(site, 'Update', known(input, 'TableName', 'Key', 'UpdateExpression', ...CONDITIONAL));
  if (command instanceof DeleteCommand) return write(site, 'Delete', known(input, 'TableName', 'Key', ...CONDITIONAL));
  if (command instanceof BatchWriteCommand) return batchWrite(site, known(input, 'RequestItems'));
  if (command instanceof TransactWriteCommand) return transactWrite(site, known(input, 'TransactItems'));
  throw new Error(`${command.constructor.name} is not modelled`);
}

function known(input: Input, ...names: string[]): Input {
  const unknown = Object.keys(input).filter((name) => input[name] !== undefined && !names.includes(name));
  if (unknown.length) throw new Error(`${unknown.join(', ')} is not modelled`);
  return input;
}

/** A table answers to its own name, and to that with anything behind this. */
export const ALIAS = '@';
const isNameOf = ({ tableName }: Site, name: unknown): boolean => String(name).split(ALIAS)[0] === tableName;

function inTable(site: Site, input: Input): Input {
  if (!isNameOf(site, input['TableName'])) throw failure('ResourceNotFoundException', 'Cannot do operations on a non-existent table');
  return input;
}

/** Of a batch, the one table's part. */
function partOf(site: Site, input: Input): [name: string, part: unknown] {
  const tables = Object.entries((input['RequestItems'] ?? {}) as Input);
  const [name, part] = tables[0] ?? [];
  if (tables.length !== 1 || name === undefined || !isNameOf(site, name))
    throw failure('ResourceNotFoundException', 'Requested resource not found');
  return [name, part];
}

function get(site: Site, input: Input): Answer {
  const key = assertKey(inTable(site, input)['Key'] as object);
  const item = site.store.read(key, input['ConsistentRead'] ? 0 : site.lag.ofTable());
  return item ? { Item: item } : {};
}

function batchGet(site: Site, input: Input): Answer {
  const [name, given] = partOf(site, input);
  const part = known(given as Input, 'Keys', 'ConsistentRead');
  const keys = (part['Keys'] as object[]).map(assertKey);
  if (keys.length === 0 || keys.length > 100) throw refuse('Member must have length between 1 and 100');
  assertDistinct(keys);
  const items = keys.flatMap((key) => site.store.read(key, part['ConsistentRead'] ? 0 : site.lag.ofTable()) ?? []);
  return { Responses: { [name]: items }, UnprocessedKeys: {} };
}

function transactGet(site: Site, input: Input): Answer {
  const gets = (input['TransactItems'] as { Get: Input }[]).map(({ Get }) => inTable(site, known(Get, 'TableName', 'Key')));
  if (gets.length === 0 || gets.length > MOST_IN_TRANSACTION) throw refuse('Member must have length between 1 and 100');
  const keys = gets.map((each) => assertKey(each['Key'] as object));
  assertDistinct(keys);
  return { Responses: keys.map((key) => site.store.read(key)).map((item) => (item ? { Item: item } : {})) };
}

function write(site: Site, kind: WriteKind, input: Input): Answer {
  const prepared = prepareWrite(kind, inTable(site, input) as WriteInput);
  const stood = site.store.read(prepared.key);
  if (!prepared.holds(stood)) throw conditionFailed(input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' ? stood : undefined);
  const next = prepared.result(stood);
  site.store.write(prepared.key, next);
  return returned(input['ReturnValues'], stood, next);
}

function returned(wanted: unknown, stood: StoredItem | undefined, next: StoredItem | undefined): Answer {
  if (wanted === undefined || wanted === 'NONE') return {};
  if (wanted !== 'ALL_OLD' && wanted !== 'ALL_NEW') throw new Error(`ReturnValues ${String(wanted)} is not modelled`);
  const item = wanted === 'ALL_OLD' ? stood : next;
  return item ? { Attributes: item } : {};
}

function batchWrite(site: Site, input: Input): Answer {
  const [, given] = partOf(site, input);
  const requests = given as { PutRequest?: { Item: object }; DeleteRequest?: { Key: object } }[];
  if (requests.length === 0 || requests.length > 25) throw refuse('Member must have length between 1 and 25');
  const writes = requests.map(({ PutRequest, DeleteRequest }) =>
    PutRequest ? prepareWrite('Put', { Item: PutRequest.Item }) : prepareWrite('Delete', { Key: DeleteRequest?.Key ?? {} }),
  );
  assertDistinct(writes.map(({ key }) => key));
  for (const each of writes) site.store.write(each.key, each.result(undefined));
  return { UnprocessedItems: {} };
}

function transactWrite(site: Site, input: Input): Answer {
  const items = input['TransactItems'] as Partial<Record<WriteKind, Input>>[];
  if (items.length === 0 || items.length > MOST_IN_TRANSACTION) throw refuse('Member must have length between 1 and 100');
  const writes = items.map((item) => {
    const [kind, parameters] = Object.entries(item)[0] as [WriteKind, Input];
    return { parameters, prepared: prepareWrite(kind, inTable(site, parameters) as WriteInput) };
  });
  assertDistinct(writes.map(({ prepared }) => prepared.key));
  const outcomes = writes.map(({ parameters, prepared }) => attempt(site, prepared, parameters));
  const bytes = outcomes.reduce((sum, { next }) => sum + (next ? sizeOfItem(next) : 0), 0);
  if (bytes > MOST_TRANSACTION_BYTES) throw refuse('Transaction size has exceeded the limit');
  if (outcomes.some(({ reason }) => reason.code !== 'None')) throw transactionCancelled(outcomes.map(({ reason }) => reason));
  writes.forEach(({ prepared }, i) => site.store.write(prepared.key, outcomes[i]!.next));
  return {};
}

function attempt(site: Site, prepared: PreparedWrite, parameters: Input): { reason: Reason; next: StoredItem | undefined } {
  const stood = site.store.read(prepared.key);
  if (!prepared.holds(stood)) {
    const item = parameters['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' ? stood : undefined;
    return { reason: { code: 'ConditionalCheckFailed', item }, next: undefined };
  }
  try {
    return { reason: { code: 'None' }, next: prepared.result(stood) };
  } catch (error) {
    if ((error as Error).name !== 'ValidationException') throw error;
    return { reason: { code: 'ValidationError' }, next: undefined };
  }
}

function assertDistinct(keys: readonly PrimaryKey[]): void {
  if (new Set(keys.map(({ pk, sk }) => JSON.stringify([pk, sk]))).size !== keys.length)
    throw refuse('Provided list of item keys contains duplicates');
}
