import { beforeAll, expect, it } from 'vitest';
import { AppError } from '../../../shared/kernel/errors.ts';
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import { findRemoved, listBin, restoreRecord } from '../../../functions/records/bin.ts';
import type { Context } from '../../../functions/records/context.ts';
import { createRecord, removeRecord, updateRecord } from '../../../functions/records/operations.ts';
import { countingDay, counterKey } from '../../../functions/table/keys.ts';
import { search } from '../../../functions/records/search.ts';
import { listTimeline } from '../../../functions/records/past.ts';
import { secretOf } from '../../../functions/table/entry.ts';
import { idOf, openDesk, rightsWith } from '../../support/desk.ts';

type Desk = Awaited<ReturnType<typeof openDesk>>;
let desk: Desk;
let secret: Buffer;
beforeAll(async () => {
  desk = await openDesk();
  secret = await secretOf(desk.db, 'cursor');
});

/** Does something to a record, and what the stream would do after it. */
async function told<T>(ctx: Context, type: string, id: string, work: () => Promise<T>): Promise<T> {
  const before = await desk.itemOf(ctx, type, id);
  const done = await work();
  await desk.followed(ctx, before, await desk.itemOf(ctx, type, id));
  return done;
}

const lead = (n: number, more: Values = {}) => ({ id: idOf('lea', n), name: `Lead ${n}`, company: `Company ${n}`, ...more });
const binned = async (tenant: string, n: number, more: Values = {}, member = 1) => {
  const ctx = desk.as(tenant, member);
  const made = await createRecord(ctx, 'lead', lead(n, more));
  await removeRecord(desk.as(tenant, member), 'lead', made.id, 1);
  return made;
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  );

it('lists what was removed last first, by whom and until when, page by page', async () => {
  for (const n of [1, 2, 3]) await binned('pages', n);

  const first = await listBin(desk.as('pages', 1), secret, { limit: 2 });
  const second = await listBin(desk.as('pages', 1), secret, { limit: 2, cursor: first.cursor });

  expect(first.items.map(({ id }) => id)).toEqual([idOf('lea', 3), idOf('lea', 2)]);
  expect(second.items.map(({ id }) => id)).toEqual([idOf('lea', 1)]);
  expect(second.cursor).toBeUndefined();
  const [{ removedAt, removedBy, until, summary, ownerId, version }] = first.items as [(typeof first.items)[0]];
  expect({ removedBy, ownerId, version, title: summary['title'] }).toEqual({
    ...{ removedBy: idOf('mem', 1), ownerId: idOf('mem', 1), version: 2, title: 'Lead 3' },
  });
  expect(Date.parse(until) - Date.parse(removedAt)).toBe(30 * 86_400_000);
});

it('fills a page with the reader’s own, over as many rows of others as there are', async () => {
  await binned('reach', 1, {}, 2);
  for (const n of [2, 3, 4]) await binned('reach', n, {}, 1);

  const mine = await listBin(desk.as('reach', 2, { reach: 'own' }), secret, { limit: 1 });
  const reader = { ...rightsWith('all'), grants: { leads: { read: 'all' as const, delete: 'own' as const } } };
  const removable = await listBin(desk.as('reach', 2, { rights: reader }), secret, {});

  expect(mine.items.map(({ id }) => id)).toEqual([idOf('lea', 1)]);
  expect(removable.items.map(({ id }) => id)).toEqual([idOf('lea', 1)]);
});

it('finds by type and by what the title holds, and tells no masked title', async () => {
  await binned('find', 1, { name: 'Ångström Kaffee' });
  await binned('find', 2);

  const found = await listBin(desk.as('find', 1), secret, { type: 'lead', q: 'kaffee' });
  const none = await listBin(desk.as('find', 1), secret, { type: 'customer' });
  const masked = desk.as('find', 1, { rights: { ...rightsWith('all'), masks: ['personal'] } });

  expect(found.items.map(({ id }) => id)).toEqual([idOf('lea', 1)]);
  expect(none.items).toEqual([]);
  expect((await listBin(masked, secret, { q: 'kaffee' })).items).toEqual([]);
  expect((await listBin(masked, secret, {})).items.map(({ summary }) => summary['title'])).toEqual([undefined, undefined]);
});

it('finds as lists do: without accents, by what its summary tells, by first letters of Chinese', async () => {
  await binned('words', 1, { name: 'Ångström Kaffee', company: 'Nordic Roast' });
  await binned('words', 2, { name: '杭州云栖' });
  const find = async (q: string) => (await listBin(desk.as('words', 1), secret, { q })).items.map(({ id }) => id);

  expect(await find('angstrom')).toEqual([idOf('lea', 1)]);
  expect(await find('roast kaffee')).toEqual([idOf('lea', 1)]);
  expect(await find('hzyq')).toEqual([idOf('lea', 2)]);
  expect(await find('nobody')).toEqual([]);
  expect(await find(' ')).toHaveLength(2);
});

it.each([
  ['a type that is none', { type: 'nonsense' }, 'type.unknown'],
  ['a page without rows', { limit: 0 }, 'page.limit'],
  ['a cursor of another question', { cursor: 'e30.AAAA' }, 'cursor.invalid'],
])('refuses %s', async (_what, query, code) => {
  const refused = listBin(desk.as('bad', 1), secret, query);

  await expect(refused).rejects.toMatchObject({ status: 400, issues: [{ code }] });
});

it('does not list what the product cleared away by itself', async () => {
  const made = await createRecord(desk.as('system', 1), 'lead', lead(1));
  await removeRecord({ ...desk.as('system', 1), actor: SYSTEM_ACTOR }, 'lead', made.id, 1);

  expect((await listBin(desk.as('system', 1), secret, {})).items).toEqual([]);
});

it('names the field whose only value somebody else has by now, and the record that has it', async () => {
  const key = { code: 'P-1', name: 'Espresso' };
  const first = await createRecord(desk.as('taken', 1), 'product', { id: idOf('prd', 1), ...key });
  await removeRecord(desk.as('taken', 1), 'product', first.id, 1);
  await createRecord(desk.as('taken', 1), 'product', { id: idOf('prd', 2), ...key });

  const refused = restoreRecord(desk.as('taken', 1), 'product', first.id, 2);

  await expect(refused).rejects.toMatchObject({
    ...{ code: 'unique.taken', status: 409, issues: [{ field: 'code', code: 'unique.taken' }] },
    params: { field: 'code', existing: { id: idOf('prd', 2) } },
  });
  expect(await findRemoved(desk.as('taken', 1), 'product', first.id)).toBeDefined();
});

it('comes back beside a possible duplicate, which keeps the marker', async () => {
  const first = await binned('twin', 1, { emails: ['jo@example.test'] });
  await createRecord(desk.as('twin', 1), 'lead', lead(2, { emails: ['jo@example.test'] }));

  const back = await restoreRecord(desk.as('twin', 1), 'lead', first.id, 2);

  expect(back).toMatchObject({ version: 3, emails: ['jo@example.test'] });
  const third = createRecord(desk.as('twin', 1), 'lead', lead(3, { emails: ['jo@example.test'] }));
  await expect(third).rejects.toMatchObject({ params: { existing: { id: idOf('lea', 2) } } });
});

it('comes back under a customer who is gone himself', async () => {
  const customer = await createRecord(desk.as('orphan', 1), 'customer', { id: idOf('cus', 1), name: 'Gone' });
  const contact = await createRecord(desk.as('orphan', 1), 'contact', { id: idOf('con', 1), name: 'Ann', customerId: customer.id });
  await removeRecord(desk.as('orphan', 1), 'contact', contact.id, 1);
  await removeRecord(desk.as('orphan', 1), 'customer', customer.id, 1);

  const back = await restoreRecord(desk.as('orphan', 1), 'contact', contact.id, 2);

  expect(back['customerId']).toBe(customer.id);
});

it('is found by its words again, says so in its timeline, and counts as if it had never been away', async () => {
  const ctx = desk.as('counts', 1);
  const customer = { id: idOf('cus', 1), name: 'Teahouse' };
  await told(ctx, 'customer', customer.id, () => createRecord(ctx, 'customer', customer));
  await told(ctx, 'customer', customer.id, () => removeRecord(desk.as('counts', 1), 'customer', customer.id, 1));
  const away = await search(ctx, 'Teahouse');
  await told(ctx, 'customer', customer.id, () => restoreRecord(desk.as('counts', 1), 'customer', customer.id, 2));

  const counted = await ctx.table.get(counterKey('customer', countingDay(ctx.now, 'Asia/Shanghai'), idOf('mem', 1)), { consistent: true });
  expect(away).toEqual([]);
  expect((await search(ctx, 'Teahouse')).map(({ id }) => id)).toEqual([customer.id]);
  expect(counted).toMatchObject({ created: 1, removed: 0 });
  const timeline = await listTimeline(ctx, secret, 'customer', customer.id);
  expect(timeline.items.map(({ code }) => code)).toEqual(['record.restored', 'record.created']);
});

it('does not come back over a later removal, nor after its thirty days', async () => {
  const made = await binned('late', 1);
  await restoreRecord(desk.as('late', 1), 'lead', made.id, 2);
  await removeRecord(desk.as('late', 1), 'lead', made.id, 3);

  expect(await codeOf(restoreRecord(desk.as('late', 1), 'lead', made.id, 2))).toBe('record.stale');
  const later = { ...desk.as('late', 1), now: '2026-04-02T00:00:00.000Z' };
  expect(await codeOf(restoreRecord(later, 'lead', made.id, 4))).toBe('record.notFound');
  expect((await listBin(later, secret, {})).items).toEqual([]);
});

it('lets a change go on from where it came back', async () => {
  const made = await binned('goon', 1);
  await restoreRecord(desk.as('goon', 1), 'lead', made.id, 2);

  const changed = await updateRecord(desk.as('goon', 1), 'lead', made.id, 3, { company: 'New' });

  expect(changed).toMatchObject({ version: 4, company: 'New' });
});
