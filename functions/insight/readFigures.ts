import { can } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import { forbidden } from '../../shared/kernel/errors.ts';
import type { Values } from '../../shared/kernel/record.ts';
import type { Day } from '../../shared/kernel/types.ts';
import {
  FIGURE_TYPES,
  HOME_FIGURES,
  isCounted,
  monthToDate,
  toFigures,
  type Counters,
  type CountersByType,
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
 * This month so far beside the same days of the last, for the members of a scope; days are those of the workspace.
 *
 * The month so far is one row of each owner and type. The days of the last month do not change any more, so whoever asks
 * first on a day adds them up for everybody, starting from the sums of the day before. With twenty busy people that costs
 * 5 read units by HTTP, 8 for the first of a day (bench: units), whatever there is to count.
 * @throws AppError access.forbidden (403) when the reader's reports do not reach that far, or to nobody of the workspace
 */
export async function readFigures(ctx: Context, { members, workspace }: Directory, scope: string): Promise<HomeFigures> {
  const isKnown = (SCOPES as readonly string[]).includes(scope) || members.has(scope);
  const inScope = isKnown ? scopeTest(ctx.actor, scope) : undefined;
  if (!inScope) throw forbidden();
  const { before, ...period } = monthToDate(countingDay(ctx.now, String(workspace?.['zone'] ?? 'UTC')));
  const [now, then] = await Promise.all([readMonth(ctx.table, period.from.slice(0, 7)), readSums(ctx, before)]);
  const figures = toFigures(now, then, (type) => {
    const definition = definitionOf(type);
    if (!can(ctx.actor, 'read', definition)) return undefined;
    return (owner) => {
      const ownerId = owner === NOBODY ? undefined : owner;
      return inScope(ownerId) && can(ctx.actor, 'read', definition, { ownerId });
    };
  });
  return { ...period, before, figures };
}

/** Counters of a whole month: what was counted by now. */
async function readMonth(table: TenantTable, month: string): Promise<CountersByType> {
  const sums: Mutable = {};
  await Promise.all(
    FIGURE_TYPES.map((type) =>
      eachCounter(table, type, { day: month, startsWith: `${month}#` }, (owner, row) => add(sums, type, owner, row)),
    ),
  );
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
