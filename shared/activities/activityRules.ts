import { toInstant, toMs } from '../kernel/dates.ts';
import { sameValue } from '../kernel/diff.ts';
import type { Issue } from '../kernel/errors.ts';
import type { Values } from '../kernel/record.ts';
import type { Instant } from '../kernel/types.ts';

export const isOpenActivity = ({ status }: Values | { readonly status?: unknown }): boolean =>
  status === 'planned' || status === 'inProgress';

/** Where open work without a time stands in the lists of what is due: after everything else, and never overdue. */
export const SOMEDAY: Instant = '9998-12-31T23:59:59.999Z';

const DAY_MS = 86_400_000;

/** Status, actual times and the moment something is due follow from each other. */
export const activityRules = {
  /**
   * Planned unless its times say otherwise; begun when it goes into progress, ended when it is done; due, as long as it
   * is open, at its end, else at its start. Whole days are due when they end.
   */
  derive: (given: Values, before: Values | undefined, now: Instant): Values => {
    const { dueAt: _dueAt, ...rest } = given;
    const values = withActualTimes({ ...rest, status: rest['status'] ?? statusFrom(rest) }, before, now);
    return isOpenActivity(values) ? { ...values, dueAt: dueOf(values) } : values;
  },
  check: (values: Values): Issue[] => [
    ...(isOpenActivity(values) && values['actualEnd'] !== undefined ? [{ field: 'actualEnd', code: 'activity.time.notEnded' }] : []),
    ...(values['status'] === 'planned' && values['actualStart'] !== undefined
      ? [{ field: 'actualStart', code: 'activity.time.notBegun' }]
      : []),
    ...endsBeforeStart(values, 'plannedStart', 'plannedEnd'),
    ...endsBeforeStart(values, 'actualStart', 'actualEnd'),
    ...cycleIssues(values),
  ],
};

const statusFrom = ({ actualStart, actualEnd }: Values): string =>
  actualEnd !== undefined ? 'done' : actualStart !== undefined ? 'inProgress' : 'planned';

function withActualTimes(values: Values, before: Values | undefined, now: Instant): Values {
  const { actualStart, actualEnd } = values;
  switch (values['status']) {
    case 'planned':
      return withoutFormer(values, before, ['actualStart', 'actualEnd']);
    case 'inProgress':
      return { ...withoutFormer(values, before, ['actualEnd']), actualStart: actualStart ?? now };
    case 'done': {
      const end = actualEnd ?? now;
      return { ...values, actualStart: actualStart ?? end, actualEnd: end };
    }
    default:
      return values;
  }
}

/** Times that stood before go with the state they belonged to; those that somebody gives stay, and are looked at. */
const withoutFormer = (values: Values, before: Values | undefined, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => !names.includes(name) || !sameValue(value, before?.[name])));

function dueOf({ plannedStart, plannedEnd, allDay }: Values): Instant {
  if (plannedEnd !== undefined) return String(plannedEnd);
  if (plannedStart === undefined) return SOMEDAY;
  // Who plans whole days says where the last one ends, in his zone; else a day is taken to be one of 24 hours.
  return allDay === true ? toInstant(toMs(String(plannedStart)) + DAY_MS - 1) : String(plannedStart);
}

const endsBeforeStart = (values: Values, start: string, end: string): Issue[] =>
  values[start] !== undefined && values[end] !== undefined && toMs(String(values[end])) < toMs(String(values[start]))
    ? [{ field: end, code: 'activity.time.endBeforeStart' }]
    : [];

/** A cycle belongs to the open occurrence, which hands it on to the next one when it is closed by a command. */
function cycleIssues(values: Values): Issue[] {
  if (values['cycle'] === undefined) return [];
  if (!isOpenActivity(values)) return [{ field: 'cycle', code: 'activity.cycle.closed' }];
  const hasTime = values['plannedStart'] !== undefined || values['plannedEnd'] !== undefined;
  return hasTime ? [] : [{ field: 'cycle', code: 'activity.cycle.noTime' }];
}
