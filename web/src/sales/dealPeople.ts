import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { DEAL_ROLES, type DealColleague, type DealCompetitor, type DealPerson } from '../../../shared/sales/dealPeople.ts';
import type { DealRole } from './salesWords.ts';

export const peopleOf = (deal: AnyRecord): readonly DealPerson[] => (deal['people'] as readonly DealPerson[] | undefined) ?? [];
export const competitorsOf = (deal: AnyRecord): readonly DealCompetitor[] =>
  (deal['competitors'] as readonly DealCompetitor[] | undefined) ?? [];
export const workGroupOf = (deal: AnyRecord): readonly DealColleague[] => (deal['workGroup'] as readonly DealColleague[] | undefined) ?? [];

export const competitorNames = (deal: AnyRecord): string[] => [...new Set(competitorsOf(deal).map(({ name }) => name))];

/** Parts that nobody plays yet, as far as we know. */
export const missingRoles = (people: readonly Pick<DealPerson, 'roles'>[]): DealRole[] =>
  DEAL_ROLES.filter((role) => !people.some(({ roles }) => roles.includes(role)));

/** Who weighs most comes first; who has no weight yet, last. */
export const byInfluence = (people: readonly DealPerson[]): DealPerson[] =>
  people.toSorted((a, b) => (b.influence ?? 0) - (a.influence ?? 0));

/** 100 in whole parts, as even as they come, the first ones larger: 34, 33, 33. */
export const evenShares = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.floor(100 / count) + (i < 100 % count ? 1 : 0));
