import { can, SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { invalid, type Issue } from '../../shared/kernel/errors.ts';
import type { RefField } from '../../shared/kernel/fields/ref.ts';
import type { RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { recordKey } from '../table/keys.ts';
import type { Context } from './context.ts';
import { toRecord } from './item.ts';

/** A longer line is a mistake, and would make one write read without end. */
const LONGEST_LINE = 50;

/**
 * No record stands below itself: each tree that a change writes is followed up from where it hangs the record. What was
 * removed is walked through, for it may come back. Two changes at once can still make a loop, so whoever walks a tree
 * bears one. Half a unit for each step, and only where a place in a tree changes.
 * @param changed  what is written of the record; fields alone whose value is another than before
 * @throws AppError input.invalid (400), `ref.loop` with the `path` from the one named to the record itself, ids with spaces
 *   between as far as the writer may read them; `ref.tooDeep`
 */
export async function assertNoLoops(ctx: Context, definition: RecordDefinition, id: string, changed: Values): Promise<void> {
  if (ctx.actor === SYSTEM_ACTOR) return;
  const trees = Object.keys(changed).filter((name) => (definition.fields[name] as Partial<RefField>).tree && changed[name]);
  const issues = await Promise.all(trees.map((field) => faultOf(ctx, definition, id, field, String(changed[field]))));
  const found = issues.flatMap((issue) => issue ?? []);
  if (found.length) throw invalid(found);
}

async function faultOf(ctx: Context, definition: RecordDefinition, id: string, field: string, above: string): Promise<Issue | undefined> {
  const path: string[] = [];
  let next: string | undefined = above;
  for (let steps = 0; next !== undefined; steps++) {
    if (steps >= LONGEST_LINE) return { field, code: 'ref.tooDeep', params: { limit: LONGEST_LINE } };
    if (next === id) return { field, code: 'ref.loop', params: { path: [...path, id].join(' ') } };
    const item = await ctx.table.get(recordKey(definition.name, next), { consistent: true });
    if (!item) return undefined;
    if (can(ctx.actor, 'read', definition, { id: next, ownerId: item['ownerId'] as string | undefined })) path.push(next);
    const up: unknown = toRecord(definition, item)[field];
    next = typeof up === 'string' ? up : undefined;
  }
  return undefined;
}
