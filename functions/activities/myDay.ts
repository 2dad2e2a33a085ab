import { SOMEDAY } from '../../shared/activities/activityRules.ts';
import { canSeeField, inReach, reachOf } from '../../shared/kernel/access.ts';
import { dayBounds, localDay, toInstant, toMs } from '../../shared/kernel/dates.ts';
import { notFound } from '../../shared/kernel/errors.ts';
import type { Values } from '../../shared/kernel/record.ts';
import type { Day, Instant } from '../../shared/kernel/types.ts';
import { typeOf, type Context } from '../records/context.ts';
import { byDue, idIn } from '../table/keys.ts';
import type { Item } from '../table/failures.ts';
import type { Query } from '../table/tenantTable.ts';

/** What an activity's row in the list of open work tells. */
export interface DayItem extends Values {
  readonly id: string;
  readonly subject: string;
  /** Absent where it has no time. */
  readonly dueAt?: Instant;
}
interface Part {
  readonly items: readonly DayItem[];
  /** There are more, which the list of activities shows. */
  readonly more: boolean;
}
export interface MyDay {
  readonly ownerId: string;
  readonly day: Day;
  readonly zone: string;
  /** Due before that day, the latest first. */
  readonly overdue: Part;
  /** Due on that day, in the order of their times. */
  readonly today: Part;
  /** Without a time. */
  readonly someday: Part;
}

/** Together they stay within three read units, whatever a person has before him, where rows have 450 bytes or less. */
const MOST = { overdue: 15, today: 20, someday: 8 } as const;

/**
 * What a person has to do on a day, read from the list of his open work: the same three small reads in a workspace of
 * any size.
 * @param ownerId  the caller, or somebody whose activities he reads
 * @param day      of the owner's calendar; his today unless said otherwise
 * @throws AppError record.notFound (404) for a person out of reach
 */
export async function readMyDay(ctx: Context, { ownerId, day, zone }: { ownerId: string; day?: Day; zone: string }): Promise<MyDay> {
  if (!inReach(ctx.actor, reachOf(ctx.actor, 'read', typeOf(ctx, 'activity')), ownerId)) throw notFound();
  const of = day ?? localDay(ctx.now, zone);
  const { from, to } = dayBounds(of, zone);
  const before = (moment: Instant): Instant => toInstant(toMs(moment) - 1);
  const [overdue, today, someday] = await Promise.all([
    part(ctx, ownerId, { to: before(from), newestFirst: true }, MOST.overdue),
    part(ctx, ownerId, { from, to: before(to) }, MOST.today),
    part(ctx, ownerId, { from: SOMEDAY }, MOST.someday),
  ]);
  return { ownerId, day: of, zone, overdue, today, someday };
}

async function part(ctx: Context, ownerId: string, bounds: Pick<Query, 'from' | 'to' | 'newestFirst'>, limit: number): Promise<Part> {
  const { items } = await ctx.table.query({ index: 'byDue', pk: byDue('activity', ownerId), ...bounds, limit: limit + 1 });
  return { items: items.slice(0, limit).map((row) => toDayItem(ctx, row)), more: items.length > limit };
}

function toDayItem(ctx: Context, { pk, due, summary }: Item): DayItem {
  const definition = typeOf(ctx, 'activity');
  const { title, ...told } = summary as Values;
  const seen = Object.entries(told).filter(([name]) => canSeeField(ctx.actor, definition, name));
  const subject = canSeeField(ctx.actor, definition, definition.title) ? String(title) : '';
  return { id: idIn(pk), subject, ...Object.fromEntries(seen), ...(due === SOMEDAY ? {} : { dueAt: String(due) }) };
}
