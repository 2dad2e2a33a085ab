import type { Values } from './record.ts';

/** What one version changed: per field the value before and after; absent means there was none. */
export type Diff = Readonly<Record<string, { readonly from?: unknown; readonly to?: unknown }>>;

export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true; // JSON knows neither NaN nor −0
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a).filter(([, value]) => value !== undefined);
  const right = Object.entries(b).filter(([, value]) => value !== undefined);
  return left.length === right.length && left.every(([key, value]) => Object.hasOwn(b, key) && sameValue(value, (b as Values)[key]));
}

const own = (values: Values, name: string): unknown => (Object.hasOwn(values, name) ? values[name] : undefined);

/** What changed from one set of values to another; empty when nothing did. */
export function diff(before: Values, after: Values): Diff {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  // By own names and from entries, as below: reading or writing a plain `__proto__` would touch the prototype.
  const changes = names.map((name) => [name, own(before, name), own(after, name)] as const).filter(([, from, to]) => !sameValue(from, to));
  return Object.fromEntries(
    changes.map(([name, from, to]) => [name, { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }]),
  );
}

/** Values with a change applied: null clears. */
export const applyChange = (values: Values, change: Values): Values =>
  Object.fromEntries(
    Object.entries({ ...values, ...change }).filter(
      ([name, value]) => !Object.hasOwn(change, name) || (value !== null && value !== undefined),
    ),
  );
