/**
 * `npm run bench reminders [-- --reminders 10000]`: that many reminders of one minute through tick, jobs and effects, on
 * the local database: how many runs of the tick hand them over, how long each stage takes at the concurrency of the
 * template, and whether each was told once, also when a tenth of everything comes twice.
 */
import { parseArgs } from 'node:util';
import type { SQSEvent } from 'aws-lambda';
import { makeId } from '../../shared/kernel/ids.ts';
import { definitionOf } from '../../shared/registry.ts';
import { sendReminders } from '../../functions/insight/sendReminders.ts';
import { toItem } from '../../functions/records/item.ts';
import { reminderWork } from '../../functions/records/reminders.ts';
import type { EffectMessage } from '../../functions/services/effectsQueue.ts';
import { armDue } from '../../functions/table/dueWork.ts';
import { workOffEffects } from '../../functions/workspace/effects.queue.ts';
import { runTick, type DueMessage } from '../../functions/workspace/tick.scheduled.ts';
import { entries } from '../../infra/entries.ts';
import { deskOn } from '../support/desk.ts';
import { makeFirm, memberId } from '../support/firm.ts';
import { openLocalTable } from './support/localTable.ts';
import { atMost, report, such } from './support/report.ts';

const { values } = parseArgs({ options: { reminders: { type: 'string', default: '10000' } } });
const count = Number(values.reminders);
const PEOPLE = 20;
const AT = '2026-03-02T08:00:00.000Z';
const START = '2026-03-02T12:00:00.000Z';
const MOMENT = Date.parse('2026-03-02T11:30:00.000Z');
/** Mails a second: what SES gives a new account out of its sandbox, and a common larger one. */
const RATES = [14, 50];
const MOST_MINUTES = 5;

const concurrencyOf = (name: string): number => {
  const { trigger } = entries.find((entry) => entry.name === name)!;
  return trigger.kind === 'queue' ? trigger.maxConcurrency : 1;
};
const secondsOf = entries.find(({ name }) => name === 'tick')!.timeoutSeconds;

async function inLanes<T>(lanes: number, all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const left = [...all];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start) / 1000;
}
const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
/** What comes again: a tenth of everything. */
const withRepeats = <T>(all: readonly T[]): T[] => [...all, ...all.slice(0, Math.ceil(all.length / 10))];

process.env['PUBLIC_URL'] = 'https://crm.test';
const { db, close } = await openLocalTable();
try {
  const firm = await makeFirm(
    deskOn(db),
    'firm',
    Array.from({ length: PEOPLE }, (_, i) => ({ n: i + 1, role: 'sales' })),
  );
  const bytes = (n: number) => Uint8Array.from({ length: 10 }, (_, i) => (n >> (8 * (i % 4))) % 256);
  const idOf = (n: number) => makeId('act', Date.parse(AT), bytes(n));
  const puts = Array.from({ length: count }, (_, n) => {
    const by = memberId(1 + (n % PEOPLE));
    const record = {
      ...{ id: idOf(n), version: 1, ownerId: by, createdAt: AT, createdBy: by, updatedAt: AT, updatedBy: by },
      ...{ subject: `Call ${n}`, type: 'call', status: 'planned', plannedStart: START, remindMinutes: 30 },
    };
    return { put: toItem(definitionOf('activity'), record, { requestId: 'bench', writeId: 'bench' }) };
  });
  await inLanes(4, chunks(puts, 500), (part) => firm.table.writeMany(part));
  const arming = await timed(() =>
    inLanes(
      16,
      puts.map((_, n) => reminderWork('firm', idOf(n), new Date(MOMENT).toISOString())),
      (work) => armDue(db, work),
    ),
  );

  const runs: { messages: number; seconds: number }[] = [];
  const messages: DueMessage[] = [];
  for (let handed = -1; handed !== messages.length;) {
    handed = messages.length;
    const now = new Date(MOMENT + runs.length * 60_000).toISOString();
    const seconds = await timed(() => runTick(db, now, async (part) => void messages.push(...part)));
    runs.push({ messages: messages.length - handed, seconds });
  }
  const effects: EffectMessage[] = [];
  const tell = async (part: readonly EffectMessage[]) => void effects.push(...part);
  const jobs = await timed(() =>
    inLanes(concurrencyOf('jobs-queue'), withRepeats(messages), (message) => sendReminders(db, message, tell)),
  );
  const mails = new Set<string>();
  const batches = chunks(withRepeats(effects), 10).map(
    (part) => ({ Records: part.map((body, i) => ({ messageId: String(i), body: JSON.stringify(body) })) }) as unknown as SQSEvent,
  );
  let failed = 0;
  const telling = await timed(() =>
    inLanes(concurrencyOf('effects-queue'), batches, async (event) => {
      const { batchItemFailures } = await workOffEffects(db, event, async ({ key }) => void mails.add(key));
      failed += batchItemFailures.length;
    }),
  );
  let notifications = 0;
  for (let n = 1; n <= PEOPLE; n++) {
    let after: Record<string, unknown> | undefined;
    do {
      const page = await firm.table.query({ index: 'byOwner', pk: `notification#O#${memberId(n)}`, ...(after ? { after } : {}) });
      notifications += page.items.length;
      after = page.last;
    } while (after);
  }

  const working = runs.filter((run) => run.messages > 0);
  console.table(working.map((run, minute) => ({ minute, ...run, 'of at most': secondsOf })));
  console.table([
    { what: 'armed, one by one', seconds: arming },
    { what: `looked at, ${messages.length} jobs`, seconds: jobs },
    { what: 'told in the app and handed to the mail queue', seconds: telling },
    ...RATES.map((rate) => ({ what: `mailed at ${rate} a second`, seconds: Math.round(count / rate) })),
  ]);
  const once = notifications === count && mails.size === count && failed === 0;
  console.log(`${notifications} notifications and ${mails.size} mails of ${count} reminders; ${failed} deliveries failed`);
  report('reminders', [
    such(
      `${count} reminders of one minute, told once`,
      `${notifications} in the app, ${mails.size} mails, ${failed} failed`,
      'each once',
      once,
    ),
    atMost('runs of the tick that hand them over', working.length, MOST_MINUTES, 'minutes'),
    atMost('longest run of the tick', Math.max(...working.map(({ seconds }) => seconds)), secondsOf, 's'),
  ]);
} finally {
  await close();
}
