import { expect, it } from 'vitest';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import { pointingAt } from '../../web/src/records/pointingAt.ts';

it('everything that names a record can be shown beside it: what stands under it first, its own type last', () => {
  const among = REGISTRY.filter(({ name }) => ['customer', 'contact', 'lead', 'opportunity', 'order'].includes(name));
  const at = (name: string) =>
    pointingAt(definitionOf(name), among).map(({ type, by, under }) => `${type.name}.${by}${under ? ' under it' : ''}`);

  expect(at('customer').at(-1)).toBe('customer.parentCustomerId under it');
  expect(at('customer')).toEqual(expect.arrayContaining(['contact.customerId under it', 'order.customerId under it']));
  expect(at('contact')).toEqual(['lead.contactId', 'opportunity.contactIds', 'order.contactId', 'contact.reportsToId']);
  // An opportunity's own fields name its leads and its orders, and an order's its opportunity.
  expect(at('opportunity')).toEqual([]);
  expect(at('order')).toEqual([]);
});

it('a type that names it in several fields is told by them', () => {
  const both = pointingAt(definitionOf('member'), REGISTRY).filter(({ several }) => several);

  for (const { type, by } of both) expect(pointingAt(definitionOf('member'), [type]).map((each) => each.by)).toContain(by);
  expect(
    pointingAt(
      definitionOf('contact'),
      REGISTRY.filter(({ name }) => name === 'order'),
    ).map(({ several }) => several),
  ).toEqual([false]);
});
