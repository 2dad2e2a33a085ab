import { localDay, toInstant } from '../../../shared/kernel/dates.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import { nextOccurrence, plannedOf } from '../../../shared/activities/recurrence.ts';
import { type Commit, type Facts, type Invariant, recordIn } from './facts.ts';

const valuesOf = ({ item }: Commit): Values => item['data'] as Values;
const of = ({ commits }: Facts, type: string): Commit[] =>
  commits.filter(({ definition, removed }) => definition.name === type && !removed);

/** An order made of a won deal stands in that deal from the same moment, and a deal has no second one while the first goes on. */
export const dealsHaveTheirOrders: Invariant = (facts) => {
  const created = new Map(
    of(facts, 'order')
      .filter(({ version }) => version === 1)
      .map((order) => [order.id, order]),
  );
  const numbers = facts.live.filter(({ definition }) => definition.name === 'order').map((order) => String(valuesOf(order)['number']));
  return [
    ...numbers.filter((number, i) => numbers.indexOf(number) !== i).map((number) => `two orders have the number ${number}`),
    ...of(facts, 'opportunity').flatMap((deal) => {
      const [now, then] = [valuesOf(deal)['orderIds'], (deal.before?.['data'] as Values | undefined)?.['orderIds']] as (
        string[] | undefined
      )[];
      const added = (now ?? []).filter((id) => !then?.includes(id));
      const going = (then ?? []).filter((id) => isGoing(facts, id, deal.atMs));
      return [
        ...added
          .filter((id) => created.get(id)?.atMs !== deal.atMs || valuesOf(created.get(id)!)['opportunityId'] !== deal.id)
          .map((id) => `opportunity ${deal.id} names the order ${id}, which was not made with it`),
        ...(added.length && going.length ? [`opportunity ${deal.id} got a second order beside ${going.join(' ')}`] : []),
      ];
    }),
  ];
};

/** Whether an order stood, and was not cancelled, just before a moment. */
function isGoing({ commits }: Facts, id: string, atMs: number): boolean {
  const last = commits.findLast((commit) => commit.id === id && commit.atMs < atMs);
  return last !== undefined && !last.removed && valuesOf(last)['status'] !== 'cancelled';
}

/** Of a cycle there is the next occurrence as soon as one is closed, and never two. */
export const cyclesGoOn: Invariant = (facts) => {
  const made = Map.groupBy(
    of(facts, 'activity').filter(({ version }) => version === 1),
    ({ item }) => String(item['writeId']),
  );
  const zone = String(valuesOf(facts.live.find(({ definition }) => definition.name === 'workspace')!)['zone']);
  return of(facts, 'activity').flatMap((closed) => {
    const before = closed.before && closed.before['removed'] !== true ? recordIn(closed.before) : undefined;
    const wasOpen = before?.['status'] === 'planned' || before?.['status'] === 'inProgress';
    const isOpen = ['planned', 'inProgress'].includes(String(valuesOf(closed)['status']));
    if (!before || !wasOpen || isOpen || before['cycle'] === undefined) return [];
    // Whoever closes it by a plain change has to take its cycle away himself, and means it.
    if (!facts.ledger.closings.has(String(closed.item['writeId']))) return [];
    const next = nextOccurrence(plannedOf(before), zone, String(closed.item['updatedAt']));
    const follows = (made.get(String(closed.item['writeId'])) ?? []).filter((each) => valuesOf(each)['cycle'] !== undefined);
    if (follows.length > 1) return [`activity ${closed.id} came again ${follows.length} times`];
    return next && !follows.length
      ? [`activity ${closed.id} was closed on ${localDay(toInstant(closed.atMs), zone)}, and does not come again`]
      : [];
  });
};
