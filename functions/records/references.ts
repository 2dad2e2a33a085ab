import { can, SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { invalid, type Issue } from '../../shared/kernel/errors.ts';
import type { RefField } from '../../shared/kernel/fields/ref.ts';
import type { RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { definitionOf, definitionOfId, findDefinition } from '../../shared/registry.ts';
import type { Item } from '../table/failures.ts';
import { recordKey } from '../table/keys.ts';
import type { Context } from './context.ts';
import { isRemoved, toRecord } from './item.ts';

/** A record that a value names, and where in the value. */
interface Named {
  readonly field: string;
  readonly to: string;
  readonly id: string;
  /** In which field the two name the same record. */
  readonly within?: string | undefined;
  /** It was named before: it may have gone since, but what changes around it must fit it. */
  readonly stood?: boolean;
}

/**
 * Every id named must be a record of its type that the writer may read: else ids would tell what exists; and where the
 * declaration says so, one that belongs with the same record. Only what is written is asked about: what stands and
 * moved away since is nobody's fault, until that with which it belongs is changed here.
 * @param options.before  values that stood there: what lists named already may have gone since
 * @param options.among  ids made by the same plan, which may be named before they are there
 * @throws AppError input.invalid (400), `ref.notFound` or `ref.ofAnother` under the path of each id
 */
export async function assertReferences(
  ctx: Context,
  definition: RecordDefinition,
  values: Values,
  { before = {}, among = new Set() }: { before?: Values | undefined; among?: ReadonlySet<string> | undefined },
): Promise<void> {
  if (ctx.actor === SYSTEM_ACTOR) return;
  const next: Values = { ...before, ...values };
  const named = Object.keys(next)
    .flatMap((field): Named[] => {
      const stood = new Set(namedIn(definition, field, before[field]).map(({ id }) => id));
      return namedIn(definition, field, next[field]).map((one) => ({ ...one, stood: stood.has(one.id) }));
    })
    .filter(({ stood, within }) => !stood || (within !== undefined && Object.hasOwn(values, within)))
    .filter(({ id, to }) => !(among.has(id) && definitionOfId(id)?.name === to));
  if (!named.length) return;
  const keys = new Map(named.map(({ to, id }) => [id, recordKey(to, id)]));
  const found = new Map((await ctx.table.getMany([...keys.values()])).map((item) => [String(item['id']), item]));
  // What the caller made a moment ago may not show yet.
  const missing = [...keys].filter(([id]) => !found.has(id)).map(([, key]) => key);
  if (missing.length) for (const item of await ctx.table.getMany(missing, { consistent: true })) found.set(String(item['id']), item);
  const issues = named.flatMap((one): Issue[] => {
    const item = found.get(one.id);
    if (!one.stood && !isThere(ctx, one, item)) return [{ field: one.field, code: 'ref.notFound' }];
    return isAtHome(one, item, next) ? [] : [{ field: one.field, code: 'ref.ofAnother' }];
  });
  if (issues.length) throw invalid(issues);
}

function isThere(ctx: Context, { to, id }: Named, item: Item | undefined): boolean {
  if (!item || isRemoved(item) || definitionOfId(id)?.name !== to) return false;
  // Colleagues are named to everybody by the session; of other records an id out of reach is an id that is not there.
  return to === 'member' || can(ctx.actor, 'read', definitionOf(to), { id, ownerId: item['ownerId'] as string | undefined });
}

const isAtHome = ({ to, within }: Named, item: Item | undefined, next: Values): boolean =>
  within === undefined || !item || isRemoved(item) || toRecord(definitionOf(to), item)[within] === next[within];

/** Ids of a reference, and those in the parts of a structured value, as its declaration names them (`lines.2.productId`). */
function namedIn({ fields }: RecordDefinition, field: string, value: unknown): Named[] {
  const { to, within, refs } = (fields[field] ?? {}) as Partial<RefField> & { readonly refs?: Readonly<Record<string, string>> };
  if (value === null || value === undefined) return [];
  if (to && findDefinition(to)) return (Array.isArray(value) ? value : [value]).map((id) => ({ field, to, id: String(id), within }));
  if (!refs || !Array.isArray(value)) return [];
  return value.flatMap((part: Values, i) =>
    Object.entries(refs).flatMap(([name, type]) => {
      const id = part[name];
      return typeof id === 'string' ? [{ field: `${field}.${i}.${name}`, to: type, id }] : [];
    }),
  );
}
