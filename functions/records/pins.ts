import { can } from '../../shared/kernel/access.ts';
import { AppError, forbidden, notFound } from '../../shared/kernel/errors.ts';
import { byCode } from '../../shared/kernel/order.ts';
import type { TimelineRow } from '../../shared/kernel/plan.ts';
import { MOST_PINS } from '../../shared/workspace/note.ts';
import { TransactionRefused, type Item } from '../table/failures.ts';
import { isPinKey, noteKey, pinKey, recordKey, timelineKey } from '../table/keys.ts';
import { IF_ABSENT, ifEquals, type TenantTable } from '../table/tenantTable.ts';
import { typeOf, type Context } from './context.ts';
import { getMark } from './notes.ts';
import { loadForChange } from './operations.ts';
import { timelineRow } from './past.ts';
import { standing } from './remarks.ts';

/** Each try that fails has seen another one in a place; after so many as there are places it knows that all are taken. */
const MOST_TRIES = 12;
const UNPINNED = {
  expression: 'attribute_exists(pk) AND attribute_not_exists(#pin) AND attribute_not_exists(#removed)',
  names: { '#pin': 'pin', '#removed': 'removed' },
};

/*
 * What is pinned stands in one of few places at the very end of the timeline, where its first page begins: it is read
 * without a read of its own, and never is there one too many.
 */

/**
 * Pins a note to the top of its record's timeline; one that is pinned stays so.
 * @throws AppError record.notFound (404); access.denied (403) to all but its writer and those who may delete the record;
 *   note.pins (409) where so many are pinned that one must go first
 */
export async function pinNote(ctx: Context, name: string, id: string, noteId: string): Promise<void> {
  const [definition, record, mark] = await loadPinned(ctx, name, id, noteId);
  if (mark.removed) throw notFound();
  if (mark.pin !== undefined) return;
  for (let round = 1; ; round++) {
    const taken = new Set((await pinsOf(ctx.table, name, id)).map(({ sk }) => sk));
    const place = Array.from({ length: MOST_PINS }, (_, n) => n).find((n) => !taken.has(pinKey(name, id, n).sk));
    if (place === undefined) throw new AppError('note.pins', { status: 409, params: { limit: MOST_PINS } });
    const row = { id: `pin.${place}`, code: 'note.pinned', params: { noteId, at: mark.at, since: ctx.now }, by: ctx.actor.memberId };
    try {
      return await ctx.table.transact([
        { put: { ...noteKey(name, id, noteId), ...mark, pin: place }, if: UNPINNED },
        { put: { ...pinKey(name, id, place), at: ctx.now, on: standing(definition, record), row }, if: IF_ABSENT },
      ]);
    } catch (error) {
      if (!(error instanceof TransactionRefused)) throw error;
      if (round >= MOST_TRIES) throw new AppError('table.conflict', { status: 503, cause: error });
      const now = await getMark(ctx, name, id, noteId);
      if (now.removed) throw notFound();
      if (now.pin !== undefined) return;
    }
  }
}

/** Takes a note from the top; it stays where it stands. @throws AppError as for pinning */
export async function unpinNote(ctx: Context, name: string, id: string, noteId: string): Promise<void> {
  const [, , { pin, ...mark }] = await loadPinned(ctx, name, id, noteId);
  if (pin === undefined) return;
  try {
    await ctx.table.transact([
      { put: { ...noteKey(name, id, noteId), ...mark }, if: ifEquals('pin', pin) },
      { delete: pinKey(name, id, pin) },
    ]);
  } catch (error) {
    // Somebody was quicker by a moment.
    if (!(error instanceof TransactionRefused)) throw error;
  }
}

async function loadPinned(ctx: Context, name: string, id: string, noteId: string) {
  const definition = typeOf(ctx, name);
  const record = await loadForChange(ctx, definition, id);
  const mark = await getMark(ctx, name, id, noteId);
  if (mark.by !== ctx.actor.memberId && !can(ctx.actor, 'delete', definition, record)) throw forbidden();
  return [definition, record, mark] as const;
}

async function pinsOf(table: TenantTable, name: string, id: string): Promise<readonly Item[]> {
  const { pk, sk } = pinKey(name, id, 0);
  return (await table.query({ pk, startsWith: sk.slice(0, -1), consistent: true })).items;
}

/** Rows of a timeline apart from what pins some of them to its top. */
export function partPins(items: readonly Item[]): { readonly rows: readonly Item[]; readonly pins: readonly Item[] } {
  return { rows: items.filter(({ sk }) => !isPinKey(sk)), pins: items.filter(({ sk }) => isPinKey(sk)) };
}

/** The notes that are pinned, the last pinned first; those that the page has not got cost half a unit each. */
export async function readPinned(
  table: TenantTable,
  name: string,
  id: string,
  pins: readonly Item[],
  rows: readonly Item[],
): Promise<TimelineRow[]> {
  const wanted = pins.map((pin) => timelineRow(pin)).map(({ params, by }) => ({ ...(params as unknown as PinParams), by: String(by) }));
  const keys = wanted.map(({ at, noteId }) => timelineKey(name, id, at, noteId));
  const here = new Map(rows.map((item) => [item.sk, item]));
  const missing = keys.filter(({ sk }) => !here.has(sk));
  const pk = `T#${table.tenant}#${recordKey(name, id).pk}`;
  for (const item of missing.length ? await table.getMany(missing) : []) if (item.pk === pk) here.set(item.sk, item);
  return wanted
    .toSorted((a, b) => byCode(b.since, a.since))
    .flatMap(({ since, by, noteId, at }) => {
      const item = here.get(timelineKey(name, id, at, noteId).sk);
      return item ? [{ ...timelineRow(item), pinned: { by, at: since } }] : [];
    });
}
interface PinParams {
  readonly noteId: string;
  readonly at: string;
  readonly since: string;
}
