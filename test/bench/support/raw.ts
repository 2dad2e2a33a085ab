/** The requests that an operation of the product sends, to be sent again without the product around them. */
import { DeleteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../../functions/table/database.ts';

export interface Recorder {
  readonly db: Database;
  /** Sends again what the last piece of work has sent, in its order; writes go to items beside the real ones, unconditionally. */
  readonly replay: () => Promise<void>;
  readonly forget: () => void;
}

type Values = Record<string, unknown>;
type Write = { Item?: Values; Key?: Values; ConditionExpression?: string };

export function recorderOn(inner: Database): Recorder {
  let sent: unknown[] = [];
  const send = async (command: unknown): Promise<unknown> => {
    sent.push(command);
    return inner.send(command as never);
  };
  return {
    db: { ...inner, send: send as Database['send'] },
    forget: () => (sent = []),
    async replay() {
      for (const command of sent) await inner.send(beside(command) as never);
    },
  };
}

const aside = (at: Values | undefined): Values | undefined => at && { ...at, pk: `${String(at['pk'])}~` };
const plain = <W extends Write>({ ConditionExpression: _condition, ...write }: W) => ({
  ...write,
  ...(write.Item ? { Item: aside(write.Item) } : {}),
  ...(write.Key ? { Key: aside(write.Key) } : {}),
});

/** The condition goes, since its item is another; placeholders that only the condition used go with it. */
function beside(command: unknown): unknown {
  if (command instanceof PutCommand) {
    const { TableName, Item } = plain(command.input);
    return new PutCommand({ TableName, Item });
  }
  if (command instanceof TransactWriteCommand)
    return new TransactWriteCommand({
      TransactItems: (command.input.TransactItems ?? []).map(({ Put, Update, Delete }) => ({
        ...(Put ? { Put: { TableName: Put.TableName, Item: aside(Put.Item) } } : {}),
        ...(Update ? { Update: plain(Update) as typeof Update } : {}),
        ...(Delete ? { Delete: { TableName: Delete.TableName, Key: aside(Delete.Key) } } : {}),
      })),
    });
  if (command instanceof UpdateCommand || command instanceof DeleteCommand) throw new Error(`not replayed: ${command.constructor.name}`);
  return command;
}
