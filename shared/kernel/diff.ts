import type { Values } from './record.ts';

/** What one version changed: per field the value before and after; absent means there was none. */
export type Diff = Readonly<Record<string, { readonly from?: unknown; readonly to?: unknown }>>;

export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a).filter(([, value]) => value !== undefined);
  const right = Object.entries(b).filter(([, value]) => value !== undefined);
  return left.length === right.length && left.every(([key, value]) => Object.hasOwn(b, key) && sameValue(value, (b as Values)[key]));
}

export function diff(before: Values, after: Values): Diff {
  const changes: Record<string, { from?: unknown; to?: unknown }> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [from, to] = [before[name], after[name]];
    if (!sameValue(from, to)) changes[name] = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }
  return changes;
}

/** Values with a change applied: null clears. */
export function applyChange(values: Values, change: Values): Values {
  const next = { ...values };
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined) delete next[name];
    else next[name] = value;
  }
  return next;
}
