import { m } from '#messages';
import { localInstant } from '../../../shared/kernel/dates.ts';
import type { Condition } from '../../../shared/kernel/filter.ts';
import type { Day, Instant, Money } from '../../../shared/kernel/types.ts';
import { HOME_FIGURES, type FigureValue, type HomeFigureKey, type HomeFigures } from '../../../shared/insight/figures.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { listAddress } from '../records/listAddress.ts';

export interface FigureCard {
  readonly key: HomeFigureKey;
  readonly title: string;
  readonly value: string;
  /** How many, where the value is an amount; further currencies. */
  readonly detail: string;
  readonly empty: boolean;
  readonly trend: 'up' | 'down' | 'same';
  /** `+33%`, `new`, `no change` */
  readonly change: string;
  /** What it was in the same days of the last month. */
  readonly before: string;
  readonly href: string;
}

const TITLES: Readonly<Record<HomeFigureKey, () => string>> = {
  newLeads: m.home_new_leads,
  convertedLeads: m.home_converted_leads,
  newOpportunities: m.home_new_opportunities,
  wonOpportunities: m.home_won,
  orders: m.home_orders,
  activitiesDone: m.home_activities_done,
};

/** The list behind a figure. What it shows is what stands today, so a record that was removed or handed on since is missing there. */
function listOf(key: HomeFigureKey, from: Day, since: Instant, owners: readonly Condition[]): string {
  switch (key) {
    case 'newLeads':
      return listAddress('/leads', [{ field: 'createdAt', op: 'gte', value: since }, ...owners]);
    case 'convertedLeads':
      return listAddress('/leads', [{ field: 'convertedAt', op: 'gte', value: since }, ...owners]);
    case 'newOpportunities':
      return listAddress('/opportunities', [{ field: 'createdAt', op: 'gte', value: since }, ...owners]);
    case 'wonOpportunities':
      return listAddress('/opportunities', [
        { field: 'outcome', op: 'is', value: 'won' },
        { field: 'closedAt', op: 'gte', value: since },
        ...owners,
      ]);
    case 'orders':
      return listAddress('/orders', [
        { field: 'status', op: 'in', value: ['confirmed', 'closed'] },
        { field: 'orderedOn', op: 'gte', value: from },
        ...owners,
      ]);
    case 'activitiesDone':
      return listAddress('/activities', [
        { field: 'status', op: 'is', value: 'done' },
        { field: 'actualEnd', op: 'gte', value: since },
        ...owners,
      ]);
    default:
      return key satisfies never;
  }
}

const inHome = ({ amounts = [] }: FigureValue, home: string): Money => ({
  minor: amounts.find(({ currency }) => currency === home)?.minor ?? 0,
  currency: home,
});

function changeOf(now: number, before: number): Pick<FigureCard, 'trend' | 'change'> {
  if (now === before) return { trend: 'same', change: m.home_figures_same() };
  const trend = now > before ? 'up' : 'down';
  if (before <= 0) return { trend, change: m.home_figures_new() };
  const percent = Math.round((Math.abs(now - before) / before) * 100);
  if (!percent) return { trend: 'same', change: m.home_figures_same() };
  return { trend, change: `${trend === 'up' ? '+' : '−'}${i18n.formats.percent(percent)}` };
}

/** @param zone  of the workspace's days */
export function cardsOf(
  { from, figures }: HomeFigures,
  { home, zone, owners }: { home: string; zone: string; owners: readonly Condition[] },
): FigureCard[] {
  const since = localInstant(from, '00:00', zone);
  return HOME_FIGURES.flatMap(({ key, money }): FigureCard[] => {
    const figure = figures[key];
    if (!figure) return [];
    const { now, before } = figure;
    const common = { key, title: TITLES[key](), href: listOf(key, from, since, owners), empty: !now.count };
    const { number, moneyCompact } = i18n.formats;
    if (!money)
      return [{ ...common, value: number(now.count), detail: '', before: number(before.count), ...changeOf(now.count, before.count) }];
    const pieces = key === 'orders' ? m.home_orders_count : m.home_won_count;
    const [sum, sumBefore] = [inHome(now, home), inHome(before, home)];
    const others = (now.amounts ?? []).filter(({ currency }) => currency !== home).map(moneyCompact);
    return [
      {
        ...common,
        value: moneyCompact(sum),
        detail: [pieces({ count: now.count }), ...others].join(' · '),
        before: moneyCompact(sumBefore),
        ...changeOf(sum.minor, sumBefore.minor),
      },
    ];
  });
}
