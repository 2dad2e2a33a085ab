import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/kernel/errors.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { listBin, restoreRecord } from '../../functions/records/bin.ts';
import { commit } from '../../functions/records/commit.ts';
import type { Context } from '../../functions/records/context.ts';
import { listChanges } from '../../functions/records/feed.ts';
import { listRecords } from '../../functions/records/list.ts';
import { getRecord, removeRecord, updateRecord } from '../../functions/records/operations.ts';
import { listHistory } from '../../functions/records/past.ts';
import { prepareCreate } from '../../functions/records/prepare.ts';
import { search } from '../../functions/records/search.ts';
import { secretOf } from '../../functions/table/entry.ts';
import { idOf, openDesk, sampleValues } from '../support/desk.ts';

type Desk = Awaited<ReturnType<typeof openDesk>>;
let desk: Desk;
let secret: Buffer;
beforeAll(async () => {
  desk = await openDesk();
  secret = await secretOf(desk.db, 'cursor');
});

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  );

/** References the type needs: records of the named types, made first. */
async function withReferences(ctx: Context, definition: RecordDefinition, values: Values, n: number): Promise<Values> {
  const filled = { ...values };
  for (const [name, field] of Object.entries(definition.fields)) {
    const to = (field as { to?: string }).to;
    if (!field.required || !to) continue;
    const target = REGISTRY.find((each) => each.name === to)!;
    filled[name] = (await make(ctx, target, 200 - n)).id;
  }
  return filled;
}

async function make(
  ctx: Context,
  definition: RecordDefinition,
  n: number,
  more: { ownerId?: string; allowDuplicate?: boolean } = {},
): Promise<AnyRecord> {
  const values = await withReferences(ctx, definition, sampleValues(definition, n), n);
  const prepared = await prepareCreate(ctx, definition, { id: idOf(definition.idPrefix, n), values, allowDuplicate: true, ...more });
  const [record] = await commit(ctx, [prepared]);
  await desk.followed(ctx, undefined, await desk.itemOf(ctx, definition.name, record!.id));
  return record!;
}

describe.each(REGISTRY.map((definition) => [definition.name, definition] as const))('%s', (name, definition) => {
  it('reads back what was created', async () => {
    const ctx = desk.as(`read-${name}`, 1);

    const made = await make(ctx, definition, 1);

    expect(await getRecord(ctx, name, made.id)).toEqual(made);
    expect(made).toMatchObject({ version: 1, createdBy: ctx.actor.memberId, createdAt: ctx.now });
  });

  it('is never seen by another workspace', async () => {
    const made = await make(desk.as(`home-${name}`, 1), definition, 2);
    const stranger = desk.as(`away-${name}`, 1);

    expect(await codeOf(getRecord(stranger, name, made.id))).toBe('record.notFound');
    expect(await codeOf(updateRecord(stranger, name, made.id, 1, {}))).toBe('record.notFound');
    expect(await codeOf(removeRecord(stranger, name, made.id, 1))).toBe('record.notFound');
    expect((await listRecords(stranger, secret, name, {})).items).toEqual([]);
    expect((await listChanges(stranger, 0)).items).toEqual([]);
  });

  it('is not seen without the right to read', async () => {
    const made = await make(desk.as(`reach-${name}`, 1), definition, 3);
    const nobody = desk.as(`reach-${name}`, 5, { reach: 'none' });

    expect(await codeOf(getRecord(nobody, name, made.id))).toBe('record.notFound');
    expect(await codeOf(listRecords(nobody, secret, name, {}))).toBe('access.denied');
    expect((await listChanges(nobody, 0)).items).toEqual([]);
  });

  it.runIf(definition.paths.owner)('is listed for its owner and not for a colleague whose reach is his own', async () => {
    const made = await make(desk.as(`own-${name}`, 1), definition, 4, { ownerId: idOf('mem', 1) });
    const owner = desk.as(`own-${name}`, 1, { reach: 'own' });
    const colleague = desk.as(`own-${name}`, 2, { reach: 'own' });
    const manager = desk.as(`own-${name}`, 3, { reach: 'span', span: [1] });

    expect((await listRecords(owner, secret, name, {})).items.map(({ id }) => id)).toContain(made.id);
    expect((await listRecords(manager, secret, name, {})).items.map(({ id }) => id)).toContain(made.id);
    expect((await listRecords(colleague, secret, name, {})).items.map(({ id }) => id)).not.toContain(made.id);
    expect(await codeOf(getRecord(colleague, name, made.id))).toBe('record.notFound');
  });

  it('refuses a change from an old version, and says which stands', async () => {
    const ctx = desk.as(`stale-${name}`, 1);
    const made = await make(ctx, definition, 5);

    const refused = updateRecord(ctx, name, made.id, 7, {});

    await expect(refused).rejects.toMatchObject({ code: 'record.stale', status: 409, params: { version: 1 } });
  });

  it('goes into the bin, out of every list, and tells the feed', async () => {
    const ctx = desk.as(`bin-${name}`, 1);
    const made = await make(ctx, definition, 6);
    const before = await desk.itemOf(ctx, name, made.id);
    const { position } = await listChanges(ctx, 0);

    await removeRecord(desk.as(`bin-${name}`, 1), name, made.id, 1);
    await desk.followed(ctx, before, await desk.itemOf(ctx, name, made.id));

    expect(await codeOf(getRecord(ctx, name, made.id))).toBe('record.notFound');
    expect((await listRecords(ctx, secret, name, {})).items.map(({ id }) => id)).not.toContain(made.id);
    expect((await listChanges(ctx, position)).items).toEqual([{ type: name, id: made.id, version: 2, gone: true }]);
  });

  it.runIf(definition.operations.includes('remove'))(
    'comes back out of the bin as it was, with its past, and tells the feed; asked twice, once',
    async () => {
      const ctx = desk.as(`back-${name}`, 1);
      const made = await make(ctx, definition, 10);
      const before = await desk.itemOf(ctx, name, made.id);
      await removeRecord(desk.as(`back-${name}`, 1), name, made.id, 1);
      const removed = await desk.itemOf(ctx, name, made.id);
      await desk.followed(ctx, before, removed);
      const { position } = await listChanges(ctx, 0);
      const binned = await listBin(desk.as(`back-${name}`, 1), secret, { type: name });

      const back = await restoreRecord(desk.as(`back-${name}`, 1), name, made.id, 2);
      await desk.followed(ctx, removed, await desk.itemOf(ctx, name, made.id));
      const again = await restoreRecord(desk.as(`back-${name}`, 1), name, made.id, 2);

      expect(binned.items).toMatchObject([{ type: name, id: made.id, version: 2, removedBy: ctx.actor.memberId }]);
      expect(back).toEqual({ ...made, version: 3, updatedAt: back.updatedAt, updatedBy: ctx.actor.memberId });
      expect(again).toEqual(back);
      expect(await getRecord(ctx, name, made.id)).toEqual(back);
      expect((await listRecords(ctx, secret, name, {})).items).toContainEqual(back);
      expect((await listChanges(ctx, position)).items).toEqual([{ type: name, id: made.id, version: 3, record: back }]);
      const events = (await listHistory(ctx, secret, name, made.id)).items.map(({ event }) => event);
      expect(events).toEqual(['restored', 'removed', 'created']);
      expect((await listBin(desk.as(`back-${name}`, 1), secret, {})).items).toEqual([]);
    },
  );

  it.runIf(definition.operations.includes('remove'))('comes back for nobody who could not remove it', async () => {
    const made = await make(desk.as(`shut-${name}`, 1), definition, 11);
    await removeRecord(desk.as(`shut-${name}`, 1), name, made.id, 1);
    const nobody = desk.as(`shut-${name}`, 5, { reach: 'none' });

    expect(await codeOf(restoreRecord(nobody, name, made.id, 2))).toBe('record.notFound');
    expect(await codeOf(restoreRecord(desk.as(`other-${name}`, 1), name, made.id, 2))).toBe('record.notFound');
    expect((await listBin(nobody, secret, {})).items).toEqual([]);
  });

  it('keeps its history and its place in the feed once, however often the stream tells of it', async () => {
    const ctx = desk.as(`once-${name}`, 1);
    const made = await make(ctx, definition, 7);
    const item = await desk.itemOf(ctx, name, made.id);
    const { position } = await listChanges(ctx, 0);

    await desk.followed(ctx, undefined, item);
    await desk.followed(ctx, undefined, item);

    expect((await listChanges(ctx, 0)).position).toBe(position);
    const history = (await listHistory(ctx, secret, name, made.id)).items;
    expect(history).toHaveLength(1);
    expect(history[0]).toMatchObject({ version: 1, event: 'created', by: ctx.actor.memberId });
  });

  it('answers a repeated create once', async () => {
    const first = desk.as(`again-${name}`, 1, { writeId: 'one-wish' });
    const made = await make(first, definition, 8);

    const again = await make(desk.as(`again-${name}`, 1, { writeId: 'one-wish' }), definition, 8);

    expect(again).toEqual(made);
  });

  it.runIf(Object.values(definition.fields).some((field) => field.search))('is found by the words of its searched fields', async () => {
    const ctx = desk.as(`find-${name}`, 1);
    const made = await make(ctx, definition, 6);
    const [field] = Object.entries(definition.fields).find(([, each]) => each.search && each.kind === 'text')!;

    const hits = await search(ctx, String(made[field]));

    expect(hits.map(({ id }) => id)).toContain(made.id);
  });

  it.runIf(definition.operations.includes('update'))('refuses unknown fields and those of the system', async () => {
    const ctx = desk.as(`strict-${name}`, 1);
    const made = await make(ctx, definition, 9);

    const refused = updateRecord(ctx, name, made.id, 1, { version: 9, tenant: 'x', nonsense: 1 });

    await expect(refused).rejects.toMatchObject({
      code: 'input.invalid',
      issues: expect.arrayContaining(['version', 'tenant', 'nonsense'].map((field) => ({ field, code: 'field.unknown' }))),
    });
  });
});
