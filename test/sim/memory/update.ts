/** Update expressions: SET (with sums and `if_not_exists`), REMOVE, ADD of numbers. */
import { type Path, type Placeholders, Reader, valueAt } from './expression.ts';
import { sameStored, type StoredItem, type Value } from './item.ts';
import { refuse } from './refusals.ts';

type Assigned = (item: StoredItem) => Value;
type Step = { readonly path: Path; readonly to: (item: StoredItem) => Value | undefined };

/** What an update makes of an item. Everything on the right side means the item as it stood before. */
export function parseUpdate(text: string, placeholders: Placeholders): (item: StoredItem) => StoredItem {
  const reader = new Reader(text, placeholders);
  const steps: Step[] = [];
  while (!reader.isDone()) steps.push(...clause(reader));
  const paths = steps.map(({ path }) => path);
  if (paths.some((path, i) => paths.some((other, j) => i !== j && startsWith(other, path))))
    throw refuse('Two document paths overlap with each other');
  return (item) => steps.reduce((next, { path, to }) => withValue(next, path, to(item)), item);
}

const startsWith = (path: Path, start: Path): boolean => start.every((name, i) => path[i] === name);

function clause(reader: Reader): Step[] {
  const word = reader.next().toUpperCase();
  const read = { SET: assignment, REMOVE: removal, ADD: addition }[word];
  if (!read) throw new Error(`not an update: ${word}`);
  const steps = [read(reader)];
  while (reader.takes(',')) steps.push(read(reader));
  return steps;
}

function assignment(reader: Reader): Step {
  const path = reader.path();
  reader.expect('=');
  const first = assigned(reader);
  if (reader.takes('+')) return { path, to: sum(first, assigned(reader), 1) };
  if (reader.takes('-')) return { path, to: sum(first, assigned(reader), -1) };
  return { path, to: first };
}

const removal = (reader: Reader): Step => ({ path: reader.path(), to: () => undefined });

function addition(reader: Reader): Step {
  const path = reader.path();
  const amount = reader.value();
  if (typeof amount !== 'number') throw new Error('ADD is modelled for numbers only');
  return {
    path,
    to: (item) => {
      const stood = valueAt(item, path) ?? 0;
      if (typeof stood !== 'number') throw refuse('An operand in the update expression has an incorrect data type');
      return stood + amount;
    },
  };
}

function assigned(reader: Reader): Assigned {
  if (reader.peek()?.startsWith(':')) {
    const value = reader.value();
    return () => value;
  }
  if (reader.takes('if_not_exists')) {
    reader.expect('(');
    const path = reader.path();
    reader.expect(',');
    const otherwise = assigned(reader);
    reader.expect(')');
    return (item) => valueAt(item, path) ?? otherwise(item);
  }
  const path = reader.path();
  return (item) => {
    const value = valueAt(item, path);
    if (value === undefined) throw refuse('The provided expression refers to an attribute that does not exist in the item');
    return value;
  };
}

const sum =
  (a: Assigned, b: Assigned, sign: 1 | -1): Assigned =>
  (item) => {
    const [x, y] = [a(item), b(item)];
    if (typeof x !== 'number' || typeof y !== 'number') throw refuse('An operand in the update expression has an incorrect data type');
    return x + sign * y;
  };

function withValue(item: StoredItem, [name, ...rest]: Path, value: Value | undefined): StoredItem {
  if (rest.length) {
    const inner = item[name!];
    if (inner === undefined || inner === null || typeof inner !== 'object' || Array.isArray(inner))
      throw refuse('The document path provided in the update expression is invalid for update');
    return Object.freeze({ ...item, [name!]: withValue(inner as StoredItem, rest, value) });
  }
  if (value === undefined) return Object.freeze(Object.fromEntries(Object.entries(item).filter(([each]) => each !== name)));
  return sameStored(item[name!], value) ? item : Object.freeze({ ...item, [name!]: value });
}
