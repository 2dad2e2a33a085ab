import type { AnyRecord, Values } from '../kernel/record.ts';
import type { Opportunity } from './opportunity.ts';

/** What a new deal takes over: with whom, about what and how. How far the old one came, and its end, stay with it. */
const TAKEN = [
  'title',
  'customerId',
  'pipelineId',
  'objectKind',
  'contactIds',
  'amount',
  'description',
  'method',
  'channel',
  'source',
  'lines',
  'people',
  'competitors',
  'workGroup',
  'tags',
] as const;

/** What of a deal its clone is made of: for another customer, the people of this one stay behind. */
export function originalFor(deal: AnyRecord, over: Values): AnyRecord {
  const { contactIds: _contactIds, people: _people, ...rest } = deal;
  return (over['customerId'] ?? deal['customerId']) === deal['customerId'] ? deal : (rest as AnyRecord);
}

/** Fields of a clone: those of the original, own fields included, with the caller's over them; null leaves one out. */
export function cloneValues(original: AnyRecord, over: Values): Values {
  const own = Object.keys(original).filter((name) => name.startsWith('x_'));
  const taken = [...TAKEN, ...own].flatMap((name) => (original[name] === undefined ? [] : [[name, original[name]] as const]));
  return { ...Object.fromEntries(taken), ...over };
}

/**
 * Ids of what a deal names. Some of it may have gone since, or stand out of a copier's reach; what is made of the deal
 * names it all the same.
 */
export function namedBy(deal: AnyRecord): string[] {
  const { customerId, contactIds = [], lines = [], people = [], workGroup = [] } = deal as unknown as Opportunity;
  return [
    ...[customerId, ...contactIds],
    ...lines.flatMap(({ productId }) => productId ?? []),
    ...people.flatMap(({ contactId }) => contactId ?? []),
    ...workGroup.map(({ memberId }) => memberId),
  ];
}
