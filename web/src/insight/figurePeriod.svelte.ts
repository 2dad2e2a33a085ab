import { m } from '#messages';
import { localDay, toInstant } from '../../../shared/kernel/dates.ts';
import { isOfCalendar } from '../../../shared/kernel/periods.ts';
import { FIGURE_PERIODS, figureDays, type FigurePeriod } from '../../../shared/insight/figures.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { router } from '../kernel/router.svelte.ts';
import { session } from '../kernel/session.svelte.ts';
import type { Option } from '../ui/options.ts';

const WORDS: Readonly<Record<FigurePeriod, () => string>> = {
  thisWeek: m.home_period_week,
  thisMonth: m.home_period_month,
  lastMonth: m.home_period_last_month,
  thisQuarter: () => (isOfCalendar('Quarter', session.yearStart) ? m.home_period_quarter() : m.home_period_fiscal_quarter()),
};
const BEFORE: Readonly<Record<FigurePeriod, () => string>> = {
  thisWeek: m.home_before_week,
  thisMonth: m.home_before_month,
  lastMonth: m.home_before_last_month,
  thisQuarter: () => (isOfCalendar('Quarter', session.yearStart) ? m.home_before_quarter() : m.home_before_fiscal_quarter()),
};

/** What time the figures of home are about. The address keeps it, so that a colleague who is sent it sees the same. */
class PeriodChoice {
  readonly value: FigurePeriod = $derived(FIGURE_PERIODS.find((one) => one === router.query('period')) ?? 'thisMonth');
  readonly options: readonly Option[] = $derived(FIGURE_PERIODS.map((value) => ({ value, label: WORDS[value]() })));
  readonly title: string = $derived(WORDS[this.value]());
  /** Name of the time it is compared with. */
  readonly before: string = $derived(BEFORE[this.value]());
  /** Of the workspace's days, by which everything is counted. */
  readonly zone: string = $derived(session.data?.workspace.zone ?? 'UTC');
  readonly days = $derived(figureDays(this.value, localDay(toInstant(clock.now), this.zone), session.yearStart));

  choose(value: string | undefined): void {
    void router.setQuery({ period: value === 'thisMonth' ? null : (value ?? null) });
  }
}

export const figurePeriod = new PeriodChoice();
