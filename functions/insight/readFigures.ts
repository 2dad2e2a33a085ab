import { can } from '../../shared/kernel/access.ts';
import { addDays, toMs } from '../../shared/kernel/dates.ts';
import { forbidden } from '../../shared/kernel/errors.ts';
import type { Values } from '../../shared/kernel/record.ts';
import type { Day } from '../../shared/kernel/types.ts';
import {
  FIGURE_TYPES,
  figureDays,
  HOME_FIGURES,
  isCounted,
  toFigures,
  type Counters,
  type CountersByType,
  type FigurePeriod,
  type HomeFigures,
  type Period,
} from '../../shared/insight/figures.ts';
import { SCOPES, scopeTest } from '../../shared/insight/figureScopes.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Context } from '../records/context.ts';
import { readHead } from '../records/feed.ts';
import { NOBODY } from '../records/follow.ts';
import type { Directory } from '../runtime/directory.ts';
import { counterKey, countingDay, sumsKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';

type Mutable = Record<string, Record<string, Record<string, number | bigint>>>;

/** Sums of a release that counted other things are none. */
const COUNTED = HOME_FIGURES.map(({ type, metric }) => `${type}.${metric}`).join();
/** Sums are of use until the month after theirs is over. */
const SUMS_DAYS = 70;

/**
 * A period beside the one before it, for the members of a scope; days are those of the workspace.
 *
 * A whole month, and this one so far, is one row of each owner and type. The first days of an earlier month do not change
 * any more, so whoever asks first on a day adds them up for everybody, starting from the sums of the day before. With
 * twenty busy people this month costs 5 read units by HTTP, 8 for the first of a day, whatever there is to count; a week,
 * which no row adds up, and a quarter of several months cost more (bench: units).
 * @throws AppError access.forbidden (403) when the reader's reports do not reach that far, or to nobody of the workspace
 */
export async function readFigures(
  ctx: Context,
  { members, workspace }: Directory,
  { scope, period }: { scope: string; period: FigurePeriod },
): Promise<HomeFigures> {
  const isKnown = (SCOPES as readonly string[]).includes(scope) || members.has(scope);
  const inScope = isKnown ? scopeTest(ctx.actor, scope) : undefined;
  if (!inScope) throw forbidden();
  const today = countingDay(ctx.now, String(workspace?.['zone'] ?? 'UTC'));
  const { before, ...days } = figureDays(period, today, ctx.home.yearStart);
  const [now, then] = await Promise.all([readPeriod(ctx, days, today), readPeriod(ctx, before, today)]);
  const figures = toFigures(now, then, (type) => {
    const definition = definitionOf(type);
    if (!can(ctx.actor, 'read', definition)) return undefined;
    return (owner) => {
      const ownerId = owner === NOBODY ? undefined : owner;
      return inScope(ownerId) && can(ctx.actor, 'read', definition, { ownerId });
    };
  });
  return { ...days, before, figures };
}

/** Counters of some days, each month of them the way that costs least. */
async function readPeriod(ctx: Context, period: Period, today: Day): Promise<CountersByType> {
  const parts = await Promise.all(
    monthsOf(period).map((part) => {
      const isWhole = part.from.endsWith('-01') && (part.to === today || addDays(part.to, 1).endsWith('-01'));
      if (isWhole) return readMonth(ctx.table, part.from.slice(0, 7));
      return part.from.endsWith('-01') && part.to < today ? readSums(ctx, part) : readDays(ctx.table, part);
    }),
  );
  const sums: Mutable = {};
  for (const part of parts)
    for (const [type, rows] of Object.entries(part)) for (const [owner, row] of Object.entries(rows)) add(sums, type, owner, row);
  return sums;
}

/** The days, month by month. */
function monthsOf({ from, to }: Period): Period[] {
  const months: Period[] = [];
  for (let at = from; at <= to;) {
    const next = addDays(`${at.slice(0, 7)}-28`, 4).slice(0, 7);
    const last = addDays(`${next}-01`, -1);
    months.push({ from: at, to: last < to ? last : to });
    at = `${next}-01`;
  }
  return months;
}

/** Counters of a whole month: what was counted by now. */
const readMonth = (table: TenantTable, month: string): Promise<CountersByType> => readRange(table, { day: month, startsWith: `${month}#` });

/** Counters of a few days of one month. */
const readDays = (table: TenantTable, { from, to }: Period): Promise<CountersByType> => readRange(table, { day: to, from, to: `${to}#~` });

async function readRange(table: TenantTable, range: Range): Promise<CountersByType> {
  const sums: Mutable = {};
  await Promise.all(FIGURE_TYPES.map((type) => eachCounter(table, type, range, (owner, row) => add(sums, type, owner, row))));
  return sums;
}

/** Counters from the first of a month to a day of it, out of the sums to an earlier day and the days after it. */
async function readSums(ctx: Context, { from, to }: Period): Promise<CountersByType> {
  const { pk } = sumsKey(to);
  // Asked before the counters: whoever mends these meanwhile makes the sums those of an older state.
  const { recounts } = await readHead(ctx.table);
  const { items } = await ctx.table.query({ pk, to, newestFirst: true, limit: 1 });
  const known = items.find((item) => item['counted'] === COUNTED && item['recounts'] === recounts);
  if (known?.sk === to) return known['sums'] as CountersByType;
  const sums = structuredClone((known?.['sums'] ?? {}) as Mutable);
  const after = known ? `${known.sk}#~` : from;
  await Promise.all(
    FIGURE_TYPES.map((type) =>
      eachCounter(ctx.table, type, { day: to, from: after, to: `${to}#~` }, (owner, row) => add(sums, type, owner, row)),
    ),
  );
  const expiresAt = Math.floor(toMs(ctx.now) / 1000) + SUMS_DAYS * 86_400;
  await ctx.table.put({ ...sumsKey(to), sums, counted: COUNTED, recounts, expiresAt });
  return sums;
}

type Range = { readonly day: Day } & ({ readonly startsWith: string } | { readonly from: string; readonly to: string });

async function eachCounter(
  table: TenantTable,
  type: string,
  { day, ...range }: Range,
  use: (owner: string, row: Counters) => void,
): Promise<void> {
  const { pk } = counterKey(type, day, '');
  let after: Values | undefined;
  do {
    const page = await table.query({ pk, ...range, ...(after ? { after } : {}) });
    for (const { pk: _pk, sk, ...row } of page.items) use(sk.slice(sk.indexOf('#') + 1), row as Counters);
    after = page.last;
  } while (after);
}

/** Only what the figures ask for: the row that is kept for the day stays small. */
function add(sums: Mutable, type: string, owner: string, row: Counters): void {
  for (const [metric, amount] of Object.entries(row)) {
    if (!isCounted(type, metric)) continue;
    const ofOwner = ((sums[type] ??= {})[owner] ??= {});
    ofOwner[metric] = plus(ofOwner[metric] ?? 0, amount);
  }
}

/** Exact, whatever the numbers are. */
function plus(a: number | bigint, b: number | bigint): number | bigint {
  const sum = BigInt(a) + BigInt(b);
  return sum >= Number.MIN_SAFE_INTEGER && sum <= Number.MAX_SAFE_INTEGER ? Number(sum) : sum;
}
