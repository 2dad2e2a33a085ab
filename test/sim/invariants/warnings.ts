import { purchaseOf, rhythmOf, type Rhythm } from '../../../shared/insight/churn.ts';
import { isWarning } from '../../../shared/insight/churnHandling.ts';
import { addDays, localDay, localInstant, toInstant } from '../../../shared/kernel/dates.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import { type Commit, differences, type Facts, type Invariant, recordIn } from './facts.ts';

const valuesOf = ({ item }: Commit): Values => item['data'] as Values;
const named = (list: readonly Commit[], type: string): Commit[] => list.filter(({ definition }) => definition.name === type);

/** Nobody is warned of a customer twice at a time, nor of one who has bought since; and warned of he is once his day has come. */
export const warningsAreTrue: Invariant = (facts) => {
  const warnings = named(facts.live, 'churnWarning');
  const open = warnings.filter((each) => isWarning(valuesOf(each)));
  const customers = named(facts.live, 'customer').map(({ id }) => id);
  const twice = [...Map.groupBy(open, (each) => String(valuesOf(each)['customerId']))].filter(([, of]) => of.length > 1);
  return [
    ...twice.map(([id, of]) => `customer ${id} is warned of by ${of.map((each) => each.id).join(' and ')}`),
    ...open.flatMap((each) => {
      const { customerId, lastOrderOn } = valuesOf(each);
      const lastOn = rhythmIn(facts, customerId)?.lastOn;
      return lastOn === lastOrderOn
        ? []
        : [`${each.id} is open since an order of ${String(lastOrderOn)}, but the last one is of ${lastOn}`];
    }),
    ...customers.flatMap((id) => {
      const { lastOn, warnOn } = rhythmIn(facts, id) ?? {};
      const of = named(facts.commits, 'churnWarning').filter((each) => valuesOf(each)['customerId'] === id);
      const isDue = warnOn !== undefined && warnOn <= lastMorning(facts, id);
      return isDue && !of.some((each) => valuesOf(each)['lastOrderOn'] === lastOn)
        ? [`nobody is warned of customer ${id} since ${warnOn}`]
        : [];
    }),
  ];
};

/** What is put off comes back on its day, and the list that reports read has every warning that is not closed. */
export const warningsAreListed: Invariant = (facts) => {
  const open = named(facts.live, 'churnWarning').filter((each) => isWarning(valuesOf(each)));
  const expected = open.map(({ id, item }) => {
    const { ownerId = '-', customerId, name, valueAtRisk: value } = recordIn(item);
    return [`${ownerId}#${id}`, { customerId, name, since: item['createdAt'], ...(value ? { value } : {}) }] as const;
  });
  return [
    ...differences('open warning', new Map(expected), new Map(facts.items('CHURN#open').map(({ sk, of }) => [String(sk), of]))),
    ...open.flatMap(({ id, item }) => {
      const until = (item['data'] as Values)['snoozedUntil'];
      return until !== undefined && String(until) <= lastMorning(facts, id) ? [`${id} was put off to ${String(until)}, and sleeps on`] : [];
    }),
  ];
};

const rhythmIn = ({ live }: Facts, customerId: unknown): Rhythm | undefined =>
  rhythmOf(
    named(live, 'order')
      .filter((order) => valuesOf(order)['customerId'] === customerId)
      .flatMap((order) => purchaseOf(valuesOf(order)) ?? []),
  );

/**
 * The last day on whose morning a warning, or a customer with his orders, stood as it stands now, by the clocks of those
 * who wrote it: what has changed since is looked at on the next one.
 */
function lastMorning({ commits, firm, lastTickMs }: Facts, id: string): string {
  const touched = commits.filter((each) => each.id === id || (each.definition.name === 'order' && namesCustomer(each, id)));
  const since = touched
    .map(({ item }) => String(item['updatedAt']))
    .sort()
    .at(-1)!;
  const today = localDay(toInstant(lastTickMs), firm.zone);
  const day = localInstant(today, '05:00', firm.zone) <= toInstant(lastTickMs) ? today : addDays(today, -1);
  return since < localInstant(day, '05:00', firm.zone) ? day : '';
}

const namesCustomer = ({ item, before }: Commit, id: string): boolean =>
  [item, before].some((image) => (image?.['data'] as Values | undefined)?.['customerId'] === id);
