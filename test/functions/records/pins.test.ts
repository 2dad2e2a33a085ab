import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Values } from '../../../shared/kernel/record.ts';
import { idOf } from '../../support/desk.ts';
import { memberOf, openDiscussion, type Person } from './discussionDesk.ts';

type Firm = Awaited<ReturnType<typeof openDiscussion>>;
let firm: Firm;
beforeAll(async () => {
  firm = await openDiscussion();
});
afterAll(() => firm.close());

let count = 0;
interface Timeline {
  readonly items: readonly Values[];
  readonly pinned?: readonly Values[];
}

/** A customer of Sam's with so many notes of Sue's. */
async function talk(length: number) {
  const customer = await firm.make('customer', (count += 1), 'sam', { name: `Tea ${count}` });
  await firm.settle();
  const ids = Array.from({ length }, () => idOf('not', (count += 1)));
  for (const id of ids)
    await firm.call('POST', `/customers/${customer}/notes`, { as: 'sue', body: { id, text: `Note ${id}`, mentions: [] } });
  const to = (method: string, id: string, as: Person = 'sue') => firm.call(method, `/customers/${customer}/notes/${id}/pin`, { as });
  const timeline = async (): Promise<Timeline> =>
    (await firm.call('GET', `/customers/${customer}/timeline`, { as: 'sue' })).body as unknown as Timeline;
  const pinned = async (): Promise<unknown[]> => ((await timeline()).pinned ?? []).map(({ id }) => id);
  return { customer, ids, to, timeline, pinned };
}

it('a note is pinned by its writer, and stands in its place as well', async () => {
  const { ids, to, timeline } = await talk(2);

  expect((await to('POST', ids[0]!)).status).toBe(204);
  expect((await to('POST', ids[0]!)).status).toBe(204);

  const { items, pinned } = await timeline();
  expect(pinned).toMatchObject([{ id: ids[0], code: 'note', pinned: { by: memberOf('sue') } }]);
  expect(items.filter(({ code }) => code === 'note').map(({ id }) => id)).toEqual([ids[1], ids[0]]);
});

it('what was pinned last comes first, and goes with a press or with its note', async () => {
  const { customer, ids, to, pinned } = await talk(3);
  for (const id of ids) await to('POST', id);
  expect(await pinned()).toEqual(ids.toReversed());

  await to('DELETE', ids[1]!);
  await to('DELETE', ids[1]!);
  await firm.call('DELETE', `/customers/${customer}/notes/${ids[2]}`, { as: 'sue' });

  expect(await pinned()).toEqual([ids[0]]);
  expect((await to('POST', ids[2]!)).status).toBe(404);
});

it('is found however much was said since, and told as it was changed', async () => {
  const { customer, ids, to, timeline } = await talk(32);
  await to('POST', ids[0]!);
  await firm.call('PATCH', `/customers/${customer}/notes/${ids[0]}`, { as: 'sue', body: { text: 'Changed', mentions: [] } });

  const { items, pinned } = await timeline();
  expect(items.map(({ id }) => id)).not.toContain(ids[0]);
  expect(pinned).toMatchObject([{ id: ids[0], params: { text: 'Changed' } }]);
});

it('no more than five are pinned, whoever pins at the same moment', async () => {
  const { ids, to, pinned } = await talk(7);

  const answers = await Promise.all(ids.map((id) => to('POST', id)));

  expect(answers.map(({ status }) => status).sort()).toEqual([204, 204, 204, 204, 204, 409, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'note.pins', params: { limit: 5 } });
  expect(await pinned()).toHaveLength(5);
});

it('others may not, but for those who may delete the record', async () => {
  const { ids, to, pinned } = await talk(1);

  expect((await to('POST', ids[0]!, 'vera')).status).toBe(403);
  expect((await to('POST', ids[0]!, 'olga')).status).toBe(204);
  expect((await to('DELETE', ids[0]!, 'vera')).status).toBe(403);
  expect((await to('POST', idOf('not', 9_999))).status).toBe(404);
  expect(await pinned()).toEqual(ids);
});
