import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { createRecord, removeRecord, updateRecord } from '../../../functions/records/operations.ts';
import { idOf, openDesk } from '../../support/desk.ts';

/* A tree by references of a type to itself: nobody stands below himself. */

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});

const customer = idOf('cus', 1);
const person = (n: number): string => idOf('con', n);

/** A customer with so many people, each but the first below the one before. */
async function line(tenant: string, length: number): Promise<AnyRecord[]> {
  await createRecord(desk.as(tenant, 1), 'customer', { id: customer, name: 'Tea' });
  const made: AnyRecord[] = [];
  for (let n = 1; n <= length; n++) {
    const above = n > 1 ? { reportsToId: person(n - 1) } : {};
    made.push(await createRecord(desk.as(tenant, 1), 'contact', { id: person(n), name: `P${n}`, customerId: customer, ...above }));
  }
  return made;
}
const below = (tenant: string, n: number, above: number, version = 1) =>
  updateRecord(desk.as(tenant, 1), 'contact', person(n), version, { reportsToId: person(above) });

describe('a line of reports', () => {
  it('is refused where it would come back to itself, with the way it takes', async () => {
    await line('loop', 3);

    await expect(below('loop', 1, 3)).rejects.toMatchObject({
      status: 400,
      issues: [{ field: 'reportsToId', code: 'ref.loop', params: { path: [person(3), person(2), person(1)].join(' ') } }],
    });
    await expect(below('loop', 2, 2)).rejects.toMatchObject({ issues: [{ code: 'ref.loop', params: { path: person(2) } }] });
    await expect(below('loop', 3, 1)).resolves.toMatchObject({ reportsToId: person(1), version: 2 });
  });

  it('is refused through somebody who was removed, for he may come back', async () => {
    await line('gone', 3);
    await removeRecord(desk.as('gone', 1), 'contact', person(2), 1);

    await expect(below('gone', 1, 3)).rejects.toMatchObject({ issues: [{ code: 'ref.loop' }] });
  });

  it('stays within one customer', async () => {
    await line('other', 1);
    const elsewhere = idOf('cus', 2);
    await createRecord(desk.as('other', 1), 'customer', { id: elsewhere, name: 'Bakery' });
    await createRecord(desk.as('other', 1), 'contact', { id: person(9), name: 'Baker', customerId: elsewhere });

    await expect(below('other', 1, 9)).rejects.toMatchObject({ issues: [{ field: 'reportsToId', code: 'ref.ofAnother' }] });
  });

  it('tells nobody of people he may not read', async () => {
    await line('hidden', 1);
    const other = await createRecord(desk.as('hidden', 1), 'contact', {
      id: person(2),
      name: 'P2',
      customerId: customer,
      reportsToId: person(1),
      ownerId: idOf('mem', 2),
    });
    await createRecord(desk.as('hidden', 1), 'contact', { id: person(3), name: 'P3', customerId: customer, reportsToId: other.id });
    const own = desk.as('hidden', 1, { reach: 'own' });

    await expect(updateRecord(own, 'contact', person(1), 1, { reportsToId: person(3) })).rejects.toMatchObject({
      issues: [{ code: 'ref.loop', params: { path: [person(3), person(1)].join(' ') } }],
    });
  });

  it('has an end', async () => {
    await line('long', 51);
    await createRecord(desk.as('long', 1), 'contact', { id: person(60), name: 'Last', customerId: customer });

    await expect(below('long', 60, 51)).rejects.toMatchObject({ issues: [{ code: 'ref.tooDeep', params: { limit: 50 } }] });
  });
});

it('a customer is not below itself either', async () => {
  const [a, b] = [idOf('cus', 1), idOf('cus', 2)];
  await createRecord(desk.as('firms', 1), 'customer', { id: a, name: 'A' });
  await createRecord(desk.as('firms', 1), 'customer', { id: b, name: 'B', parentCustomerId: a });

  const refused = updateRecord(desk.as('firms', 1), 'customer', a, 1, { parentCustomerId: b });

  await expect(refused).rejects.toMatchObject({ issues: [{ field: 'parentCustomerId', code: 'ref.loop' }] });
});
