import * as z from 'zod/mini';
import { addDays, daysBetween } from '../kernel/dates.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { kindOf } from '../kernel/fields/index.ts';
import type { AnyRecord, Values } from '../kernel/record.ts';
import { blanksToNull, parseWith } from '../kernel/schema.ts';
import type { Day } from '../kernel/types.ts';
import { churnWarning, type ChurnWarning } from './churnWarning.ts';

export const CHURN_STEPS = ['acknowledge', 'snooze', 'close', 'reopen'] as const;

/** What somebody does about a churn warning. */
export type ChurnStep =
  | { readonly kind: 'acknowledge' | 'reopen' }
  | { readonly kind: 'snooze'; readonly until: Day }
  | { readonly kind: 'close'; readonly outcome: NonNullable<ChurnWarning['outcome']>; readonly note?: string | null };

/** Longer is no snooze: whoever is silent for another year is lost. */
const LONGEST_SNOOZE_DAYS = 365;

export const isWarning = ({ status }: Values): boolean => status !== 'closed';

/**
 * What a step changes in a warning. A step that was taken already changes nothing.
 * @param today  of whoever takes the step
 * @throws AppError input.invalid (400) for a day that is past or too far; churn.closed (409) for a warning that was closed
 */
export function planChurnStep(warning: AnyRecord, step: ChurnStep, today: Day): Values {
  const { kind } = step;
  if (kind === 'reopen') return { status: 'open', outcome: null, snoozedUntil: null };
  const note = kind === 'close' ? (step.note ?? null) : undefined;
  if (!isWarning(warning)) {
    if (kind === 'close' && warning['outcome'] === step.outcome && (warning['note'] ?? null) === note) return {};
    throw new AppError('churn.closed', { status: 409 });
  }
  switch (kind) {
    case 'acknowledge':
      return { status: 'acknowledged', snoozedUntil: null };
    case 'snooze':
      if (step.until < today) throw invalid([{ field: 'until', code: 'churn.until.past' }]);
      if (step.until > addDays(today, LONGEST_SNOOZE_DAYS)) throw invalid([{ field: 'until', code: 'churn.until.tooFar' }]);
      return { status: 'snoozed', snoozedUntil: step.until };
    case 'close':
      return { status: 'closed', outcome: step.outcome, note, snoozedUntil: null };
    default:
      return kind satisfies never;
  }
}

/** What the day changes in a warning: a snoozed one comes back when it is due. */
export const wakeChange = (warning: AnyRecord, today: Day): Values =>
  warning['status'] === 'snoozed' && String(warning['snoozedUntil']) <= today
    ? { status: 'open', snoozedUntil: null, silentDays: daysBetween(String(warning['lastOrderOn']), today) }
    : {};

/**
 * How a warning ends because of what the orders say now: whoever bought again is warned of no longer, and where the order it
 * counted from is none any more, it was none.
 * @param lastOn  the customer's last day of buying; undefined when he has none
 * @returns undefined when it stands
 */
export function endOf(warning: AnyRecord, lastOn: Day | undefined): Values | undefined {
  const countedFrom = String(warning['lastOrderOn']);
  if (!isWarning(warning) || lastOn === countedFrom) return undefined;
  const outcome = lastOn !== undefined && lastOn > countedFrom ? 'boughtAgain' : 'falseAlarm';
  return { status: 'closed', outcome, snoozedUntil: null };
}

/** Whether one that ended by itself stands again, because the order that ended it is none any more. */
export const isUndone = ({ status, outcome, updatedBy }: AnyRecord): boolean =>
  status === 'closed' && outcome === 'boughtAgain' && updatedBy === 'system';

const fieldOf = (name: 'outcome' | 'snoozedUntil' | 'note') => kindOf(churnWarning.fields[name]).schema(churnWarning.fields[name]);
const BODIES = {
  acknowledge: () => z.strictObject({}, 'input.object'),
  reopen: () => z.strictObject({}, 'input.object'),
  snooze: () => z.strictObject({ until: fieldOf('snoozedUntil') }, 'input.object'),
  close: () => z.strictObject({ outcome: fieldOf('outcome'), note: z.optional(z.nullable(fieldOf('note'))) }, 'input.object'),
};

/** @throws AppError input.invalid (400) naming every field that is wrong */
export function readChurnStep(kind: ChurnStep['kind'], body: unknown): ChurnStep {
  const parsed = parseWith<object>(BODIES[kind](), blanksToNull(body ?? {}));
  if (!parsed.ok) throw invalid(parsed.issues);
  return { kind, ...parsed.value } as ChurnStep;
}
