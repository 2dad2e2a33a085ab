import { m } from '#messages';
import type { Condition } from '../../../shared/kernel/filter.ts';
import type { Money } from '../../../shared/kernel/types.ts';
import {
  HOME_FIGURES,
  type FigurePeriod,
  type FigureValue,
  type HomeFigureKey,
  type HomeFigures,
} from '../../../shared/insight/figures.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { listAddress } from '../records/listAddress.ts';
import { figureList, type FigureList } from './figureLists.ts';

export interface FigureCard {
  readonly key: HomeFigureKey;
  readonly title: string;
  readonly value: string;
  /** How many, where the value is an amount; further currencies. */
  readonly detail: string;
  readonly empty: boolean;
  readonly trend: 'up' | 'down' | 'same';
  /** `33% more than in the same days of last month (18)` */
  readonly change: string;
  readonly list: FigureList;
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

const inHome = ({ amounts = [] }: FigureValue, home: string): Money => ({
  minor: amounts.find(({ currency }) => currency === home)?.minor ?? 0,
  currency: home,
});

function changeOf(period: FigurePeriod, now: number, before: number, shown: string): Pick<FigureCard, 'trend' | 'change'> {
  const trend = now === before ? 'same' : now > before ? 'up' : 'down';
  const percent = before > 0 ? Math.round((Math.abs(now - before) / before) * 100) : 0;
  const told = before <= 0 ? (trend === 'up' ? 'new' : 'none') : percent ? trend : 'same';
  const change = m.home_figures_change({ period, trend: told, percent: i18n.formats.percent(percent), before: shown });
  return { trend: told === 'same' || told === 'none' ? 'same' : trend, change };
}

/** @param zone  of the workspace's days */
export function cardsOf(
  { from, to, figures }: HomeFigures,
  { period, home, zone, owners }: { period: FigurePeriod; home: string; zone: string; owners: readonly Condition[] },
): FigureCard[] {
  return HOME_FIGURES.flatMap(({ key, money }): FigureCard[] => {
    const figure = figures[key];
    if (!figure) return [];
    const { now, before } = figure;
    const list = figureList(key, { from, to }, zone, owners);
    const common = { key, title: TITLES[key](), list, href: listAddress(list.path, list.conditions), empty: !now.count };
    const { number, moneyCompact } = i18n.formats;
    if (!money) {
      const change = changeOf(period, now.count, before.count, number(before.count));
      return [{ ...common, value: number(now.count), detail: '', ...change }];
    }
    const pieces = key === 'orders' ? m.home_orders_count : m.home_won_count;
    const [sum, sumBefore] = [inHome(now, home), inHome(before, home)];
    const others = (now.amounts ?? []).filter(({ currency }) => currency !== home).map(moneyCompact);
    return [
      {
        ...common,
        value: moneyCompact(sum),
        detail: [pieces({ count: now.count }), ...others].join(' · '),
        ...changeOf(period, sum.minor, sumBefore.minor, moneyCompact(sumBefore)),
      },
    ];
  });
}
