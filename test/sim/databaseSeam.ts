/** The product's way to the database, with everything that can happen to a request on it. */
import { BatchGetCommand, BatchWriteCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../functions/table/database.ts';
import { partsOf } from '../support/commands.ts';
import type { Container } from './container.ts';
import { failure, refuse, transactionCancelled } from './memory/refusals.ts';
import type { World } from './world.ts';

type Fate = 'plain' | 'poison' | 'throttled' | 'ambiguous' | 'resent' | 'conflict' | 'unprocessed' | 'killedBefore' | 'killedAfter';
type Command = { readonly input: object; readonly constructor: { readonly name: string } };

export function databaseSeam(world: World, container: Container): Database {
  const { timeline, random, memory } = world;
  const send = (command: Command): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (container.dead) return;
      world.watch(container, command);
      const fate = fateOf(world, container, command);
      if (fate === 'killedBefore') return die(world, container, command);
      // Once sent, a request is carried out whether or not its sender lives to hear of it.
      timeline.after(latency(world), () => {
        void carryOut(world, command, fate).then(({ answer, error }) => {
          world.trace.add(`${timeline.nowMs} ${container.name} ${describe(command)} ${fate}${error ? ` ! ${(error as Error).name}` : ''}`);
          if (fate === 'killedAfter') return container.die();
          timeline.after(latency(world), () => {
            if (container.dead) return;
            if (error) reject(error);
            else resolve(answer);
          });
        });
      });
    });
  return {
    tableName: memory.tableName,
    send: send as unknown as Database['send'],
    wait: (ms) => new Promise((resolve) => timeline.after(ms, () => container.dead || resolve(undefined))),
    chance: random.next,
  };
}

function die(world: World, container: Container, command: Command): void {
  world.trace.add(`${world.timeline.nowMs} ${container.name} dies before ${describe(command)}`);
  // Not within this very call: its caller has yet to begin to wait.
  world.timeline.after(0, () => container.die());
}

function fateOf({ weather, random, calm, poison }: World, container: Container, command: Command): Fate {
  if (calm) return 'plain';
  if (poison.size && container.kind === 'changes-stream' && followsPoison(poison, command)) return 'poison';
  const draw = (probability: number): boolean => probability > 0 && random.chance(probability);
  if (draw(weather.killed)) return random.pick(['killedBefore', 'killedAfter']);
  if (draw(weather.throttled)) return 'throttled';
  if (draw(weather.ambiguous)) return 'ambiguous';
  if (draw(weather.resent)) return 'resent';
  if (draw(weather.conflict) && !/^(Get|Query|BatchGet)/.test(command.constructor.name)) return 'conflict';
  if (draw(weather.unprocessed) && (command instanceof BatchGetCommand || command instanceof BatchWriteCommand)) return 'unprocessed';
  return 'plain';
}

/** Whether a version row of a poisoned change is among the writes. */
const followsPoison = (poison: ReadonlySet<string>, command: Command): boolean =>
  command instanceof TransactWriteCommand &&
  (command.input.TransactItems ?? []).some(({ Put }) =>
    poison.has(`${String(Put?.Item?.['pk'])}|${String(Put?.Item?.['sk']).replace('V#', '')}`),
  );

interface Outcome {
  readonly answer?: unknown;
  readonly error?: unknown;
}

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

const timeout = (): Error => Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });

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

const latency = ({ random, weather, calm }: World): number =>
  random.int(1, 12) + (!calm && weather.slow > 0 && random.chance(weather.slow) ? random.int(100, 4_000) : 0);

/** The request in a line: what it does to which keys. */
function describe(command: Command): string {
  const keys = (partsOf(command) ?? []).map(
    ({ Key, Item, ExpressionAttributeValues }) =>
      `${String((Key ?? Item)?.['pk'] ?? ExpressionAttributeValues?.[':h'] ?? ExpressionAttributeValues?.[':pk'] ?? '')}/${String((Key ?? Item)?.['sk'] ?? '')}`,
  );
  return `${command.constructor.name.replace('Command', '')} ${keys.slice(0, 6).join(' ')}${keys.length > 6 ? ` +${keys.length - 6}` : ''}`;
}
