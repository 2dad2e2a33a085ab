import { can, canSeeField, maskRecord, ownersIn, reachOf } from '../../shared/kernel/access.ts';
import { forbidden, invalid } from '../../shared/kernel/errors.ts';
import { fieldsIn, forReader, parseFilter, toPredicate } from '../../shared/kernel/filter.ts';
import { MOST_PER_PAGE, PAGE_SIZE, type Page } from '../../shared/kernel/page.ts';
import type { AnyRecord, RecordDefinition } from '../../shared/kernel/record.ts';
import { byOwner, byParent, byType, derivedKey, recordKey } from '../table/keys.ts';
import type { Item } from '../table/failures.ts';
import type { Query } from '../table/tenantTable.ts';
import { openCursor, sealCursor } from './cursor.ts';
import { typeOf, type Context } from './context.ts';
import { isPersonal, isRemoved, toRecord } from './item.ts';

export interface ListQuery {
  readonly limit?: number;
  readonly cursor?: string;
  /** A member whose records are wanted; `me` is the caller. */
  readonly owner?: string;
  /** A record under which they stand. */
  readonly parent?: string;
  readonly filter?: unknown;
}

interface Place {
  /** Which of the lists that are read one after the other. */
  readonly list: number;
  readonly after?: Record<string, unknown>;
}

/** Rows read for one page at most; a filter that finds little answers a short page with a cursor instead of a time-out. */
const MOST_READ = 2_000;

/**
 * One page of a type's records within the reader's reach, oldest first within each list read.
 * Reach decides which lists are read at all, so it always precedes limits and never shows in counts.
 */
export async function listRecords(ctx: Context, secret: Buffer, name: string, query: ListQuery): Promise<Page<AnyRecord>> {
  const definition = typeOf(ctx, name);
  const reach = reachOf(ctx.actor, 'read', definition);
  if (reach === 'none') throw forbidden();
  const limit = query.limit ?? PAGE_SIZE;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE)
    throw invalid([{ field: 'limit', code: 'page.limit', params: { limit: MOST_PER_PAGE } }]);
  const matches = filterOf(ctx, definition, query.filter);
  const lists = listsFor(ctx, definition, query);
  const scope = JSON.stringify([ctx.table.tenant, ctx.actor.memberId, name, query.owner, query.parent, query.filter]);
  const start: Place = query.cursor === undefined ? { list: 0 } : openCursor<Place>(secret, scope, query.cursor);

  const found: AnyRecord[] = [];
  let { list, after } = start;
  for (let read = 0; list < lists.length && found.length < limit && read < MOST_READ;) {
    const source = lists[list]!;
    // A filter may find little: it reads in larger steps, and the cursor then points behind the last row that was used.
    const step = query.filter === undefined ? limit - found.length : MOST_PER_PAGE;
    const page = await ctx.table.query({ ...source, limit: step, ...(after ? { after } : {}) });
    read += Math.max(page.items.length, 1);
    const records = await toRecords(ctx, definition, page.items, source.index === 'byType');
    const wanted = records.filter(({ record }) => can(ctx.actor, 'read', definition, record) && matches(record));
    const taken = wanted.slice(0, limit - found.length);
    found.push(...taken.map(({ record }) => maskRecord(ctx.actor, definition, record)));
    after = taken.length < wanted.length ? startAfter(source, taken.at(-1)!.row) : page.last;
    if (!after) list++;
  }
  return { items: found, ...(list < lists.length ? { cursor: sealCursor(secret, scope, { list, ...(after ? { after } : {}) }) } : {}) };
}

/** Whether a record fits what was asked. @throws AppError input.invalid (400), also where a hidden field is asked about */
export function filterOf(ctx: Context, definition: RecordDefinition, input: unknown): (record: AnyRecord) => boolean {
  if (input === undefined) return () => true;
  const parsed = parseFilter(definition, input);
  if (!parsed.ok) throw invalid(parsed.issues);
  // Asking about a hidden field would tell its value by what comes back.
  const hidden = fieldsIn(parsed.value).filter((field) => !canSeeField(ctx.actor, definition, field));
  if (hidden.length) throw invalid(hidden.map((field) => ({ field: 'filter', code: 'filter.field', params: { field } })));
  const reader = { memberId: ctx.actor.memberId, now: ctx.now, zone: ctx.home.zone, yearStart: ctx.home.yearStart };
  return toPredicate(definition, forReader(definition, parsed.value, reader));
}

function listsFor(ctx: Context, definition: RecordDefinition, { owner, parent }: ListQuery): Query[] {
  if (parent !== undefined) {
    if (!definition.paths.parent) throw invalid([{ field: 'parent', code: 'list.noParent' }]);
    return [{ index: 'byParent', pk: byParent(parent), startsWith: `${definition.idPrefix}_` }];
  }
  const reached = ownersIn(ctx.actor, reachOf(ctx.actor, 'read', definition));
  // What is personal stands in no list of all.
  const mine = reached ?? (isPersonal(definition) ? [...ctx.activeMembers] : undefined);
  if (owner !== undefined) {
    if (!definition.paths.owner) throw invalid([{ field: 'owner', code: 'list.noOwner' }]);
    const id = owner === 'me' ? ctx.actor.memberId : owner;
    return mine && !mine.includes(id) ? [] : [{ index: 'byOwner', pk: byOwner(definition.name, id) }];
  }
  if (!mine || !definition.paths.owner) return [{ index: 'byType', pk: byType(definition.name) }];
  return [...mine].sort().map((id) => ({ index: 'byOwner' as const, pk: byOwner(definition.name, id) }));
}

/** Rows of the small indexes stand for records that are fetched whole; rows of `byType` are whole already. */
async function toRecords(
  ctx: Context,
  definition: RecordDefinition,
  rows: readonly Item[],
  whole: boolean,
): Promise<{ row: Item; record: AnyRecord }[]> {
  const ids = rows.map((row) => String(row['id']));
  const keys = [
    ...(whole ? [] : ids.map((id) => recordKey(definition.name, id))),
    ...(Object.keys(definition.derived).length ? ids.map((id) => derivedKey(definition.name, id)) : []),
  ];
  const fetched = keys.length ? await ctx.table.getMany(keys) : [];
  const at = new Map(fetched.map((item) => [`${item.pk}|${item.sk}`, item]));
  const prefix = `T#${ctx.table.tenant}#${definition.name}#`;
  return ids.flatMap((id, i) => {
    const item = whole ? rows[i] : at.get(`${prefix}${id}|A`);
    return item && !isRemoved(item) ? [{ row: rows[i]!, record: toRecord(definition, item, at.get(`${prefix}${id}|D`)) }] : [];
  });
}

/** The key after which the next page of an index starts, taken from one of its rows. */
function startAfter({ index }: Query, row: Item): Record<string, unknown> {
  const names = ['pk', 'sk', 'id', index === 'byOwner' ? 'op' : index === 'byParent' ? 'pp' : 'tp'];
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}
