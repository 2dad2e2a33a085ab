import type { SNSEvent, SQSEvent } from 'aws-lambda';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Mail, Sent } from '../../functions/services/mail.ts';
import type { MailMessage } from '../../functions/services/mailQueue.ts';
import type { Database } from '../../functions/table/database.ts';
import { ledgerKey } from '../../functions/table/keys.ts';
import { workOffMails } from '../../functions/workspace/mail.queue.ts';
import { readMailEvents } from '../../functions/workspace/mailEvents.ts';
import { commitPlan } from '../../functions/records/operations.ts';
import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { type Desk, idOf, openDesk } from '../support/desk.ts';

const AT = '2026-03-02T10:00:00.000Z';
const DAY = 86_400_000;
let desk: Desk;
let world: { sent: Mail[]; requeued: [MailMessage, number | undefined][]; next: Sent | Error };
let made = 0;

beforeAll(async () => (desk = await openDesk()));
beforeEach(() => (world = { sent: [], requeued: [], next: { outcome: 'sent', messageId: 'ses-1' } }));

const mail = (more: Partial<MailMessage> = {}): MailMessage => ({
  tenant: 'firm',
  key: `key-${++made}`,
  to: { email: 'reader@shop.test' },
  mail: { subject: '新线索：李雷', text: 'text', html: '<p>html</p>' },
  at: AT,
  ...more,
});
const batch = (...bodies: unknown[]) =>
  ({
    Records: bodies.map((body, i) => ({ messageId: `m${i}`, body: typeof body === 'string' ? body : JSON.stringify(body) })),
  }) as unknown as SQSEvent;
const work = (event: SQSEvent, db: Database = desk.db) =>
  workOffMails(db, event, {
    send: async (each) => {
      world.sent.push(each);
      if (world.next instanceof Error) throw world.next;
      return world.next;
    },
    rate: async () => 14,
    requeue: async (...given) => void world.requeued.push([given[0], given[1]]),
  });
const DONE = { batchItemFailures: [] };
const entry = async ({ tenant, key }: MailMessage) => (await desk.as(tenant, 0).table.get(ledgerKey(key), { consistent: true }))!;

describe('a mail', () => {
  it('is sent once, however often it is delivered', async () => {
    const one = mail();

    expect(await work(batch(one, one))).toEqual(DONE);
    expect(await work(batch(one))).toEqual(DONE);

    expect(world.sent).toEqual([{ ...one.mail, to: 'reader@shop.test', tags: { tenant: 'firm', ledger: one.key } }]);
    expect(await entry(one)).toMatchObject({ status: 'sent', messageId: 'ses-1', at: AT });
  });

  it('is sent once though two workers hold it at the same time', async () => {
    const one = mail();

    await Promise.all([work(batch(one)), work(batch(one)), work(batch(one))]);

    expect(world.sent).toHaveLength(1);
    expect(await entry(one)).toMatchObject({ status: 'sent' });
  });

  it('of another workspace with the same key is another mail', async () => {
    const one = mail();

    await work(batch(one, { ...one, tenant: 'rival' }));

    expect(world.sent).toHaveLength(2);
  });

  it('to nobody is dropped', async () => {
    const one = mail({ to: 'nobody' });

    expect(await work(batch(one))).toEqual(DONE);
    expect(world.sent).toEqual([]);
    expect(await entry(one)).toBeUndefined();
  });

  it('that SES will never take is marked and not tried again', async () => {
    const one = mail();
    world.next = { outcome: 'rejected', reason: 'MessageRejected' };

    expect(await work(batch(one))).toEqual(DONE);
    await work(batch(one));

    expect(world.sent).toHaveLength(1);
    expect(await entry(one)).toMatchObject({ status: 'rejected', reason: 'MessageRejected' });
  });

  it('that may or may not have been taken is marked and not sent again', async () => {
    const one = mail();
    world.next = { outcome: 'ambiguous', reason: 'TimeoutError' };

    expect(await work(batch(one))).toEqual(DONE);
    await work(batch(one));

    expect(world.sent).toHaveLength(1);
    expect(await entry(one)).toMatchObject({ status: 'unknown', reason: 'TimeoutError' });
  });

  it('for which SES has no room waits longer each time, and is sent then', async () => {
    const one = mail();
    world.next = { outcome: 'throttled', reason: 'TooManyRequestsException' };

    await work(batch(one));
    await work(batch({ ...one, tries: 1 }));
    await work(batch({ ...one, tries: 9 }));
    expect(await entry(one)).toMatchObject({ status: 'waiting' });
    world.next = { outcome: 'sent', messageId: 'ses-2' };
    await work(batch({ ...one, tries: 10 }, { ...one, tries: 10 }));

    expect(world.requeued.map(([{ tries }, delay]) => [tries, delay])).toEqual([
      [1, 30],
      [2, 60],
      [10, 900],
    ]);
    expect(world.sent).toHaveLength(4);
    expect(await entry(one)).toMatchObject({ status: 'sent', messageId: 'ses-2' });
  });

  it('for which there is no room for hours goes to the dead letters', async () => {
    world.next = { outcome: 'throttled', reason: 'SendingPausedException' };

    expect(await work(batch(mail({ tries: 24 })))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(world.requeued).toEqual([]);
  });

  it('whose worker died before it could ask is not sent by the next delivery, which cannot know', async () => {
    const one = mail();
    world.next = new Error('killed');

    expect(await work(batch(one))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(await entry(one)).toMatchObject({ status: 'pending' });
    world.next = { outcome: 'sent', messageId: 'ses-3' };
    expect(await work(batch(one))).toEqual(DONE);

    expect(world.sent).toHaveLength(1);
    expect(await entry(one)).toMatchObject({ status: 'unknown', reason: 'interrupted' });
  });

  it('whose result could not be noted is not sent again', async () => {
    const one = mail();
    const failing: Database = {
      ...desk.db,
      send: ((command: unknown) =>
        command instanceof UpdateCommand
          ? Promise.reject(Object.assign(new Error(), { name: 'InternalServerError' }))
          : desk.db.send(command as never)) as Database['send'],
    };

    expect(await work(batch(one), failing)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    await work(batch(one));

    expect(world.sent).toHaveLength(1);
    expect(await entry(one)).toMatchObject({ status: 'unknown' });
  });

  it('whose claim was written but not answered is sent all the same', async () => {
    const one = mail();
    let lost = false;
    const losing: Database = {
      ...desk.db,
      // The SDK repeats what it got no answer to, and meets its own write.
      send: (async (command: { input: { Item?: { claim?: string } } }) => {
        if (command.input.Item?.claim && !lost) {
          lost = true;
          await desk.db.send(command as never);
        }
        return desk.db.send(command as never);
      }) as unknown as Database['send'],
    };

    expect(await work(batch(one), losing)).toEqual(DONE);
    expect(world.sent).toHaveLength(1);
    expect(await entry(one)).toMatchObject({ status: 'sent' });
  });

  it.each([
    ['no JSON', '{"tenant"'],
    ['no mail', { tenant: 'firm' }],
    ['a workspace that is none', mail({ tenant: 'firm#other' })],
    ['a key that is none', mail({ key: 'a b' })],
    ['an address in place of a recipient', { ...mail(), to: 'x@y.test' }],
  ])('message with %s fails alone', async (_what, poison) => {
    const [one, two] = [mail(), mail()];

    expect(await work(batch(one, poison, two))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(world.sent).toHaveLength(2);
  });
});

describe('the pace', () => {
  const waits = async (rate: number, ...mails: MailMessage[]) => {
    const waited: number[] = [];
    const db: Database = { ...desk.db, wait: async (ms) => void waited.push(ms) };
    const send = async (): Promise<Sent> => ({ outcome: 'sent', messageId: 'ses' });
    await workOffMails(db, batch(...mails), { send, rate: async () => rate, requeue: async () => {} });
    return waited;
  };

  it('is this worker’s share of the account’s rate', async () => {
    expect(await waits(1, mail(), mail())).toEqual([2000, 2000]);
    expect(await waits(20, mail())).toEqual([100]);
  });

  it('is not held for what SES is not asked', async () => {
    const one = mail();

    expect(await waits(1, one, one, mail({ to: 'nobody' }))).toHaveLength(1);
  });
});

describe('a member', () => {
  const member = async (n: number, status: string) => {
    const ctx = { ...desk.as('firm', 0), actor: SYSTEM_ACTOR };
    const values = { name: 'Han', email: `han${n}@shop.test`, roleId: idOf('rol', 1), status };
    await commitPlan(ctx, { writes: [{ op: 'create', type: 'member', id: idOf('mem', n), values }] });
  };

  it('gets mail at the address he has now', async () => {
    await member(21, 'active');

    await work(batch(mail({ to: { memberId: idOf('mem', 21) } })));

    expect(world.sent).toMatchObject([{ to: 'han21@shop.test' }]);
  });

  it.each([
    ['disabled since', 22, 'disabled'],
    ['who has not joined', 23, 'invited'],
  ])('%s gets none', async (_who, n, status) => {
    await member(n, status);
    const one = mail({ to: { memberId: idOf('mem', n) } });

    expect(await work(batch(one))).toEqual(DONE);
    expect(world.sent).toEqual([]);
    expect(await entry(one)).toMatchObject({ status: 'skipped' });
  });

  it('of another workspace gets none', async () => {
    await member(24, 'active');
    const one = mail({ tenant: 'rival', to: { memberId: idOf('mem', 24) } });

    await work(batch(one));

    expect(world.sent).toEqual([]);
    expect(await entry(one)).toMatchObject({ status: 'skipped' });
  });
});

describe('what came back', () => {
  const event = (message: unknown) =>
    ({ Records: [{ Sns: { MessageId: 'sns-1', Message: typeof message === 'string' ? message : JSON.stringify(message) } }] }) as SNSEvent;
  const told = (one: MailMessage, more: object) => ({
    mail: { timestamp: AT, messageId: 'ses-1', tags: { tenant: [one.tenant], ledger: [one.key], 'ses:configuration-set': ['set'] } },
    ...more,
  });
  const bounce = (one: MailMessage, address: string, bounceType = 'Permanent') =>
    told(one, { eventType: 'Bounce', bounce: { bounceType, bouncedRecipients: [{ emailAddress: address, status: '5.1.1' }] } });
  const complaint = (one: MailMessage, address: string) =>
    told(one, { eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: address }] } });
  const later = (days: number) => new Date(Date.parse(AT) + days * DAY).toISOString();
  const fate = async (to: string, more: Partial<MailMessage> = {}) => {
    const one = mail({ to: { email: to }, ...more });
    await work(batch(one));
    return (await entry(one))['status'];
  };

  it('for good keeps the workspace from writing there for a quarter', async () => {
    const one = mail({ to: { email: 'gone@shop.test' } });
    await work(batch(one));

    await readMailEvents(desk.db, event(bounce(one, 'Gone <GONE@shop.test>')));

    expect(await entry(one)).toMatchObject({ status: 'bounced', reason: 'Permanent' });
    expect(await fate('gone@shop.test')).toBe('suppressed');
    expect(await fate('gone@shop.test', { tenant: 'rival' })).toBe('sent');
    expect(await fate('gone@shop.test', { at: later(91) })).toBe('sent');
  });

  it('as a complaint keeps it from there for ever, whatever bounces after that', async () => {
    const one = mail({ to: { email: 'angry@shop.test' } });
    await work(batch(one));

    await readMailEvents(desk.db, event(complaint(one, 'angry@shop.test')));
    await readMailEvents(desk.db, event(complaint(one, 'angry@shop.test')));
    await readMailEvents(desk.db, event(bounce(one, 'angry@shop.test')));

    expect(await entry(one)).toMatchObject({ status: 'complained' });
    expect(await fate('angry@shop.test', { at: later(900) })).toBe('suppressed');
  });

  it('for now does not stop the next mail', async () => {
    const one = mail({ to: { email: 'full@shop.test' } });
    await work(batch(one));

    await readMailEvents(desk.db, event(bounce(one, 'full@shop.test', 'Transient')));

    expect(await entry(one)).toMatchObject({ status: 'bounced', reason: 'Transient' });
    expect(await fate('full@shop.test')).toBe('sent');
  });

  it('before the answer to its sending is not overwritten by it', async () => {
    const one = mail({ to: { email: 'fast@shop.test' } });
    const swift: Database = {
      ...desk.db,
      send: (async (command: unknown) => {
        if (command instanceof UpdateCommand) await readMailEvents(desk.db, event(bounce(one, 'fast@shop.test')));
        return desk.db.send(command as never);
      }) as Database['send'],
    };

    await work(batch(one), swift);

    expect(await entry(one)).toMatchObject({ status: 'bounced' });
  });

  it.each([
    ['no JSON', '<xml>'],
    ['nothing of ours', { mail: { timestamp: AT, tags: {} } }],
    ['another kind', told(mail(), { eventType: 'Delivery', delivery: {} })],
  ])('as %s is passed over', async (_what, message) => {
    await expect(readMailEvents(desk.db, event(message))).resolves.toBeUndefined();
  });

  it('leaves no address in the table', async () => {
    const seen: string[] = [];
    const watched: Database = {
      ...desk.db,
      send: ((command: { input: unknown }) => {
        seen.push(JSON.stringify(command.input));
        return desk.db.send(command as never);
      }) as unknown as Database['send'],
    };
    const one = mail({ to: { email: 'canary@shop.test' } });

    await work(batch(one), watched);
    await readMailEvents(watched, event(complaint(one, 'canary@shop.test')));

    expect(seen.length).toBeGreaterThan(2);
    expect(seen.join()).not.toContain('canary');
  });
});
