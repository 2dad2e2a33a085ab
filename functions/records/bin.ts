import { can, canSeeField, maskRecord } from '../../shared/kernel/access.ts';
import { toInstant, toMs } from '../../shared/kernel/dates.ts';
import { AppError, forbidden, invalid, notFound } from '../../shared/kernel/errors.ts';
import { initialsOf } from '../../shared/kernel/initials.ts';
import { matcher } from '../../shared/kernel/matching.ts';
import { MOST_PER_PAGE, PAGE_SIZE, type Page } from '../../shared/kernel/page.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { foldText } from '../../shared/kernel/text.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { findDefinition } from '../../shared/registry.ts';
import type { Item } from '../table/failures.ts';
import { BIN, idIn, inBinPlace, recordKey } from '../table/keys.ts';
import { commit, stale } from './commit.ts';
import { openCursor, sealCursor } from './cursor.ts';
import { typeOf, type Context } from './context.ts';
import { BIN_DAYS, isRemoved, toRecord } from './item.ts';
import { prepareRestore } from './prepare.ts';

/** A removed record, as the list of them shows it. */
interface Removed {
  readonly type: string;
  readonly id: string;
  /** To be named by whoever brings it back. */
  readonly version: number;
  readonly ownerId?: string;
  readonly summary: Values;
  readonly removedAt: Instant;
  readonly removedBy: string;
  /** From then on it cannot be brought back. */
  readonly until: Instant;
}

interface BinQuery {
  readonly type?: string | undefined;
  /** Words, a piece of a phone number, or first letters of a Chinese title. */
  readonly q?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

const BIN_MS = BIN_DAYS * 86_400_000;
/** Rows read for one page at most; who may bring back little is answered a short page with a cursor. */
const MOST_READ = 1_000;

/**
 * Removed records that the reader could read and could have removed himself, the last removed first. Rows of others are
 * left out before the page is filled. Costs half a unit for a dozen rows; no record is fetched.
 */
export async function listBin(ctx: Context, secret: Buffer, query: BinQuery): Promise<Page<Removed>> {
  const limit = query.limit ?? PAGE_SIZE;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE)
    throw invalid([{ field: 'limit', code: 'page.limit', params: { limit: MOST_PER_PAGE } }]);
  if (query.type !== undefined && !findDefinition(query.type)) throw invalid([{ field: 'type', code: 'type.unknown' }]);
  const scope = JSON.stringify([ctx.table.tenant, ctx.actor.memberId, 'bin', query.type, query.q]);
  let after = query.cursor === undefined ? undefined : openCursor<Values>(secret, scope, query.cursor);
  const since = toInstant(toMs(ctx.now) - BIN_MS);
  const found: Removed[] = [];
  for (let read = 0; read < MOST_READ;) {
    const page = await ctx.table.query({
      index: 'byDue',
      pk: BIN,
      from: since,
      newestFirst: true,
      // What is mostly other people's is read in larger steps.
      limit: read === 0 ? limit : MOST_PER_PAGE,
      ...(after ? { after } : {}),
    });
    read += Math.max(page.items.length, 1);
    after = page.last;
    for (const item of page.items) {
      const row = rowFor(ctx, query, item);
      if (!row) continue;
      found.push(row);
      if (found.length < limit) continue;
      const isLast = item === page.items.at(-1) && !page.last;
      return { items: found, ...(isLast ? {} : { cursor: sealCursor(secret, scope, placeOf(item)) }) };
    }
    if (!after) return { items: found };
  }
  return { items: found, cursor: sealCursor(secret, scope, after) };
}

const placeOf = (item: Item): Values => Object.fromEntries(['pk', 'sk', 'dp', 'due'].map((name) => [name, item[name]]));

/** What a row of the index tells this reader; undefined when it is not for him, or not what he asked for. */
function rowFor(ctx: Context, { type: wanted, q }: BinQuery, item: Item): Removed | undefined {
  const type = String(item['type']);
  if ((wanted !== undefined && type !== wanted) || !findDefinition(type)) return undefined;
  const definition = typeOf(ctx, type);
  const id = idIn(item.pk);
  const ownerId = item['ownerId'] as string | undefined;
  const mayRestore = definition.operations.includes('remove') && can(ctx.actor, 'delete', definition, { id, ownerId });
  if (!mayRestore || !can(ctx.actor, 'read', definition, { id, ownerId })) return undefined;
  const summary = Object.fromEntries(
    Object.entries(item['summary'] as Values).filter(([name]) =>
      canSeeField(ctx.actor, definition, name === 'title' ? definition.title : name),
    ),
  );
  if (q !== undefined && !isFoundBy(definition, summary, q)) return undefined;
  const { at, version, by } = inBinPlace(String(item['due']));
  return {
    ...{ type, id, version, summary, removedAt: at, removedBy: by, until: toInstant(toMs(at) + BIN_MS) },
    ...(ownerId === undefined ? {} : { ownerId }),
  };
}

/** By what a row of the bin tells: its title, and what else of its summary lists are searched by. */
function isFoundBy(definition: RecordDefinition, { title, ...rest }: Values, q: string): boolean {
  const told = { ...rest, [definition.title]: title } as unknown as AnyRecord;
  const letters = foldText(q).replaceAll(' ', '');
  return matcher(definition, q)(told) || (letters !== '' && initialsOf(String(title ?? '')).includes(letters));
}

/**
 * The record that the bin holds under that id, for a look at it before it comes back.
 * @returns undefined for what is not there, out of reach, alive, or past its days
 */
export async function findRemoved(ctx: Context, name: string, id: string): Promise<AnyRecord | undefined> {
  const item = await ctx.table.get(recordKey(name, id), { consistent: true });
  if (!item || !isRemoved(item) || isPast(ctx, item)) return undefined;
  const record = toRecord(typeOf(ctx, name), item);
  return can(ctx.actor, 'read', typeOf(ctx, name), record) ? record : undefined;
}

const isPast = ({ now }: Context, item: Item): boolean => Number(item['expiresAt']) * 1000 <= toMs(now);

/**
 * Brings a removed record back. Where it is back already, whoever did it, nothing is left to do.
 * @param version  of the removed record, as the caller saw it
 * @throws AppError record.notFound (404), access.denied (403), unique.taken (409) when another record has a value by now
 *   that only one may have, record.stale (409) when it was brought back and removed anew since
 */
export async function restoreRecord(ctx: Context, name: string, id: string, version: number): Promise<AnyRecord> {
  const definition = typeOf(ctx, name);
  const read = () => ctx.table.get(recordKey(name, id), { consistent: true });
  const item = await read();
  if (!item || (isRemoved(item) && isPast(ctx, item))) throw notFound();
  const record = toRecord(definition, item);
  if (!can(ctx.actor, 'read', definition, record)) throw notFound();
  if (!can(ctx.actor, 'delete', definition, record)) throw forbidden();
  if (!isRemoved(item)) return maskRecord(ctx.actor, definition, record);
  if (record.version !== version) throw stale(record, maskRecord(ctx.actor, definition, record));
  try {
    const [back] = await commit(ctx, [await prepareRestore(ctx, definition, record)]);
    return maskRecord(ctx.actor, definition, back!);
  } catch (error) {
    // A colleague was quicker by a moment.
    const now = error instanceof AppError && error.code === 'record.stale' ? await read() : undefined;
    if (!now || isRemoved(now)) throw error;
    return maskRecord(ctx.actor, definition, toRecord(definition, now));
  }
}
