import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import { byCode } from '../../../../shared/kernel/order.ts';
import type { Day, Money } from '../../../../shared/kernel/types.ts';
import { pipelineOf, stageOf, type Pipeline } from '../../../../shared/sales/pipelines.ts';
import type { Stage } from '../../../../shared/sales/stages.ts';
import { isOpen } from '../stagePath.ts';
import { natalRank, parseRank } from './rank.ts';

export interface BoardColumn {
  readonly stage: Stage;
  /** In the order of their ranks. */
  readonly cards: readonly AnyRecord[];
  /** What the column's deals are worth by their chance, one amount per currency. */
  readonly weighted: readonly Money[];
}

const ranks = new WeakMap<AnyRecord, string>();

/** Where a card stands in its column. */
export function rankOf(record: AnyRecord): string {
  let rank = ranks.get(record);
  if (rank === undefined)
    ranks.set(record, (rank = parseRank(record['rank']) ?? natalRank(record.id, record['expectedEndOn'] as Day | undefined)));
  return rank;
}

/** The deals of a pipeline by their stage, in its order. @param home  currency named first */
export function toColumns(pipeline: Pipeline, records: readonly AnyRecord[], home: string): BoardColumn[] {
  const byStage = new Map<string, AnyRecord[]>(pipeline.stages.map(({ key }) => [key, []]));
  for (const record of records) byStage.get(stageOf(pipeline, record['stage']).key)!.push(record);
  return pipeline.stages.map((stage) => {
    const cards = byStage.get(stage.key)!.sort((a, b) => byCode(rankOf(a), rankOf(b)) || byCode(a.id, b.id));
    return { stage, cards, weighted: weigh([pipeline], cards, home) };
  });
}

/** The chance of a deal, percent: its stage's unless somebody gave a reason for another; what is closed is certain. */
function chanceOf(pipelines: readonly Pipeline[], record: AnyRecord): number {
  if (!isOpen(record)) return record['outcome'] === 'won' ? 100 : 0;
  const { rate } = stageOf(pipelineOf(pipelines, record), record['stage']);
  // Not the rate it has: a card that was just moved has that of its last stage until the server has answered.
  return record['successReason'] === undefined ? rate : ((record['successRate'] as number | undefined) ?? rate);
}

/** Amounts by their chance, added per currency, which have no rate between them: the home currency first, then by code. @param pipelines  those of the records */
export function weigh(pipelines: readonly Pipeline[], records: readonly AnyRecord[], home: string): Money[] {
  const sums = new Map<string, number | bigint>();
  for (const record of records) {
    const amount = record['amount'] as Money | undefined;
    if (!amount) continue;
    // Exact, and rounded once: many small parts of a cent make a cent.
    sums.set(amount.currency, plusShare(sums.get(amount.currency) ?? 0, amount.minor, chanceOf(pipelines, record)));
  }
  const place = (currency: string): string => (currency === home ? '' : currency);
  return [...sums]
    .map(([currency, hundredths]) => ({ currency, minor: Number((BigInt(hundredths) + 50n) / 100n) }))
    .sort((a, b) => byCode(place(a.currency), place(b.currency)));
}

/** A plain number as long as it is exact, which is many times as quick: every card that is put down weighs the whole board. */
function plusShare(sum: number | bigint, minor: number, chance: number): number | bigint {
  const share = minor * chance;
  if (typeof sum === 'number' && Number.isSafeInteger(share) && Number.isSafeInteger(sum + share)) return sum + share;
  return BigInt(sum) + BigInt(minor) * BigInt(chance);
}

export const OUTCOMES = ['open', 'won', 'lost', 'all'] as const;
export type OutcomeShown = (typeof OUTCOMES)[number];

/** Which deals by the day they are expected to end. */
export const ENDS = ['any', 'overdue', 'thisMonth', 'nextMonth', 'later', 'none'] as const;
export type EndShown = (typeof ENDS)[number];

export const isOutcomeShown = (record: AnyRecord, shown: OutcomeShown): boolean =>
  shown === 'all' || (isOpen(record) ? shown === 'open' : record['outcome'] === shown);

/** @param day  expected end */
export function isEndShown(day: Day | undefined, shown: EndShown, today: Day): boolean {
  if (shown === 'any') return true;
  if (day === undefined) return shown === 'none';
  const month = day.slice(0, 7);
  const here = today.slice(0, 7);
  switch (shown) {
    case 'overdue':
      return day < today;
    case 'thisMonth':
      return month === here;
    case 'nextMonth':
      return month === monthAfter(here);
    case 'later':
      return month > monthAfter(here);
    case 'none':
      return false;
    default:
      return shown satisfies never;
  }
}

/** @param month  `YYYY-MM` */
function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
