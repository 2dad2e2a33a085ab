import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../functions/table/database.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { codeAt } from '../../infra/local/userPool/totp.ts';
import { type AuthHost, cookieOf, openAuthHost, PASSWORD, type Reply, tokenIn } from '../support/authHost.ts';
import { awsError } from '../functions/services/awsEnvironment.ts';
import { deskOn } from '../support/desk.ts';

let host: AuthHost;
let made = 0;
beforeAll(async () => (host = await openAuthHost({ desk: deskOn(memoryDatabase()) })));
afterAll(() => host.close());
afterEach(() => vi.restoreAllMocks());
beforeEach(() => host.forgetMails());

/** When the request that fails is refused, and when it is carried out and its answer lost. */
const MOMENTS = ['before', 'after'] as const;
type Moment = (typeof MOMENTS)[number];

/** A database whose n-th request fails; `reached` tells whether there was one. */
function failingAt(n: number, moment: Moment) {
  let count = 0;
  const db: Database = {
    ...host.db,
    send: (async (command: unknown) => {
      count += 1;
      if (count === n && moment === 'before') throw awsError('InternalServerError', 500);
      const answer: unknown = await host.db.send(command as never);
      if (count === n) throw awsError('InternalServerError', 500);
      return answer;
    }) as Database['send'],
  };
  return { db, reached: () => count >= n };
}

/** Makes the n-th request to the user pool fail. */
function poolFailingAt(n: number, moment: Moment) {
  let count = 0;
  const send = CognitoIdentityProviderClient.prototype.send as (this: unknown, command: unknown) => Promise<unknown>;
  vi.spyOn(CognitoIdentityProviderClient.prototype, 'send').mockImplementation(async function (this: unknown, command: unknown) {
    count += 1;
    if (count === n && moment === 'before') throw awsError('InternalErrorException', 500);
    const answer = await send.call(this, command);
    if (count === n) throw awsError('InternalErrorException', 500);
    return answer;
  } as never);
  return { reached: () => count >= n };
}

/**
 * Carries something out with a fault in its first, second … step, until there is no such step; each time somebody anew,
 * who asks again half a minute later.
 * @returns number of faults tried
 */
async function everyFault(
  attempt: (run: number) => Promise<{ act: () => Promise<Reply>; settled: (reply: Reply) => Promise<void> }>,
): Promise<number> {
  let faults = 0;
  for (const seam of ['table', 'pool'] as const)
    for (const moment of MOMENTS)
      for (let n = 1; ; n++) {
        const { act, settled } = await attempt(++faults);
        let reached: () => boolean;
        let first: Reply;
        if (seam === 'table') {
          const failing = failingAt(n, moment);
          reached = failing.reached;
          first = await host.on(failing.db, act);
        } else {
          ({ reached } = poolFailingAt(n, moment));
          first = await act();
          vi.restoreAllMocks();
        }
        if (!reached()) break;
        host.clock.shift(31_000);
        // Either it was refused for now, and works when asked again, or it had no need of what failed.
        if (first.status >= 400)
          expect([seam, moment, n, first.status, first.body.code]).toEqual([
            seam,
            moment,
            n,
            503,
            expect.stringMatching(/^(table|users)\.unavailable$/),
          ]);
        await settled(first.status >= 400 ? await act() : first);
      }
  return faults;
}

const workspacesOf = async (token: string): Promise<{ name: string }[]> =>
  (await host.call('GET', '/session', { token })).body['workspaces'] as { name: string }[];
const newOwner = () => ({
  email: `owner${++made}@shop.test`,
  password: PASSWORD,
  name: '韩梅梅',
  workspaceName: '青山茶业',
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
});
async function signedUp() {
  const form = newOwner();
  const { body } = await host.post('/auth/sign-up', form, { address: `10.3.0.${made}` });
  const { body: listed } = (await host.call('GET', '/roles', { token: body.accessToken })) as unknown as {
    body: { items: { key: string; id: string }[] };
  };
  return { email: form.email, token: body.accessToken, sales: listed.items.find(({ key }) => key === 'sales')!.id };
}

/** Somebody who has been given a secret for his app, at a moment at which no code of it was used. */
async function withApp() {
  const form = newOwner();
  const signedIn = await host.post('/auth/sign-up', form, { address: `10.3.1.${made % 250}` });
  const cookie = cookieOf(signedIn);
  const { body } = await host.post('/auth/two-step/begin', { password: PASSWORD }, { cookie });
  const code = () => codeAt(String(body['secret']), host.clock.now());
  return { email: form.email, cookie, code };
}

describe('cut off at any step and asked again,', () => {
  it('turning the second step on leaves nobody outside', { timeout: 240_000 }, async () => {
    const faults = await everyFault(async (run) => {
      const { email, cookie, code } = await withApp();
      return {
        act: () => host.post('/auth/two-step/confirm', { code: code() }, { cookie }),
        settled: async (reply) => {
          // Where only an answer was lost, it is on already, or has to be begun anew.
          expect([200, 409]).toContain(reply.status);
          host.clock.shift(31_000);
          const entered = await host.post('/auth/sign-in', { email, password: PASSWORD, code: code() }, { address: `10.8.${run}.1` });
          expect([run, entered.status]).toEqual([run, 200]);
          const { body } = await host.post('/auth/two-step/read', {}, { cookie });
          expect(body['recoveryCodes']).toBe(body['on'] ? 10 : 0);
        },
      };
    });

    expect(faults).toBeGreaterThan(15);
  });

  it('a recovery lets in, and leaves no second step', { timeout: 240_000 }, async () => {
    const faults = await everyFault(async (run) => {
      const { email, cookie, code } = await withApp();
      const { body } = await host.post('/auth/two-step/confirm', { code: code() }, { cookie });
      const [recoveryCode] = body['recoveryCodes'] as string[];
      return {
        act: () => host.post('/auth/sign-in', { email, password: PASSWORD, recoveryCode }, { address: `10.9.${run}.1` }),
        settled: async (reply) => {
          expect([run, reply.status]).toEqual([run, 200]);
          expect(host.mails().at(-1)!.mail.text).toContain('恢复码');
          const read = await host.post('/auth/two-step/read', {}, { cookie: cookieOf(reply) });
          expect(read.body).toEqual({ on: false, recoveryCodes: 0 });
          expect((await host.post('/auth/sign-in', { email, password: PASSWORD }, { address: `10.9.${run}.2` })).status).toBe(200);
        },
      };
    });

    expect(faults).toBeGreaterThan(20);
  });

  it('a sign-up makes one workspace', { timeout: 240_000 }, async () => {
    const faults = await everyFault(async (run) => {
      const form = newOwner();
      return {
        act: () => host.post('/auth/sign-up', form, { address: `10.4.${run}.1` }),
        settled: async (reply) => {
          expect([run, reply.status]).toEqual([run, 200]);
          expect((await workspacesOf(reply.body.accessToken)).map(({ name }) => name)).toEqual(['青山茶业']);
        },
      };
    });

    expect(faults).toBeGreaterThan(20);
  });

  it('an invitation is one member, and his link opens', { timeout: 240_000 }, async () => {
    const { token, sales } = await signedUp();
    const faults = await everyFault(async (run) => {
      const email = `guest${run}.${made}@shop.test`;
      await host.call('GET', '/session', { token });
      return {
        act: () => host.post('/members/invite', { email, roleId: sales }, { token }),
        settled: async (reply) => {
          expect([run, reply.status, reply.body.status]).toEqual([run, 201, 'invited']);
          const mail = host.mails().at(-1)!;
          expect(mail.to).toEqual({ email });
          expect(
            (await host.post('/auth/accept-invite', { token: tokenIn(mail), password: PASSWORD }, { address: `10.5.${run}.1` })).status,
          ).toBe(200);
        },
      };
    });

    expect(faults).toBeGreaterThan(10);
  });

  it('an acceptance is one member, and the link works no more', { timeout: 240_000 }, async () => {
    const { token, sales } = await signedUp();
    const faults = await everyFault(async (run) => {
      await host.post('/members/invite', { email: `joins${run}.${made}@shop.test`, roleId: sales }, { token });
      const link = tokenIn(host.mails().at(-1)!);
      const act = () => host.post('/auth/accept-invite', { token: link, password: PASSWORD, name: 'Lucy' }, { address: `10.6.${run}.1` });
      return {
        act,
        settled: async (reply) => {
          // The last step of all is the link's end: where only its answer was lost, the link is dead and its work done.
          if (reply.status === 400)
            reply = await host.post(
              '/auth/sign-in',
              { email: `joins${run}.${made}@shop.test`, password: PASSWORD },
              { address: `10.6.${run}.2` },
            );
          expect([run, reply.status]).toEqual([run, 200]);
          expect((await host.call('GET', '/session', { token: reply.body.accessToken })).body).toMatchObject({ member: { name: 'Lucy' } });
          expect(await act()).toMatchObject({ status: 400, body: { code: 'auth.token' } });
        },
      };
    });

    expect(faults).toBeGreaterThan(20);
  });

  it('a reset sets the password and ends the sessions', { timeout: 240_000 }, async () => {
    const faults = await everyFault(async (run) => {
      const { email, token: old } = await signedUp();
      await host.post('/auth/forgot', { email }, { address: `10.7.${run}.1` });
      const link = tokenIn(host.mails().at(-1)!);
      host.clock.shift(2_000);
      return {
        act: () => host.post('/auth/reset', { token: link, password: 'a brand new password' }, { address: `10.7.${run}.2` }),
        settled: async (reply) => {
          expect([204, 400]).toContain(reply.status);
          host.clock.shift(31_000);
          expect((await host.call('GET', '/session', { token: old })).status).toBe(401);
          expect((await host.post('/auth/sign-in', { email, password: PASSWORD }, { address: `10.7.${run}.3` })).status).toBe(401);
          expect((await host.post('/auth/sign-in', { email, password: 'a brand new password' }, { address: `10.7.${run}.3` })).status).toBe(
            200,
          );
        },
      };
    });

    expect(faults).toBeGreaterThan(15);
  });

  it('a forgotten password is mailed', async () => {
    const { email } = await signedUp();
    host.queue.on(SendMessageCommand).rejects(awsError('TimeoutError'));

    expect(await host.post('/auth/forgot', { email })).toMatchObject({ status: 503, body: { code: 'queue.unavailable' } });
    host.forgetMails();
    host.queue.on(SendMessageCommand).resolves({});
    expect((await host.post('/auth/forgot', { email })).status).toBe(202);
    expect(host.mails()).toHaveLength(1);
  });
});
