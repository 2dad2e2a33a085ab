import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../functions/table/database.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { type AuthHost, PASSWORD } from '../support/authHost.ts';
import { awsError } from '../functions/services/awsEnvironment.ts';
import { deskOn } from '../support/desk.ts';

let host: AuthHost;
let table: Database;
let made = 0;

/** Functions of a deployment. Their settings are read once in their life, hence modules of its own. */
async function deploy(signUp: 'closed' | 'invite'): Promise<void> {
  vi.resetModules();
  const { openAuthHost } = await import('../support/authHost.ts');
  host = await openAuthHost({ signUp, desk: deskOn(memoryDatabase()) });
}
beforeEach(() => (table = memoryDatabase()));

const newOwner = () => ({
  email: `owner${++made}@shop.test`,
  password: PASSWORD,
  name: '韩梅梅',
  workspaceName: '青山茶业',
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
});
type Form = ReturnType<typeof newOwner>;
/** All at once, at a table that is this test's own. */
const signUps = (forms: readonly Form[], at = table) =>
  host.on(at, () => Promise.all(forms.map((form) => host.post('/auth/sign-up', form, { address: `10.8.0.${made & 255}` }))));
const signUp = async (form: Form, at = table) => (await signUps([form], at))[0]!;

describe('a closed deployment', () => {
  beforeAll(() => deploy('closed'));
  afterAll(() => host.close());

  it('lets the first workspace be made, and no second', async () => {
    const first = newOwner();

    expect((await signUp(first)).status).toBe(200);
    expect((await signUp(first)).status).toBe(200);

    for (const form of [newOwner(), { ...first, workspaceName: 'Second' }, { ...first, password: 'not her password at all' }])
      expect(await signUp(form)).toMatchObject({ status: 403, body: { code: 'auth.closed' } });
    // And nobody was given an account on the way.
    const signedIn = await host.on(table, () => host.post('/auth/sign-in', { email: `owner${made}@shop.test`, password: PASSWORD }));
    expect(signedIn.status).toBe(401);
  });

  it('lets one of many who come at once be first', async () => {
    const forms = Array.from({ length: 8 }, newOwner);

    const replies = await signUps(forms);

    const refusals = replies.filter(({ status }) => status !== 200).map(({ status, body }) => `${status} ${body.code}`);
    expect(refusals).toHaveLength(7);
    expect(['403 auth.closed', '429 request.busy']).toEqual(expect.arrayContaining([...new Set(refusals)]));
    const again = await signUps(forms);
    expect(again.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403, 403, 403, 403]);
  });

  it.each(Array.from({ length: 22 }, (_, i) => i + 1))('is not shut by a first try that was cut off at request %i', async (n) => {
    const [first, second] = [newOwner(), newOwner()];
    let count = 0;
    const failing: Database = {
      ...table,
      send: (async (command: unknown) => {
        const answer: unknown = (count += 1) === n && n % 2 ? undefined : await table.send(command as never);
        if (count === n) throw awsError('InternalServerError', 500);
        return answer;
      }) as Database['send'],
    };
    await signUp(first, failing);
    host.clock.shift(31_000);

    const other = await signUp(second);
    const own = await signUp(first);

    // One of the two has the workspace: the first where it stood already, else whoever came next.
    expect([own.status, other.status].sort()).toEqual([200, 403]);
  });
});

describe('a deployment by invitation', () => {
  beforeAll(() => deploy('invite'));
  afterAll(() => host.close());

  it('lets who has an account make a further workspace, and no stranger', async () => {
    const first = newOwner();
    await signUp(first);

    const further = await signUp({ ...first, workspaceName: 'Second' });
    const { body } = await host.on(table, () => host.call('GET', '/session', { token: further.body.accessToken }));
    expect(body['workspaces']).toHaveLength(2);
    const stranger = await signUp(newOwner());
    const impostor = await signUp({ ...first, workspaceName: 'Third', password: 'not her password at all' });
    expect(stranger).toMatchObject({ status: 403, body: { code: 'auth.closed' } });
    expect({ ...impostor.body, requestId: '' }).toEqual({ ...stranger.body, requestId: '' });
  });
});
