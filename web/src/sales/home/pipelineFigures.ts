import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import { addDays } from '../../../../shared/kernel/dates.ts';
import type { Day, Money } from '../../../../shared/kernel/types.ts';
import { pipelineOf, stageOf, type Pipeline } from '../../../../shared/sales/pipelines.ts';
import type { Stage } from '../../../../shared/sales/stages.ts';
import { weigh } from '../board/columns.ts';
import { isOpen } from '../stagePath.ts';

/** What some deals are worth: in full, and by the chance of each. One amount per currency, the home one first. */
export interface DealSum {
  readonly count: number;
  readonly amounts: readonly Money[];
  readonly weighted: readonly Money[];
}

const CERTAIN = { outcome: 'won' };

const sumDeals = (pipelines: readonly Pipeline[], deals: readonly AnyRecord[], home: string): DealSum => ({
  count: deals.length,
  // What is certain weighs all it is worth.
  amounts: weigh(
    pipelines,
    deals.map((deal) => ({ ...deal, ...CERTAIN })),
    home,
  ),
  weighted: weigh(pipelines, deals, home),
});

export interface FunnelRow extends DealSum {
  readonly stage: Stage;
}

/** Open deals of a pipeline by their stage, empty stages too. */
export function funnelOf(pipelines: readonly Pipeline[], pipeline: Pipeline, deals: readonly AnyRecord[], home: string): FunnelRow[] {
  const own = deals.filter((deal) => isOpen(deal) && pipelineOf(pipelines, deal).id === pipeline.id);
  const openStages = pipeline.stages.filter(({ means }) => means === 'open');
  return openStages.map((stage) => ({
    stage,
    ...sumDeals(
      pipelines,
      own.filter((deal) => stageOf(pipeline, deal['stage']).key === stage.key),
      home,
    ),
  }));
}

export type ForecastKey = 'overdue' | 'thisMonth' | 'nextMonth' | 'thisQuarter' | 'nextQuarter';
export interface ForecastRow extends DealSum {
  readonly key: ForecastKey;
  /** Absent: any day before `to`. */
  readonly from?: Day;
  /** Its last day. */
  readonly to: Day;
}

const monthStart = (year: number, month: number): Day => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);

/**
 * What open deals are expected to bring, by the day they are expected to end. A period that has begun starts today:
 * deals whose day has passed stand by themselves, since nobody has said yet when they will end.
 * @param yearStart  month in which the fiscal year begins, 1 … 12
 */
export function forecastOf(
  pipelines: readonly Pipeline[],
  deals: readonly AnyRecord[],
  today: Day,
  home: string,
  yearStart: number,
): ForecastRow[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1];
  // Of the books, which may begin in any month.
  const quarter = month - ((month - ((yearStart - 1) % 3) + 3) % 3);
  const until = (months: number): Day => addDays(monthStart(year, months), -1);
  const periods: { key: ForecastKey; from?: Day; to: Day }[] = [
    { key: 'overdue', to: addDays(today, -1) },
    { key: 'thisMonth', from: today, to: until(month + 1) },
    { key: 'nextMonth', from: monthStart(year, month + 1), to: until(month + 2) },
    { key: 'thisQuarter', from: today, to: until(quarter + 3) },
    { key: 'nextQuarter', from: monthStart(year, quarter + 3), to: until(quarter + 6) },
  ];
  const open = deals.filter(isOpen);
  return periods.map((period) => {
    const ends = (deal: AnyRecord): boolean => {
      const day = deal['expectedEndOn'] as Day | undefined;
      return day !== undefined && (period.from === undefined || day >= period.from) && day <= period.to;
    };
    return { ...period, ...sumDeals(pipelines, open.filter(ends), home) };
  });
}

/** Open deals that should have ended, or should within so many days; the earliest first. */
export function closingSoon(deals: readonly AnyRecord[], today: Day, days: number): AnyRecord[] {
  const last = addDays(today, days);
  const dayOf = (deal: AnyRecord): Day => (deal['expectedEndOn'] as Day | undefined) ?? '9999';
  return deals.filter((deal) => isOpen(deal) && dayOf(deal) <= last).sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
}
