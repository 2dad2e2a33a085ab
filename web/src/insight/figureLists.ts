import { addDays, localInstant } from '../../../shared/kernel/dates.ts';
import type { Condition } from '../../../shared/kernel/filter.ts';
import type { HomeFigureKey, Period } from '../../../shared/insight/figures.ts';

/** The list behind a figure: what it shows is what stands today, so a record that was removed or handed on since is missing there. */
export interface FigureList {
  readonly path: string;
  readonly type: string;
  /** When a record came to count: a day or an instant. */
  readonly at: string;
  readonly conditions: readonly Condition[];
}

const LISTS: Readonly<Record<HomeFigureKey, Omit<FigureList, 'conditions'> & { state?: Condition }>> = {
  newLeads: { path: '/leads', type: 'lead', at: 'createdAt' },
  convertedLeads: { path: '/leads', type: 'lead', at: 'convertedAt' },
  newOpportunities: { path: '/opportunities', type: 'opportunity', at: 'createdAt' },
  wonOpportunities: {
    ...{ path: '/opportunities', type: 'opportunity', at: 'closedAt' },
    state: { field: 'outcome', op: 'is', value: 'won' },
  },
  orders: {
    ...{ path: '/orders', type: 'order', at: 'orderedOn' },
    state: { field: 'status', op: 'in', value: ['confirmed', 'closed'] },
  },
  activitiesDone: {
    ...{ path: '/activities', type: 'activity', at: 'actualEnd' },
    state: { field: 'status', op: 'is', value: 'done' },
  },
};

/**
 * Records that a figure counts in some days.
 * @param days  both counted, of the workspace
 * @param zone  of the workspace
 * @param owners  conditions of whose they are
 */
export function figureList(key: HomeFigureKey, { from, to }: Period, zone: string, owners: readonly Condition[]): FigureList {
  const { state, ...list } = LISTS[key];
  const isDay = list.at === 'orderedOn';
  const begins = isDay ? from : localInstant(from, '00:00', zone);
  const ends = isDay ? addDays(to, 1) : localInstant(addDays(to, 1), '00:00', zone);
  return {
    ...list,
    conditions: [
      ...(state ? [state] : []),
      { field: list.at, op: 'gte', value: begins },
      { field: list.at, op: 'lt', value: ends },
      ...owners,
    ],
  };
}
