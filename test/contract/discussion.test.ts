/** What people may do under a record, for every type that is discussed: a new one is met here without a line of its own. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Values } from '../../shared/kernel/record.ts';
import { segmentOf } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { stubAwsEnvironment } from '../functions/services/awsEnvironment.ts';
import { makeWorld, type World } from '../matrix/world.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../support/desk.ts';
import { everyRoute } from '../support/routes.ts';
import { visitorsOf, type Call } from '../support/visitors.ts';

interface Body {
  readonly id: string;
  readonly items: readonly Values[];
  readonly upload: { readonly url: string };
  readonly issues?: readonly { readonly field: string; readonly code: string }[];
}

const DISCUSSED = REGISTRY.filter(({ discussed }) => discussed).map((definition) => [definition.name, definition] as const);
const FILE = { name: 'Offer.pdf', size: 9, sha256: 'a'.repeat(64) };

let world: World;
let call: Call<Body>;
beforeAll(async () => {
  stubAwsEnvironment({ FILES_BUCKET: 'files' });
  const desk = deskOn(memoryDatabase());
  world = await makeWorld(desk);
  call = visitorsOf<Body>(
    (await everyRoute()).flatMap(({ routes }) => routes),
    desk,
  );
});

let made = 100;
const fresh = (prefix: string): string => idOf(prefix, (made += 1));
const own = (type: string): string =>
  world.seeds.find((seed) => seed.type === type && (!seed.holder || seed.holder === world.memberOf('owner')))!.id;

it('discusses what people work on, and nothing of the workspace itself', () => {
  expect(DISCUSSED.map(([name]) => name).sort()).toEqual(['activity', 'contact', 'customer', 'lead', 'opportunity', 'order', 'product']);
});

describe.each(DISCUSSED)('a %s', (type, definition) => {
  const at = (rest: string, id = own(type)) => `/${segmentOf(definition)}/${id}/${rest}`;
  const ask = (method: string, rest: string, body?: unknown, id?: string) => call(method, at(rest, id), { as: 'owner', body });
  const notes = async () => (await ask('GET', 'timeline')).body.items.filter(({ code }) => code === 'note');

  it('has notes that are written, changed and deleted', async () => {
    const id = fresh('not');
    const mentions = [world.memberOf('administrator')];

    const written = await ask('POST', 'notes', { id, text: 'First', mentions });
    const changed = await ask('PATCH', `notes/${id}`, { text: 'Second', mentions });
    expect([written.status, changed.status]).toEqual([201, 200]);
    expect((await notes()).find((row) => row['id'] === id)).toEqual(changed.body);

    expect((await ask('DELETE', `notes/${id}`)).status).toBe(204);
    expect((await notes()).some((row) => row['id'] === id)).toBe(false);
  });

  it('is followed, and left', async () => {
    const followers = async () => (await ask('GET', 'followers')).body.items;

    expect((await ask('POST', 'follow')).status).toBe(204);
    expect(await followers()).toContainEqual({ id: world.memberOf('owner') });
    expect((await ask('DELETE', 'follow')).status).toBe(204);
    expect(await followers()).not.toContainEqual({ id: world.memberOf('owner') });
  });

  it('may be told of to who may read it, and to nobody else', async () => {
    const readers = (await ask('GET', 'readers')).body.items.map(({ id }) => id);
    const blind = world.memberOf('newsAdministrator');

    expect(readers).toContain(world.memberOf('administrator'));
    if (readers.includes(blind)) return;
    const { status, body } = await ask('POST', 'notes', { id: fresh('not'), text: 'x', mentions: [blind] });
    expect([status, body.issues]).toEqual([400, [{ field: 'mentions.0', code: 'mention.cannotRead' }]]);
  });

  it('takes files by announcement, and shows none that has not come', async () => {
    const id = fresh('fil');
    const before = (await ask('GET', 'files')).body.items;

    const announced = await ask('POST', 'files', { id, ...FILE });

    expect(announced.status).toBe(201);
    expect(new URL(announced.body.upload.url).pathname).toBe(`/files/firm/${type}/${own(type)}/${id}`);
    expect((await ask('GET', 'files')).body.items).toEqual(before);
    expect((await ask('GET', `files/${id}`)).status).toBe(404);
  });

  it.each([
    ['POST notes', { text: 'x' }, 'id field.required'],
    ['POST notes', { id: idOf('fil', 1), text: 'x' }, 'id id.invalid'],
    ['POST notes', { id: idOf('not', 90), text: '\u0000' }, 'text text.characters'],
    ['POST notes', { id: idOf('not', 90), text: 'x', mentions: { $ne: 1 } }, 'mentions list.expected'],
    ['POST notes', [], ' input.object'],
    ['POST files', { id: idOf('fil', 90), ...FILE, name: '../a.pdf' }, 'name file.name.path'],
    ['POST files', { id: idOf('fil', 90), ...FILE, size: 2 ** 31 }, 'size file.tooLarge'],
    ['POST files', { id: idOf('fil', 90), ...FILE, sha256: '__proto__' }, 'sha256 file.hash'],
    ['POST files', null, ' input.object'],
  ])('refuses %s of %j', async (route, body, fault) => {
    const [method = '', rest = ''] = route.split(' ');

    const answer = await ask(method, rest, body);

    expect([answer.status, answer.body.issues?.map(({ field, code }) => `${field} ${code}`)]).toEqual([400, [fault]]);
  });

  it('of another workspace, or of none, is not there', async () => {
    const rival = world.rivals.find((seed) => seed.type === type)!.id;
    const routes = ['GET files', 'GET readers', 'GET followers', 'POST follow', 'DELETE follow', 'POST notes', 'POST files'];

    for (const id of [rival, idOf(definition.idPrefix, 240), 'x', `${own(type)}#A`])
      for (const route of routes) {
        const [method = '', rest = ''] = route.split(' ');
        const body = rest === 'notes' ? { id: fresh('not'), text: 'x' } : rest === 'files' ? { id: fresh('fil'), ...FILE } : undefined;
        expect((await ask(method, rest, body, encodeURIComponent(id))).status, `${route} of ${id}`).toBe(404);
      }
  });
});
