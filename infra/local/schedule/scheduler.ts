import type { ShiftableClock } from '../clock.ts';
import type { Poller } from '../streams/streamPoller.ts';
import { parseExpression } from './expression.ts';

const minuteMs = 60_000;
/** How far back a jump of the clock is searched for a run that it skipped. */
const searchMinutes = 366 * 1440;

export interface ScheduleDefinition {
  name: string;
  expression: string;
  zone?: string;
  /** The payload; `<aws.scheduler.scheduled-time>` in it becomes the run's instant. */
  input: string;
  invoke(event: unknown): Promise<unknown>;
}

/**
 * Fires schedules at the minutes of the virtual clock. After a jump forward each one fires once, for the latest run
 * that was skipped: work that hangs on a tick catches up by itself, and a thousand ticks would only be slower.
 */
export function startScheduler(options: { schedules: ScheduleDefinition[]; clock: ShiftableClock; report(error: unknown): void }): Poller {
  const { clock, report } = options;
  const schedules = options.schedules.map((schedule) => ({
    ...schedule,
    expression: parseExpression(schedule.expression, schedule.zone),
    lastSeen: minuteOf(clock.now()),
  }));
  const underWay = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;

  function check() {
    const now = minuteOf(clock.now());
    for (const schedule of schedules) {
      const due = latestRun((at) => schedule.expression.isDue(at), schedule.lastSeen, now);
      schedule.lastSeen = now; // also after a jump back: the minutes come again
      if (due === undefined) continue;
      const run: Promise<unknown> = schedule
        .invoke(JSON.parse(schedule.input.replaceAll('<aws.scheduler.scheduled-time>', isoSeconds(due))))
        .catch(report)
        .finally(() => underWay.delete(run));
      underWay.add(run);
    }
    clearTimeout(timer);
    timer = setTimeout(check, minuteMs - (clock.now() % minuteMs));
  }

  const stopListening = clock.onShift(check);
  check();
  return {
    async close() {
      stopListening();
      clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}

/** The latest due minute in `(after, now]`, if any. */
export function latestRun(isDue: (at: number) => boolean, after: number, now: number): number | undefined {
  const oldest = Math.max(after + minuteMs, now - searchMinutes * minuteMs);
  for (let at = now; at >= oldest; at -= minuteMs) if (isDue(at)) return at;
  return undefined;
}

const minuteOf = (at: number) => at - (at % minuteMs);
const isoSeconds = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');
