import { beforeAll, describe, expect, it } from 'vitest';
import { routes as customerRoutes } from '../../functions/customers/routes.ts';
import { routes as workspaceRoutes } from '../../functions/workspace/routes.ts';
import { idOf, openDesk } from '../support/desk.ts';
import { employ } from '../support/staff.ts';
import { NOW, visitorsOf, type Call } from '../support/visitors.ts';

/** What the tests read of an answer's body. */
interface Answered {
  id: string;
  version: number;
  items: { id: string }[];
  cursor: string;
}

const TENANT = 'firm';
let call: Call<Answered>;

beforeAll(async () => {
  const desk = await openDesk();
  await employ(desk, TENANT, [
    { name: 'olga', role: 'owner' },
    { name: 'sam', role: 'sales' },
    { name: 'sue', role: 'sales' },
    { name: 'dan', role: 'sales', more: { status: 'disabled' } },
    { name: 'eva', role: 'sales', more: { sessionsFrom: new Date(NOW).toISOString() } },
  ]);
  call = visitorsOf([...customerRoutes, ...workspaceRoutes], desk);
});

describe('the door', () => {
  it('answers health to anybody', async () => {
    expect(await call('GET', '/health')).toMatchObject({ status: 200, body: { ok: true } });
  });

  it.each([
    ['nobody', undefined, 401, 'auth.token'],
    ['a person of no workspace', 'stranger', 403, 'access.workspace'],
    ['a disabled member', 'dan', 403, 'access.disabled'],
    ['a token from before sessions were ended', 'eva', 401, 'auth.token'],
  ])('is closed to %s', async (_who, as, status, code) => {
    expect(await call('GET', '/customers', { ...(as ? { as } : {}) })).toMatchObject({ status, body: { status, code } });
  });

  it('refuses a workspace that the person does not belong to', async () => {
    expect(await call('GET', '/customers', { as: 'olga', headers: { 'x-workspace': 'other' } })).toMatchObject({
      status: 403,
      body: { code: 'access.workspace' },
    });
  });

  it('tells an unknown path from an unknown method', async () => {
    expect(await call('GET', '/nothing', { as: 'olga' })).toMatchObject({ status: 404, body: { code: 'route.notFound' } });
    expect(await call('DELETE', '/customers', { as: 'olga' })).toMatchObject({
      status: 405,
      body: { params: { methods: ['GET', 'POST'] } },
    });
  });

  it.each([
    ['no JSON', '{"name":', 400, 'body.json'],
    ['a list', '[]', 400, 'input.invalid'],
    ['nesting without end', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`, 400, 'body.tooDeep'],
    ['more than a megabyte', JSON.stringify({ name: 'x'.repeat(1_000_001) }), 413, 'body.tooLarge'],
    ['a key of the prototype', '{"name":"A","__proto__":{"ownerId":"x"}}', 400, 'input.invalid'],
  ])('refuses a body with %s', async (_what, raw, status, code) => {
    expect(await call('POST', '/customers', { as: 'olga', raw })).toMatchObject({ status, body: { code } });
  });
});

describe('customers over HTTP', () => {
  it('are created, changed under their version, and removed', async () => {
    const made = await call('POST', '/customers', { as: 'sam', body: { name: '杭州云栖', emails: ['Info@YunQi.test'] } });
    expect(made).toMatchObject({
      status: 201,
      body: { name: '杭州云栖', emails: ['info@yunqi.test'], version: 1, ownerId: idOf('mem', 2) },
    });
    const path = `/customers/${made.body.id}`;

    expect(await call('PATCH', path, { as: 'sam', body: { size: 'small' } })).toMatchObject({
      status: 428,
      body: { code: 'version.missing' },
    });
    expect(await call('PATCH', path, { as: 'sam', body: { size: 'small' }, headers: { 'if-match': '1' } })).toMatchObject({
      status: 200,
      body: { size: 'small', version: 2 },
    });
    expect(await call('PATCH', path, { as: 'sam', body: { size: 'large' }, headers: { 'if-match': '1' } })).toMatchObject({
      status: 409,
      body: { code: 'record.stale', params: { version: 2, fields: ['size'], record: { size: 'small' } } },
    });
    expect(await call('DELETE', path, { as: 'olga', headers: { 'if-match': '2' } })).toMatchObject({ status: 204 });
    expect(await call('GET', path, { as: 'olga' })).toMatchObject({ status: 404, body: { code: 'record.notFound' } });
  });

  it('warn of a possible duplicate once, without showing a colleague’s record', async () => {
    await call('POST', '/customers', { as: 'sam', body: { name: 'First', phones: ['+86 139 0000 1111'] } });

    const again = { name: 'Second', phones: ['13900001111'] };
    const refused = await call('POST', '/customers', { as: 'sue', body: again });
    expect(refused).toMatchObject({ status: 409, body: { code: 'duplicate.possible', params: { field: 'phones' } } });
    expect(JSON.stringify(refused.body)).not.toContain('First');
    expect(await call('POST', '/customers?allowDuplicate=true', { as: 'sue', body: again })).toMatchObject({ status: 201 });
  });

  it('stay out of a colleague’s sight', async () => {
    const { body } = await call('POST', '/customers', { as: 'sam', body: { name: 'Mine alone' } });

    expect(await call('GET', `/customers/${body.id}`, { as: 'sue' })).toMatchObject({ status: 404 });
    const list = await call('GET', '/customers', { as: 'sue' });
    expect(list.body.items.map(({ id }: { id: string }) => id)).not.toContain(body.id);
  });

  it('page through a signed cursor that nobody else can use', async () => {
    for (const name of ['A', 'B', 'C']) await call('POST', '/customers', { as: 'olga', body: { name: `Page ${name}` } });

    const first = await call('GET', '/customers?limit=2', { as: 'olga' });
    expect(first.body.items).toHaveLength(2);
    const second = await call('GET', `/customers?limit=2&cursor=${encodeURIComponent(first.body.cursor)}`, { as: 'olga' });
    expect(second.status).toBe(200);
    const ids = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(await call('GET', `/customers?limit=2&cursor=${encodeURIComponent(first.body.cursor)}`, { as: 'sam' })).toMatchObject({
      status: 400,
      body: { code: 'cursor.invalid' },
    });
    expect(await call('GET', `/customers?cursor=${encodeURIComponent(`x${first.body.cursor}`)}`, { as: 'olga' })).toMatchObject({
      status: 400,
      body: { code: 'cursor.invalid' },
    });
  });
});

describe('a member', () => {
  it('changes his own language, never his own role', async () => {
    const path = `/members/${idOf('mem', 2)}`;

    expect(await call('PATCH', path, { as: 'sam', body: { language: 'en' }, headers: { 'if-match': '1' } })).toMatchObject({ status: 200 });
    expect(await call('PATCH', path, { as: 'sam', body: { roleId: idOf('rol', 0) }, headers: { 'if-match': '2' } })).toMatchObject({
      status: 403,
      body: { code: 'access.fields' },
    });
    expect(await call('PATCH', path, { as: 'sue', body: { language: 'en' }, headers: { 'if-match': '2' } })).toMatchObject({
      status: expect.toSatisfy((status: number) => status === 403 || status === 404),
    });
  });

  it('who is disabled is out within thirty seconds, whatever his token says', async () => {
    expect(await call('GET', '/session', { as: 'sue' })).toMatchObject({ status: 200, body: { member: { name: 'sue' } } });
    const { body } = await call('GET', `/members/${idOf('mem', 3)}`, { as: 'olga' });

    await call('PATCH', `/members/${idOf('mem', 3)}`, {
      as: 'olga',
      body: { status: 'disabled' },
      headers: { 'if-match': String(body.version) },
    });

    expect(await call('GET', '/session', { as: 'sue', at: NOW + 31_000 })).toMatchObject({
      status: 403,
      body: { code: 'access.disabled' },
    });
  });
});
