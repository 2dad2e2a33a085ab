import { m } from '#messages';
import type { FIGURE_GROUPS } from '../../../shared/insight/digestFigures.ts';
import { BY_WEIGHT, type Figure, type Figures, type Total } from '../../../shared/insight/digestFigures.ts';
import type { Digest } from '../../../shared/insight/digest.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { i18n } from '../kernel/i18n.svelte.ts';

interface FigureWords {
  readonly title: () => string;
  readonly column: () => string;
  readonly counted: (count: number) => string;
}
const words = (title: () => string, column: () => string, counted: (params: { count: number }) => string): FigureWords => ({
  title,
  column,
  counted: (count) => counted({ count }),
});

/** Words of a figure: alone, and with its number in a sentence. The mail says the same. */
export const FIGURE_WORDS: Readonly<Record<Figure, FigureWords>> = {
  newLeads: words(m.digest_figure_new_leads, m.digest_column_new_leads, m.digest_new_leads),
  workingLeads: words(m.digest_figure_working_leads, m.digest_column_working_leads, m.digest_working_leads),
  convertedLeads: words(m.digest_figure_converted_leads, m.digest_column_converted_leads, m.digest_converted_leads),
  newCustomers: words(m.digest_figure_new_customers, m.digest_column_new_customers, m.digest_new_customers),
  newOpportunities: words(m.digest_figure_new_opportunities, m.digest_column_new_opportunities, m.digest_new_opportunities),
  movedOpportunities: words(m.digest_figure_moved_opportunities, m.digest_column_moved_opportunities, m.digest_moved_opportunities),
  wonOpportunities: words(m.digest_figure_won_opportunities, m.digest_column_won_opportunities, m.digest_won_opportunities),
  lostOpportunities: words(m.digest_figure_lost_opportunities, m.digest_column_lost_opportunities, m.digest_lost_opportunities),
  orders: words(m.digest_figure_orders, m.digest_column_orders, m.digest_orders),
  activitiesDone: words(m.digest_figure_activities_done, m.digest_column_activities_done, m.digest_activities_done),
  overdue: words(m.digest_figure_overdue, m.digest_column_overdue, m.digest_overdue),
  risks: words(m.digest_figure_risks, m.digest_column_risks, m.digest_risks),
};

export const GROUP_WORDS: Readonly<Record<keyof typeof FIGURE_GROUPS, () => string>> = {
  leads: m.digest_group_leads,
  opportunities: m.digest_group_opportunities,
  work: m.digest_group_work,
};

/** A number as it is shown: what is overdue may be more than was counted. */
export const shown = (line: Figures & Pick<Total, 'moreOverdue'>, figure: Figure): string =>
  figure === 'overdue' && line.moreOverdue ? m.digest_more_than({ count: line.overdue }) : i18n.formats.number(line[figure]);

/** The figures that say most, as many as there is room for; zeros only where nothing else is left. */
export const topFigures = (total: Figures, most: number): Figure[] =>
  BY_WEIGHT.toSorted((a, b) => Number(total[b] > 0) - Number(total[a] > 0)).slice(0, most);

/** The day a digest tells of, or from which day to which. */
export function daysOf({ from, to, period }: Pick<Digest, 'from' | 'to' | 'period'>): string {
  const { formats } = i18n;
  if (period === 'week') {
    const today = formats.today(clock.now);
    return m.insight_week({ from: formats.dayShort(from, today), to: formats.dayShort(to, today) });
  }
  return from < to ? m.insight_from_to({ from: formats.dayLong(from), to: formats.dayLong(to) }) : formats.dayLong(from);
}

/** The latest first; of a week and its last day, the week. */
export const latestFirst = (digests: readonly Digest[]): Digest[] =>
  digests.toSorted((a, b) => (a.to < b.to ? 1 : a.to > b.to ? -1 : rank(a) - rank(b) || (a.createdAt < b.createdAt ? 1 : -1)));
const rank = ({ period }: Digest): number => (period === 'week' ? 0 : 1);
