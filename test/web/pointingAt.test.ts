import { expect, it } from 'vitest';
import { REGISTRY } from '../../shared/registry.ts';
import { pointingAt } from '../../web/src/records/pointingAt.ts';

it('everything that names a record can be shown beside it: what stands under it first, its own type last', () => {
  const among = REGISTRY.filter(({ name }) => ['customer', 'contact', 'lead', 'opportunity', 'order'].includes(name));
  const at = (name: string) => pointingAt(name, among).map(({ type, by, under }) => `${type.name}.${by}${under ? ' under it' : ''}`);

  expect(at('customer').at(-1)).toBe('customer.parentCustomerId under it');
  expect(at('customer')).toEqual(expect.arrayContaining(['contact.customerId under it', 'order.customerId under it']));
  expect(at('contact')).toEqual(['lead.contactId', 'opportunity.contactIds', 'order.contactId', 'contact.reportsToId']);
  expect(at('opportunity').toSorted()).toEqual(['lead.opportunityId', 'order.opportunityId']);
});

it('a type that names it in several fields is told by them', () => {
  const both = pointingAt('member', REGISTRY).filter(({ several }) => several);

  for (const { type, by } of both) expect(pointingAt('member', [type]).map((each) => each.by)).toContain(by);
  expect(
    pointingAt(
      'contact',
      REGISTRY.filter(({ name }) => name === 'order'),
    ).map(({ several }) => several),
  ).toEqual([false]);
});
