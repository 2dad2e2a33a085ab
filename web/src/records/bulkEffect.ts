import { sameValue } from '../../../shared/kernel/diff.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { valueOf } from './fieldOf.ts';

/** What giving one value to many records would do. */
export interface BulkEffect {
  /** Records whose value changes. */
  readonly changing: readonly AnyRecord[];
  /** Values they have now, the commonest first, and of how many. */
  readonly from: readonly { readonly value: unknown; readonly count: number }[];
  /** Records that have that value already. */
  readonly same: number;
  /** Records that the reader may not change. */
  readonly closed: number;
}

/** @param next  the value to come; null clears the field */
export function effectOf(records: readonly AnyRecord[], name: string, next: unknown, mayWrite: (record: AnyRecord) => boolean): BulkEffect {
  const open = records.filter(mayWrite);
  const changing = open.filter((record) => !sameValue(valueOf(record, name) ?? undefined, next ?? undefined));
  const counts = new Map<string, { value: unknown; count: number }>();
  for (const record of changing) {
    const value = valueOf(record, name);
    const key = JSON.stringify(value ?? null);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { value, count: 1 });
  }
  return {
    changing,
    from: [...counts.values()].sort((a, b) => b.count - a.count),
    same: open.length - changing.length,
    closed: records.length - open.length,
  };
}
