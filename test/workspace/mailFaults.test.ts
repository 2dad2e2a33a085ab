/** A mail whose worker finds the table out of order at any of its requests. */
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../functions/table/database.ts';
import { workOffMails } from '../../functions/workspace/mail.queue.ts';
import { failure } from '../sim/memory/refusals.ts';
import { hearLogs } from '../sim/logs.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';

let giveBack: () => void;
beforeAll(() => void (giveBack = hearLogs(() => {})));
afterAll(() => giveBack());

const MESSAGE = {
  tenant: 'firm',
  key: 'notice-1',
  to: { email: 'reader@shop.test' },
  mail: { subject: 'A lead is yours', text: 'text', html: '<p>html</p>' },
  at: '2026-03-02T10:00:00.000Z',
};
const EVENT = { Records: [{ messageId: 'm1', body: JSON.stringify(MESSAGE) }] } as unknown as SQSEvent;
const MOST_REQUESTS = 6;

describe.each(['before', 'after'] as const)('when the table fails once, %s it has done what was asked,', (when) => {
  it.each(Array.from({ length: MOST_REQUESTS }, (_, n) => n))('at request %i, a mail is sent once', async (at) => {
    const memory = memoryDatabase();
    let requests = 0;
    const send = async (command: never): Promise<unknown> => {
      const fails = requests++ === at;
      if (fails && when === 'before') throw failure('ThrottlingException', 'Rate exceeded');
      const answer: unknown = await memory.send(command);
      if (fails) throw failure('InternalServerError', 'Internal server error', 500);
      return answer;
    };
    const db = { ...memory, send: send as unknown as Database['send'] };
    const taken: string[] = [];

    for (let delivery = 1; delivery <= 3; delivery++)
      await workOffMails(db, EVENT, {
        send: async ({ to }) => ({ outcome: 'sent', messageId: `ses-${taken.push(to)}` }),
        rate: async () => 14,
        requeue: async () => {},
      });

    expect(taken).toEqual(['reader@shop.test']);
    expect([...memory.store.all()].find(({ pk }) => String(pk).endsWith('E#notice-1'))).toMatchObject({ status: 'sent' });
  });
});
