import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { replica } from '../kernel/replica.svelte.ts';

/** As many as anybody reads through. */
const MOST = 100;
/** By the rows that were read: a list of others is another list. */
const known = new WeakMap<readonly AnyRecord[], Map<string, readonly string[]>>();

/** Tags that stand in a field of a type's records, the most used first. Reactive. */
export function tagsInUse(type: string, name: string): readonly string[] {
  const { rows } = replica.type(type);
  const read = known.get(rows) ?? new Map<string, readonly string[]>();
  known.set(rows, read);
  const found = read.get(name) ?? mostUsed(rows, name);
  read.set(name, found);
  return found;
}

/** Each tag once, those on most records first. */
export function mostUsed(rows: readonly AnyRecord[], name: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const tag of (row[name] as string[] | undefined) ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST)
    .map(([tag]) => tag);
}
