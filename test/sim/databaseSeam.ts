/** The product's way to the database, with everything that can happen to a request on it. */
import { BatchGetCommand, BatchWriteCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../functions/table/database.ts';
import { partsOf } from '../support/commands.ts';
import type { Container } from './container.ts';
import { ALIAS } from './memory/commands.ts';
import { failure, refuse, transactionCancelled } from './memory/refusals.ts';
import { commonFate, draw, type Fate, onTheWire, type Outcome, timeout } from './wire.ts';
import type { World } from './world.ts';

type Command = { readonly input: object; readonly constructor: { readonly name: string } };

export function databaseSeam(world: World, container: Container): Database {
  const { timeline, random, memory } = world;
  const send = (command: Command): Promise<unknown> => {
    world.watch(command);
    const fate = fateOf(world, container, command);
    return onTheWire({ world, container, label: describe(command), fate, carryOut: () => carryOut(world, command, fate) });
  };
  return {
    // A name of its own for each container: what a module remembers by it, it forgets when its container dies.
    tableName: `${memory.tableName}${ALIAS}${container.name}`,
    send: send as unknown as Database['send'],
    wait: (ms) => new Promise((resolve) => timeline.after(ms, () => container.dead || resolve(undefined))),
    chance: random.next,
  };
}

function fateOf(world: World, { kind }: Container, command: Command): Fate {
  const { weather, random, calm, poison } = world;
  if (!calm && poison.size && kind === 'changes-stream' && followsPoison(poison, command)) return 'poison';
  const common = commonFate(world);
  if (calm || common !== 'plain') return common;
  if (draw(random, weather.resent)) return 'resent';
  if (draw(random, weather.conflict) && !/^(Get|Query|BatchGet)/.test(command.constructor.name)) return 'conflict';
  const isBatch = command instanceof BatchGetCommand || command instanceof BatchWriteCommand;
  return isBatch && draw(random, weather.unprocessed) ? 'unprocessed' : 'plain';
}

/** Whether a version row of a poisoned change is among the writes. */
const followsPoison = (poison: ReadonlySet<string>, command: Command): boolean =>
  command instanceof TransactWriteCommand &&
  (command.input.TransactItems ?? []).some(({ Put }) =>
    poison.has(`${String(Put?.Item?.['pk'])}|${String(Put?.Item?.['sk']).replace('V#', '')}`),
  );

async function carryOut(world: World, command: Command, fate: Fate): Promise<Outcome> {
  const apply = async (asked: Command): Promise<Outcome> => {
    try {
      return { answer: await world.memory.send(asked as never) };
    } catch (error) {
      return { error };
    }
  };
  switch (fate) {
    case 'poison':
      return { error: refuse('poisoned') };
    case 'throttled':
      return { error: failure('ThrottlingException', 'Rate exceeded') };
    case 'conflict':
      return { error: conflict(command) };
    case 'ambiguous': {
      await apply(command);
      return { error: world.random.chance(0.5) ? failure('InternalServerError', 'Internal server error', 500) : timeout() };
    }
    case 'resent': {
      const first = await apply(command);
      // A transaction carries the client's token: sent again, it is the same one.
      return command instanceof TransactWriteCommand ? first : apply(command);
    }
    case 'unprocessed':
      return leaveSome(command, apply);
    default:
      return apply(command);
  }
}

function conflict(command: Command): Error {
  if (!(command instanceof TransactWriteCommand)) return failure('TransactionConflictException', 'Transaction is ongoing for the item');
  const items = command.input.TransactItems ?? [];
  return transactionCancelled(items.map((_, i) => ({ code: i === items.length - 1 ? 'TransactionConflict' : 'None' })));
}

/** Does the first half of a batch, and names the rest as left undone. */
async function leaveSome(command: Command, apply: (asked: Command) => Promise<Outcome>): Promise<Outcome> {
  const [[table, part]] = Object.entries((command.input as { RequestItems: Record<string, unknown> }).RequestItems) as [[string, unknown]];
  const halves = <T>(list: readonly T[]): [T[], T[]] => [
    list.slice(0, Math.floor(list.length / 2)),
    list.slice(Math.floor(list.length / 2)),
  ];
  if (command instanceof BatchGetCommand) {
    const asked = part as { Keys: Record<string, unknown>[]; ConsistentRead?: boolean };
    const [now, later] = halves(asked.Keys);
    const left = { UnprocessedKeys: { [table]: { ...asked, Keys: later } } };
    if (!now.length) return { answer: { Responses: { [table]: [] }, ...left } };
    const { answer, error } = await apply(new BatchGetCommand({ RequestItems: { [table]: { ...asked, Keys: now } } }));
    return error ? { error } : { answer: { ...(answer as object), ...left } };
  }
  const [now, later] = halves(part as never[]);
  const left = { UnprocessedItems: { [table]: later } };
  if (!now.length) return { answer: left };
  const { error } = await apply(new BatchWriteCommand({ RequestItems: { [table]: now } }));
  return error ? { error } : { answer: left };
}

const MOST_NAMED = 6;

/** The request in a line: what it does to which keys. */
function describe(command: Command): string {
  const keys = (partsOf(command) ?? []).map(({ Key, Item, ExpressionAttributeValues: values }) => {
    const key = Key ?? Item;
    return key ? `${String(key['pk'])}/${String(key['sk'])}` : String(values?.[':h'] ?? values?.[':pk'] ?? '');
  });
  const more = keys.length > MOST_NAMED ? ` +${keys.length - MOST_NAMED}` : '';
  return `${command.constructor.name.replace('Command', '')} ${keys.slice(0, MOST_NAMED).join(' ')}${more}`;
}
