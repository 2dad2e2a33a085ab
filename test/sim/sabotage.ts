/**
 * Mistakes that somebody could make, each put between the product and its database: a simulator that does not find
 * them would find no others. Every one names the invariant it should break.
 */
import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../functions/table/database.ts';
import type { StoredItem } from './memory/item.ts';

export type Sabotage = (database: Database) => Database;

type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;
type Write = Writes[number];
type Rewrite = (command: object) => object;

const rewriting =
  (rewrite: Rewrite): Sabotage =>
  (database) => ({ ...database, send: ((command: object) => database.send(rewrite(command) as never)) as Database['send'] });

/** Changes each write of each transaction; one that becomes undefined is left out. */
const inTransactions = (change: (write: Write) => Write | undefined): Rewrite => {
  const changed = (writes: Writes): Writes => writes.flatMap((write) => change(write) ?? []);
  return (command) =>
    command instanceof TransactWriteCommand
      ? new TransactWriteCommand({ TransactItems: changed(command.input.TransactItems ?? []) })
      : command;
};

type Conditional = { ConditionExpression?: string; ExpressionAttributeNames?: object; ExpressionAttributeValues?: object };
/** A put without its condition. */
function unconditional<T extends Conditional>(put: T): T {
  const { ConditionExpression: _c, ExpressionAttributeNames: _n, ExpressionAttributeValues: _v, ...rest } = put;
  return rest as T;
}

const keyOf = ({ Put, Update, Delete }: Write): { pk: string; sk: string } => (Put?.Item ?? Update?.Key ?? Delete?.Key ?? {}) as never;
const isHead = (write: Write): boolean => keyOf(write).sk === 'H';
const isEventual = (command: object): command is GetCommand | QueryCommand =>
  command instanceof GetCommand || command instanceof QueryCommand;

/** Leaves out the write of every item of that kind: it is answered as if it had been made. */
const without = (isMeant: (item: StoredItem) => boolean): Sabotage =>
  rewriting((command) => {
    const item = command instanceof PutCommand ? (command.input.Item as StoredItem) : undefined;
    return item && isMeant(item)
      ? new GetCommand({ TableName: (command as PutCommand).input.TableName, Key: { pk: item['pk'], sk: item['sk'] } })
      : command;
  });

const valueOf = (item: StoredItem, name: string): unknown => (item['data'] as Readonly<Record<string, unknown>> | undefined)?.[name];

export const MISTAKES: Readonly<Record<string, { readonly breaks: string; readonly sabotage: Sabotage }>> = {
  'a change without the version it was made from': {
    breaks: 'versionsAreDense',
    sabotage: rewriting((command) => {
      const isChange = (put: Conditional & { Item?: object }) => JSON.stringify(put.ExpressionAttributeNames) === '{"#if":"version"}';
      if (command instanceof PutCommand && isChange(command.input)) return new PutCommand(unconditional(command.input));
      return inTransactions((write) => (write.Put && isChange(write.Put) ? { Put: unconditional(write.Put) } : write))(command);
    }),
  },
  'a version row written again': {
    breaks: 'feedIsDense',
    sabotage: rewriting(
      inTransactions((write) => (write.Put && keyOf(write).sk.startsWith('V#') ? { Put: unconditional(write.Put) } : write)),
    ),
  },
  'a feed whose head may move meanwhile': {
    breaks: 'feedIsDense',
    sabotage: rewriting(
      inTransactions((write) => {
        if (!write.Update?.ConditionExpression || !isHead(write)) return write;
        const {
          ConditionExpression: _c,
          ExpressionAttributeNames: names = {},
          ExpressionAttributeValues: values = {},
          ...rest
        } = write.Update;
        const without = (map: object, ...left: string[]) =>
          Object.fromEntries(Object.entries(map).filter(([name]) => !left.includes(name)));
        return {
          Update: {
            ...rest,
            ExpressionAttributeNames: without(names, '#if', '#p') as never,
            ExpressionAttributeValues: without(values, ':if'),
          },
        };
      }),
    ),
  },
  'a marker that takes the place of another': {
    breaks: 'markersAreNotTaken',
    sabotage: rewriting(inTransactions((write) => (write.Put && keyOf(write).sk === 'U' ? { Put: unconditional(write.Put) } : write))),
  },
  'a marker that is never freed': {
    breaks: 'markersMatchRecords',
    sabotage: rewriting(inTransactions((write) => (write.Delete && keyOf(write).sk === 'U' ? undefined : write))),
  },
  'a transaction in two halves': {
    breaks: '',
    sabotage: (database) => {
      const send = async (command: object) => {
        if (!(command instanceof TransactWriteCommand)) return database.send(command as never);
        const writes = command.input.TransactItems ?? [];
        const half = Math.ceil(writes.length / 2);
        for (const part of [writes.slice(0, half), writes.slice(half)])
          if (part.length) await database.send(new TransactWriteCommand({ TransactItems: part }));
        return {};
      };
      return { ...database, send: send as unknown as Database['send'] };
    },
  },
  'a change of rights that raises no epoch': {
    breaks: 'directoryMatchesRecords',
    sabotage: rewriting(
      inTransactions((write) => (isHead(write) && write.Update?.UpdateExpression?.startsWith('ADD') ? undefined : write)),
    ),
  },
  'a mail handed over without claiming it': {
    breaks: 'mailsAreSentOnce',
    sabotage: rewriting((command) =>
      command instanceof PutCommand && String(command.input.Item?.['sk']) === 'E' ? new PutCommand(unconditional(command.input)) : command,
    ),
  },
  'old words that still find a record': {
    breaks: 'searchRowsMatchRecords',
    sabotage: (database) => {
      const send = async (command: object) => {
        if (!(command instanceof BatchWriteCommand)) return database.send(command as never);
        const [[table, requests]] = Object.entries(command.input.RequestItems ?? {}) as [[string, { PutRequest?: object }[]]];
        const puts = requests.filter(({ PutRequest }) => PutRequest);
        return puts.length ? database.send(new BatchWriteCommand({ RequestItems: { [table]: puts as never } })) : {};
      };
      return { ...database, send: send as unknown as Database['send'] };
    },
  },
  'what a batch left undone, forgotten': {
    breaks: 'searchRowsMatchRecords',
    sabotage: (database) => {
      const send = async (command: object) => ({ ...(await database.send(command as never)), UnprocessedItems: {} });
      return { ...database, send: send as unknown as Database['send'] };
    },
  },
  'single items read from the past': {
    breaks: '',
    sabotage: rewriting((command) =>
      isEventual(command) && !('IndexName' in command.input && command.input.IndexName)
        ? new (command.constructor as typeof GetCommand)({ ...(command.input as never as GetCommand['input']), ConsistentRead: false })
        : command,
    ),
  },
  'batches read from the past': {
    breaks: '',
    sabotage: rewriting((command) => {
      if (!(command instanceof BatchGetCommand)) return command;
      const [[table, { Keys }]] = Object.entries(command.input.RequestItems ?? {}) as [[string, { Keys: never[] }]];
      return new BatchGetCommand({ RequestItems: { [table]: { Keys } } });
    }),
  },
  'counters that are added to beside their changes': {
    breaks: 'countersAreExact',
    sabotage: (database) => {
      const isCounter = (write: Write) => write.Update !== undefined && keyOf(write).pk.includes('#S#');
      const send = async (command: object) => {
        if (!(command instanceof TransactWriteCommand)) return database.send(command as never);
        const writes = command.input.TransactItems ?? [];
        const counters = writes.filter(isCounter);
        if (counters.length) await database.send(new TransactWriteCommand({ TransactItems: counters }));
        return database.send(new TransactWriteCommand({ TransactItems: writes.filter((write) => !isCounter(write)) }));
      };
      return { ...database, send: send as unknown as Database['send'] };
    },
  },
  'a warning that stays when its customer buys': {
    breaks: 'warningsAreTrue',
    sabotage: without((item) => item['type'] === 'churnWarning' && item['updatedBy'] === 'system' && valueOf(item, 'status') === 'closed'),
  },
  'a customer whose silence nobody watches': {
    breaks: 'warningsAreTrue',
    sabotage: without(({ pk, sk }) => String(pk).endsWith('#CHURN') && !String(sk).includes('#chw_')),
  },
  'a warning that is put off for ever': {
    breaks: 'warningsAreListed',
    sabotage: without(({ pk, sk }) => String(pk).endsWith('#CHURN') && String(sk).includes('#chw_')),
  },
  'a reminder that nobody arms': { breaks: 'remindersCome', sabotage: without(({ kind }) => kind === 'remind') },
  'a file that is shown when it is announced': {
    breaks: 'filesAreWhole',
    sabotage: rewriting((command) =>
      command instanceof PutCommand && command.input.Item?.['state'] === 'incoming'
        ? new PutCommand({ ...command.input, Item: { ...command.input.Item, state: 'ready' } })
        : command,
    ),
  },
  'a file that is taken away for ever, and never goes': {
    breaks: 'bytesGoWithTheirFiles',
    sabotage: rewriting(
      inTransactions((write) => {
        const { expiresAt, ...item } = write.Put?.Item ?? {};
        return write.Put && item['state'] === 'removed' && expiresAt !== undefined ? { Put: { ...write.Put, Item: item } } : write;
      }),
    ),
  },
  'bytes that stay when their file has gone': {
    breaks: 'bytesGoWithTheirFiles',
    sabotage: (database) => {
      const isAsked = (command: object): command is GetCommand =>
        command instanceof GetCommand && database.tableName.includes('effects-queue') && String(command.input.Key?.['sk']).startsWith('F#');
      const send = async (command: object) => (isAsked(command) ? { Item: command.input.Key } : database.send(command as never));
      return { ...database, send: send as unknown as Database['send'] };
    },
  },
  'a demo of which only the first part is cleared': {
    breaks: 'demosAreCleared',
    sabotage: rewriting((command) =>
      command instanceof UpdateCommand && String(command.input.Key?.['pk']).endsWith('#J#clear-demo')
        ? new UpdateCommand({ ...command.input, ExpressionAttributeValues: doneFor(command.input.ExpressionAttributeValues ?? {}) })
        : command,
    ),
  },
  'a demo whose counters count on': {
    breaks: 'countersAreExact',
    sabotage: rewriting((command) =>
      command instanceof UpdateCommand && Object.values(command.input.ExpressionAttributeNames ?? {}).includes('countsFrom')
        ? new GetCommand({ TableName: command.input.TableName, Key: command.input.Key })
        : command,
    ),
  },
};

const doneFor = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === 'running' ? 'done' : value]));
