import type { SQSEvent } from 'aws-lambda';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commitPlan, updateRecord } from '../../functions/records/operations.ts';
import type { MailMessage } from '../../functions/services/mailQueue.ts';
import { byOwner } from '../../functions/table/keys.ts';
import { workOffEffects } from '../../functions/workspace/effects.queue.ts';
import type { EffectMessage } from '../../functions/services/effectsQueue.ts';
import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { stubAwsEnvironment } from '../functions/services/awsEnvironment.ts';
import { type Desk, idOf, openDesk } from '../support/desk.ts';

const AT = '2026-03-02T10:00:00.000Z';
const HOSTILE = `<img src=x onerror=alert(1)>"'`;
let desk: Desk;
let mails: MailMessage[];
let refuses = false;

beforeAll(async () => {
  stubAwsEnvironment({ PUBLIC_URL: 'https://crm.test' });
  desk = await openDesk();
  for (const tenant of ['firm', 'rival']) {
    const member = (n: number, more: object) => ({
      op: 'create' as const,
      type: 'member',
      id: idOf('mem', n),
      values: { name: `Member ${n}`, email: `m${n}@shop.test`, roleId: idOf('rol', 1), status: 'active', ...more },
    });
    await commitPlan(
      { ...desk.as(tenant, 0), actor: SYSTEM_ACTOR },
      {
        writes: [
          {
            op: 'create',
            type: 'workspace',
            id: idOf('wsp', 1),
            values: { name: '青山茶业', zone: 'Asia/Shanghai', currency: 'CNY', language: 'zh-CN' },
          },
          member(1, { language: 'zh-CN' }),
          member(2, { language: 'en' }),
          member(3, { status: 'disabled' }),
          member(4, {}),
          member(5, { language: 'en', mutedNotices: ['noteAdded', 'mentioned'], unmailedNotices: ['noteAdded', 'leadAssigned'] }),
        ],
      },
    );
  }
});
beforeEach(() => {
  mails = [];
  refuses = false;
});

const told = (n: number, more: Partial<EffectMessage['effect']> = {}, rest: Partial<EffectMessage> = {}): EffectMessage => ({
  tenant: 'firm',
  effect: {
    kind: 'notify',
    memberId: idOf('mem', n),
    code: 'leadAssigned',
    params: { name: '李雷' },
    recordType: 'lead',
    recordId: idOf('lea', 7),
    ...more,
  },
  type: 'lead',
  id: idOf('lea', 7),
  version: 3,
  at: AT,
  requestId: 'req-7',
  ...rest,
});
const batch = (...bodies: unknown[]) =>
  ({ Records: bodies.map((body, i) => ({ messageId: `m${i}`, body: JSON.stringify(body) })) }) as unknown as SQSEvent;
const work = (event: SQSEvent) =>
  workOffEffects(desk.db, event, async (mail) => {
    if (refuses) throw new Error('no queue');
    mails.push(mail);
  });
const DONE = { batchItemFailures: [] };
const notifications = async (n: number, tenant = 'firm') =>
  (await desk.as(tenant, n).table.query({ index: 'byOwner', pk: byOwner('notification', idOf('mem', n)) })).items;

describe('an effect', () => {
  it('becomes a notification and a mail in the member’s language, with a link to the record', async () => {
    expect(await work(batch(told(1)))).toEqual(DONE);

    const [item] = await notifications(1);
    const stored = await desk.itemOf(desk.as('firm', 1), 'notification', String(item!['id']));
    expect(stored).toMatchObject({
      ownerId: idOf('mem', 1),
      createdBy: 'system',
      requestId: 'req-7',
      data: { code: 'leadAssigned', params: { name: '李雷' }, recordType: 'lead', recordId: idOf('lea', 7) },
    });
    expect(mails).toMatchObject([{ tenant: 'firm', to: { memberId: idOf('mem', 1) }, key: `notify-${String(item!['id'])}`, at: AT }]);
    expect(mails[0]!.mail.text).toMatchInlineSnapshot(`
      "新线索：李雷

      这条线索已分配给你。越早联系，成交机会越大。

      查看线索：
      https://crm.test/leads/lea_01KJPWD6M00W3GE1R70W3GE1R7

      --
      你收到此邮件，是因为你是“青山茶业”的成员。
      "
    `);
  });

  it('comes where it is wanted, and there in the time of the member’s own zone', async () => {
    const reminder = { code: 'activityReminder', params: { name: 'Call', plannedAt: '2026-03-02T06:30:00.000Z' } };
    const before = (await notifications(4)).length;

    await work(batch(told(4, { ...reminder, by: 'app' }, { id: 'act_app' }), told(4, { ...reminder, by: 'mail' }, { id: 'act_mail' })));

    expect(await notifications(4)).toHaveLength(before + 1);
    expect(mails.map(({ mail }) => mail.text)).toEqual([expect.stringContaining('14:30')]);
  });

  it('of a kind that the member has switched off comes only in the way he has left on', async () => {
    const before = (await notifications(5)).length;
    const [quiet, mailOnly, appOnly] = ['noteAdded', 'mentioned', 'leadAssigned'].map((code) => told(5, { code }, { id: code }));

    await work(batch(quiet, mailOnly, appOnly));

    expect(await notifications(5)).toHaveLength(before + 1);
    expect(mails.map(({ mail }) => mail.subject)).toEqual([expect.stringContaining('mentioned')]);
  });

  it('delivered again is the same notification and the same mail', async () => {
    await work(batch(told(2), told(2)));
    await work(batch(told(2)));

    expect(await notifications(2)).toHaveLength(1);
    expect(new Set(mails.map(({ key }) => key)).size).toBe(1);
  });

  it('delivered again after it was read stays read', async () => {
    await work(batch(told(2, {}, { version: 4 })));
    const [first] = (await notifications(2)).slice(-1);
    const mine = desk.as('firm', 2);
    await updateRecord(mine, 'notification', String(first!['id']), 1, { readAt: AT });

    expect(await work(batch(told(2, {}, { version: 4 })))).toEqual(DONE);

    expect(await desk.itemOf(mine, 'notification', String(first!['id']))).toMatchObject({ version: 2, data: { readAt: AT } });
  });

  it('of another change, code, member or workspace is another notification', async () => {
    const before = (await notifications(4)).length;

    await work(batch(told(4), told(4, {}, { version: 5 }), told(4, { code: 'leadMerged' }), told(4, {}, { tenant: 'rival' })));

    expect((await notifications(4)).length - before).toBe(3);
    expect(await notifications(4, 'rival')).toHaveLength(1);
    expect(new Set(mails.map(({ key }) => key)).size).toBe(4);
  });

  it('for who is shut out, or none of the workspace, is dropped', async () => {
    expect(await work(batch(told(3), told(9)))).toEqual(DONE);

    expect(mails).toEqual([]);
    expect(await notifications(3)).toEqual([]);
  });

  it('whose mail could not be queued comes again, and is told once', async () => {
    const one = told(1, {}, { version: 8 });
    refuses = true;
    expect(await work(batch(one))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    refuses = false;

    expect(await work(batch(one))).toEqual(DONE);
    expect(mails).toHaveLength(1);
  });

  it.each([
    ['no effect', { tenant: 'firm' }],
    ['an unknown kind', told(1, { kind: 'explode' as never })],
    ['an unknown type', told(1, { recordType: 'constructor' })],
    ['a workspace that is none', told(1, {}, { tenant: 'a#b' })],
  ])('message with %s fails alone', async (_what, poison) => {
    expect(await work(batch(told(1), poison, told(2)))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(mails).toHaveLength(2);
  });

  it('keeps a hostile name text, in subject, text and HTML', async () => {
    await work(batch(told(2, { params: { name: HOSTILE } }, { version: 9 })));

    const { subject, text, html } = mails[0]!.mail;
    expect(subject).toBe(`New lead: ${HOSTILE}`);
    expect(text).toContain(HOSTILE);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;');
  });
});
