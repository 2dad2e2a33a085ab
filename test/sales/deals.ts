import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { opportunityRulesIn } from '../../shared/sales/opportunityRules.ts';
import { pipelinesOf } from '../../shared/sales/pipelines.ts';

/** The pipeline that every workspace has, as it is delivered. */
export const STANDARD = pipelinesOf([])[0]!;
const opportunityRules = opportunityRulesIn([STANDARD]);

export const MONDAY = '2026-03-02T09:00:00.000Z';
export const TUESDAY = '2026-03-03T09:00:00.000Z';

/** A record with these values, as rules see one. */
export const record = (values: Values): AnyRecord => ({
  id: 'opp_1',
  version: 1,
  createdAt: MONDAY,
  createdBy: 'mem_1',
  updatedAt: MONDAY,
  updatedBy: 'mem_1',
  ...values,
});

/** A deal as the rules make one on Monday. */
export const deal = (values: Values = {}): Values =>
  opportunityRules.derive({ title: 'Beans', customerId: 'cus_1', ...values }, undefined, MONDAY);

/** What becomes of a deal when these values are written on Tuesday, null clearing, and what is wrong with that. */
export function changed(before: Values, change: Values): { values: Values; issues: string[] } {
  const given = Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== null));
  const values = opportunityRules.derive(given, before, TUESDAY);
  return { values, issues: opportunityRules.check(values, before).map(({ field, code }) => `${field} ${code}`) };
}

export const issuesOf = (values: Values): string[] =>
  opportunityRules.check(values, undefined).map(({ field, code }) => `${field} ${code}`);
