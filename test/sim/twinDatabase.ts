import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../../functions/table/database.ts';

type Outcome = { readonly answer: unknown } | { readonly refused: unknown };
type Fields = Readonly<Record<string, unknown>>;

/**
 * Sends every command to two databases and compares what they say.
 * @returns the second's answer
 * @throws Error naming the command when they differ
 */
export function twinDatabase(model: Database, real: Database): Database & { readonly compared: () => number } {
  let count = 0;
  const send = async (command: { input: object; constructor: { name: string } }): Promise<unknown> => {
    const [told, known] = [await settle(model, command), await settle(real, command)];
    count++;
    if (!isDeepStrictEqual(comparable(told), comparable(known)))
      throw new Error(
        `${command.constructor.name} ${JSON.stringify(command.input)}\nmodel: ${JSON.stringify(comparable(told))}\nreal:  ${JSON.stringify(comparable(known))}${said(told)}${said(known)}`,
      );
    if ('refused' in known) throw known.refused;
    return known.answer;
  };
  return { ...real, send: send as unknown as Database['send'], compared: () => count };
}

async function settle(db: Database, command: unknown): Promise<Outcome> {
  try {
    const input = structuredCloneOf(command as { input: object });
    return { answer: await db.send(input as never) };
  } catch (error) {
    return { refused: error };
  }
}

/** A command of its own for each database, because clients may change what they are given. */
const structuredCloneOf = (command: { input: object }): object =>
  new (command.constructor as new (input: object) => object)(structuredClone(command.input));

const said = (outcome: Outcome): string => ('refused' in outcome ? `\n${String(outcome.refused)}` : '');

/** What callers may rely on: not messages, not metadata, not the order within a batch. */
function comparable(outcome: Outcome): unknown {
  if ('refused' in outcome) {
    const { name, Item, CancellationReasons } = outcome.refused as Fields;
    const reasons = (CancellationReasons as Fields[] | undefined)?.map(({ Code, Item: item }) => plain({ Code, Item: item }));
    return plain({ name, Item, reasons });
  }
  const { Item, Items, Count, LastEvaluatedKey, Attributes, Responses, UnprocessedItems, UnprocessedKeys } = outcome.answer as Fields;
  const responses = Array.isArray(Responses) ? Responses : Object.values((Responses ?? {}) as object).map(sorted);
  return plain({
    Item,
    Items,
    Count,
    LastEvaluatedKey,
    Attributes,
    responses,
    left: Object.keys({ ...(UnprocessedItems as object), ...(UnprocessedKeys as object) }).length,
  });
}

const sorted = (items: Fields[]): Fields[] =>
  items.toSorted((a, b) => (`${String(a['pk'])}|${String(a['sk'])}` < `${String(b['pk'])}|${String(b['sk'])}` ? -1 : 1));
/** Without what is undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
