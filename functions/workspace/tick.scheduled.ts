// Trigger: EventBridge Scheduler, every minute, with `{"time": "<scheduled instant>"}`.
import { toInstant, toMs } from '../../shared/kernel/dates.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { env } from '../runtime/env.ts';
import { sendMessages } from '../services/queue.ts';
import { theDatabase, type Database } from '../table/database.ts';
import {
  hourAfter,
  hourOf,
  listDue,
  movePointer,
  readPointer,
  removeDue,
  type DueWork,
  type FoundWork,
  type Hour,
} from '../table/dueWork.ts';

/** One piece of due work on its way to the queue of jobs. `now` is the tick's own time: the job knows no other. */
export interface DueMessage extends DueWork {
  readonly now: Instant;
  /** More of the same kind and workspace, where one job does many. */
  readonly also?: readonly Pick<DueWork, 'id' | 'at'>[];
}

const settings = env('JOBS_QUEUE_URL');
/** Before the very first tick nothing was due but what was armed a moment ago. */
const FIRST_LOOK_HOURS = 24;
/** Bounds of one run; the next minute goes on where this one stopped. */
const MOST_HOURS = 240;
const MOST_ROWS = 2_000;
/** Sent and then removed together: what a crash leaves behind is sent again, and the jobs know a repeat. */
const SLICE = 100;
/** Slices on their way at once, so that ten thousand reminders of one minute are handed over well within a run. */
const LANES = 4;
/** Kinds of which one job does many: what is small would else wait for as many starts of a function. */
const BUNDLED: Readonly<Record<string, number>> = { remind: 50 };

export const handler = ({ time }: { time: string }): Promise<void> =>
  runTick(theDatabase(), toInstant(toMs(time)), (messages) =>
    sendMessages(
      settings().JOBS_QUEUE_URL,
      messages.map((body) => ({ body })),
    ),
  );

/**
 * Sends everything that is due by now to the queue of jobs, once or more, the latest row of a subject alone. After an
 * outage it reads every hour since the last run.
 */
export async function runTick(db: Database, now: Instant, send: (messages: readonly DueMessage[]) => Promise<void>): Promise<void> {
  const pointer = await readPointer(db);
  const first = pointer ?? hourAfter(hourOf(now), -FIRST_LOOK_HOURS);
  const next = await workOff(db, now, hoursFrom(first, hourOf(now)), send);
  if (pointer === next || !(await movePointer(db, pointer, next))) return;
  // Whoever armed work in an hour just left may have asked for the pointer a moment before it moved.
  await workOff(db, now, hoursFrom(first, hourAfter(next, -1)), send);
}

/** At least the first: when the clock was set back, work armed meanwhile waits in the pointer's own hour. */
function hoursFrom(first: Hour, last: Hour): Hour[] {
  const hours = [first];
  while (hours.at(-1)! < last && hours.length < MOST_HOURS) hours.push(hourAfter(hours.at(-1)!, 1));
  return hours;
}

/** @returns the oldest hour that may still hold due work */
async function workOff(
  db: Database,
  now: Instant,
  hours: readonly Hour[],
  send: (messages: readonly DueMessage[]) => Promise<void>,
): Promise<Hour> {
  const found: FoundWork[] = [];
  let reached = hours[0]!;
  for (const hour of hours) {
    reached = hour;
    found.push(...(await listDue(db, hour, now)));
    if (found.length >= MOST_ROWS) break;
  }
  const subjects = [...Map.groupBy(found, ({ tenant, id }) => `${tenant}#${id}`).values()];
  // Together what may go in one message.
  const ordered = [...Map.groupBy(subjects, ([first]) => `${first!.tenant}#${first!.kind}`).values()].flat();
  const slices = Array.from({ length: Math.ceil(ordered.length / SLICE) }, (_, i) => ordered.slice(i * SLICE, (i + 1) * SLICE));
  await inLanes(slices, async (slice) => {
    await send(toMessages(slice.map(latestOf), now));
    await removeDue(db, slice.flat());
  });
  return reached;
}

/** Several at once; after one that failed no other is begun, and those that were are waited for. */
async function inLanes<T>(all: T[], run: (one: T) => Promise<void>): Promise<void> {
  const lane = async (): Promise<void> => {
    for (let next = all.shift(); next; next = all.shift())
      await run(next).catch((error: unknown) => {
        all.length = 0;
        throw error;
      });
  };
  const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

function toMessages(rows: readonly FoundWork[], now: Instant): DueMessage[] {
  const alike = Map.groupBy(rows.map(toWork), ({ tenant, kind }) => `${tenant}#${kind}`);
  return [...alike.values()].flatMap((works) => {
    const size = BUNDLED[works[0]!.kind] ?? 1;
    return Array.from({ length: Math.ceil(works.length / size) }, (_, i): DueMessage => {
      const [first, ...also] = works.slice(i * size, (i + 1) * size);
      return { ...first!, now, ...(also.length ? { also: also.map(({ id, at }) => ({ id, at })) } : {}) };
    });
  });
}

const latestOf = (rows: readonly FoundWork[]): FoundWork => rows.reduce((a, b) => (b.at > a.at ? b : a));
const toWork = ({ tenant, id, kind, at }: FoundWork): DueWork => ({ tenant, id, kind, at });
