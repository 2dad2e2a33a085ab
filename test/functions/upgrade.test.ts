import { beforeAll, expect, it } from 'vitest';
import type { RecordDefinition } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { listChanges } from '../../functions/records/feed.ts';
import { listRecords } from '../../functions/records/list.ts';
import { createRecord, getRecord, updateRecord } from '../../functions/records/operations.ts';
import { idOf, openDesk } from '../support/desk.ts';

const secret = Buffer.alloc(32);
const id = idOf('cus', 1);
let desk: Awaited<ReturnType<typeof openDesk>>;

beforeAll(async () => {
  desk = await openDesk();
});

/** From here on a customer's stored shape is the second one: it knows whether the customer is a person. */
function release(): void {
  // The registry is this file's own: each test file loads its modules anew.
  Object.assign(definitionOf('customer'), {
    schema: 2,
    upgrade: (from, values) => (from < 2 ? { ...values, form: values['form'] ?? 'organisation' } : values),
  } satisfies Partial<RecordDefinition>);
}

it('reads what an older release stored in today’s shape, and stores that with the next change', async () => {
  const ctx = () => desk.as('one', 1);
  const before = await createRecord(ctx(), 'customer', { id, name: '半山书店' });
  await desk.followed(ctx(), undefined, await desk.itemOf(ctx(), 'customer', id));
  release();

  expect(before['form']).toBeUndefined();
  expect(await getRecord(ctx(), 'customer', id)).toEqual({ ...before, form: 'organisation' });
  expect((await listRecords(ctx(), secret, 'customer', {})).items).toEqual([{ ...before, form: 'organisation' }]);
  expect((await listChanges(ctx(), 0)).items[0]).toMatchObject({ record: { form: 'organisation' } });
  expect(await desk.itemOf(ctx(), 'customer', id)).toMatchObject({ schema: 1, version: 1 });

  await updateRecord(ctx(), 'customer', id, 1, { name: '半山书屋' });

  expect(await desk.itemOf(ctx(), 'customer', id)).toMatchObject({
    schema: 2,
    version: 2,
    data: { name: '半山书屋', form: 'organisation' },
  });
});
