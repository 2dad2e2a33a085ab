import { can, SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { invalid, type Issue } from '../../shared/kernel/errors.ts';
import type { RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { definitionOf, definitionOfId, findDefinition } from '../../shared/registry.ts';
import { recordKey } from '../table/keys.ts';
import type { Context } from './context.ts';
import { isRemoved } from './item.ts';

/** A record that a value names, and where in the value. */
interface Named {
  readonly field: string;
  readonly to: string;
  readonly id: string;
}

/**
 * Every id named must be a record of its type that the writer may read: else ids would tell what exists.
 * @param options.before  values that stood there: what lists named already may have gone since
 * @param options.among  ids made by the same plan, which may be named before they are there
 * @throws AppError input.invalid (400), `ref.notFound` under the path of each id
 */
export async function assertReferences(
  ctx: Context,
  definition: RecordDefinition,
  values: Values,
  { before = {}, among = new Set() }: { before?: Values | undefined; among?: ReadonlySet<string> | undefined },
): Promise<void> {
  if (ctx.actor === SYSTEM_ACTOR) return;
  const named = Object.entries(values)
    .flatMap(([field, value]) => {
      const stood = new Set(namedIn(definition, field, before[field]).map(({ id }) => id));
      return namedIn(definition, field, value).filter(({ id }) => !stood.has(id));
    })
    .filter(({ id, to }) => !(among.has(id) && definitionOfId(id)?.name === to));
  if (!named.length) return;
  const keys = new Map(named.map(({ to, id }) => [id, recordKey(to, id)]));
  const found = new Map((await ctx.table.getMany([...keys.values()])).map((item) => [String(item['id']), item]));
  // What the caller made a moment ago may not show yet.
  const missing = [...keys].filter(([id]) => !found.has(id)).map(([, key]) => key);
  if (missing.length) for (const item of await ctx.table.getMany(missing, { consistent: true })) found.set(String(item['id']), item);
  const issues = named.flatMap(({ field, to, id }): Issue[] => {
    const item = found.get(id);
    // Colleagues are named to everybody by the session; of other records an id out of reach is an id that is not there.
    const isSeen =
      to === 'member' || (item && can(ctx.actor, 'read', definitionOf(to), { id, ownerId: item['ownerId'] as string | undefined }));
    const ok = item && !isRemoved(item) && definitionOfId(id)?.name === to && isSeen;
    return ok ? [] : [{ field, code: 'ref.notFound' }];
  });
  if (issues.length) throw invalid(issues);
}

/** Ids of a reference, and those in the parts of a structured value, as its declaration names them (`lines.2.productId`). */
function namedIn({ fields }: RecordDefinition, field: string, value: unknown): Named[] {
  const { kind, to, refs } = (fields[field] ?? {}) as { kind?: string; to?: string; refs?: Readonly<Record<string, string>> };
  if (value === null || value === undefined) return [];
  if ((kind === 'ref' || kind === 'refs') && to && findDefinition(to))
    return (Array.isArray(value) ? value : [value]).map((id) => ({ field, to, id: String(id) }));
  if (!refs || !Array.isArray(value)) return [];
  return value.flatMap((part: Values, i) =>
    Object.entries(refs).flatMap(([name, type]) => {
      const id = part[name];
      return typeof id === 'string' ? [{ field: `${field}.${i}.${name}`, to: type, id }] : [];
    }),
  );
}
