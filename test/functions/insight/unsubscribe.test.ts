import { describe, expect, it } from 'vitest';
import { sendDigest } from '../../../functions/insight/sendDigest.ts';
import { stopDigest, unsubscribeUrl } from '../../../functions/insight/unsubscribe.ts';
import type { Request } from '../../../functions/runtime/route.ts';
import { deskOn } from '../../support/desk.ts';
import { makeFirm, memberId } from '../../support/firm.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';

const NOW = '2026-03-11T08:00:00.000Z';
const db = memoryDatabase();
const ask = (token: string) => stopDigest({ db, params: { token }, now: NOW, requestId: 'req' } as unknown as Request);
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? 'fault',
  );

async function mailed(tenant: string) {
  const firm = await makeFirm(deskOn(db), tenant, [{ n: 1, role: 'salesManager', department: 'sales' }]);
  const urls: (string | undefined)[] = [];
  const send = (period = '') =>
    sendDigest(
      { ...db },
      { tenant, id: memberId(1) + period, now: NOW },
      'https://crm.test',
      async ({ mail }) => void urls.push(mail.unsubscribeUrl),
    );
  await send();
  return { firm, send, urls, token: urls[0]!.split('/').at(-1)! };
}

describe('one click in the mail program', () => {
  it('stops the digest at once, however often it comes', async () => {
    const { firm, send, urls, token } = await mailed('stops');
    expect(urls[0]).toMatch(/^https:\/\/crm\.test\/api\/v1\/public\/digests\/stop\/[\w.-]+$/);

    await ask(token);
    await ask(token);
    await send();

    expect(urls).toHaveLength(1);
    expect(await firm.itemOf('member', memberId(1))).toMatchObject({ version: 2, data: { digestDaily: false } });
  });

  it('of a weekly mail stops the weekly digest alone', async () => {
    const { firm, send, urls } = await mailed('weekly');
    await send('.week');
    const token = urls.at(-1)!.split('/').at(-1)!;
    expect(token).toMatch(/\.week\.[\w-]{43}$/);

    await ask(token);
    await send('.week');
    await send();

    expect(await firm.itemOf('member', memberId(1))).toMatchObject({ version: 2, data: { digestWeekly: false } });
    expect((await firm.itemOf('member', memberId(1)))!['data']).not.toHaveProperty('digestDaily');
    expect(urls).toHaveLength(3);
    // Neither link can be made of the other.
    expect(await codeOf(ask(token.replace('.week', '')))).toBe('record.notFound');
    expect(
      await codeOf(
        ask(
          urls[0]!
            .split('/')
            .at(-1)!
            .replace(/\.([\w-]{43})$/, '.week.$1'),
        ),
      ),
    ).toBe('record.notFound');
  });

  it('does nothing with a token that was changed, or made for somebody else', async () => {
    const { firm, token } = await mailed('forged');
    const [tenant, id, mac] = token.split('.');

    for (const forged of [
      '',
      'x',
      `${tenant}.${memberId(2)}.${mac}`,
      `other.${id}.${mac}`,
      token.slice(0, -2),
      `${token}a`,
      `${tenant}.${id}.${'A'.repeat(43)}`,
    ])
      expect(await codeOf(ask(forged))).toBe('record.notFound');
    expect(await firm.itemOf('member', memberId(1))).toMatchObject({ version: 1 });
  });

  it('is only offered where mail programs take it', async () => {
    expect(await unsubscribeUrl(db, 'http://localhost:3000', { tenant: 'a', id: 'b' })).toBeUndefined();
  });
});
