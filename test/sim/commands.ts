/** What people at work do with a record beside changing it: each command of a type, with the bodies it may have. */
import { addDays } from '../../shared/kernel/dates.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { CLOSE_REASONS } from '../../shared/sales/lists.ts';
import { LINE_EXAMPLE } from '../../shared/sales/lines.ts';
import { PROJECT_STAGES, STAGES } from '../../shared/sales/stages.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import { activity } from '../../shared/activities/activity.ts';
import { churnWarning } from '../../shared/insight/churnWarning.ts';
import type { Random } from './random.ts';

export interface Command {
  readonly type: string;
  readonly name: string;
  readonly body?: (random: Random) => Values;
  /** Records in the answer, by type: what the caller then knows to be written. Otherwise the answer is the record itself. */
  readonly parts?: Readonly<Record<string, string>>;
  /** It makes a record of its own and changes none, so no version is named. */
  readonly makes?: true;
}

/** The day on which people are at work. */
export const TODAY = '2026-03-02';

const CLOSING = { activity: 'activity', next: 'activity', nextStep: 'activity' } as const;
const SAMPLES = 12;

const lost = (random: Random): Values => ({ outcome: 'lost', reasons: [random.pick(CLOSE_REASONS).key], lostTo: 'Acme' });
const nextStep = (random: Random): Values => ({
  subject: `Next ${random.int(1, 3)}`,
  type: random.pick(activity.fields.type.options).key,
  plannedStart: kindOf(activity.fields.plannedStart).sample(activity.fields.plannedStart, random.int(0, SAMPLES)),
});

export const COMMANDS: readonly Command[] = [
  { type: 'opportunity', name: 'close', body: (random) => (random.chance(0.6) ? { outcome: 'won' } : lost(random)) },
  {
    type: 'opportunity',
    name: 'reopen',
    body: (random) => (random.chance(0.5) ? { stage: random.pick(STAGES.slice(0, -1)).key } : {}),
  },
  { type: 'opportunity', name: 'clone', makes: true },
  { type: 'opportunity', name: 'order', parts: { order: 'order', opportunity: 'opportunity' } },
  { type: 'order', name: 'confirm' },
  { type: 'order', name: 'close' },
  { type: 'order', name: 'cancel' },
  {
    type: 'activity',
    name: 'complete',
    body: (random) => ({ outcome: `Result ${random.int(1, 3)}`, ...(random.chance(0.4) ? { nextStep: nextStep(random) } : {}) }),
    parts: CLOSING,
  },
  { type: 'activity', name: 'cancel', parts: CLOSING },
  { type: 'activity', name: 'reopen' },
  { type: 'churnWarning', name: 'acknowledge' },
  { type: 'churnWarning', name: 'snooze', body: (random) => ({ until: addDays(TODAY, random.int(0, 2)) }) },
  {
    type: 'churnWarning',
    name: 'close',
    body: (random) => ({
      outcome: random.pick(churnWarning.fields.outcome.options).key,
      ...(random.chance(0.4) ? { note: `Note ${random.int(1, 3)}` } : {}),
    }),
  },
  { type: 'churnWarning', name: 'reopen' },
  {
    type: 'pipeline',
    name: 'remove-stage',
    body: (random) => ({ stage: random.pick(PROJECT_STAGES).key, movesTo: random.pick(PROJECT_STAGES).key }),
  },
];

/** What a record needs so that its commands have something to do. */
export const READY: Readonly<Record<string, (random: Random) => Values>> = {
  pipeline: () => ({ stages: PROJECT_STAGES, retired: false }),
  opportunity: (random) => ({ stage: random.chance(0.4) ? 'signed' : random.pick(STAGES).key }),
  order: (random) => ({ lines: LINE_EXAMPLE, currency: 'CNY', orderedOn: addDays(TODAY, -random.int(0, 120)) }),
  activity: (random) => ({
    status: 'planned',
    plannedStart: `${TODAY}T10:00:00.000Z`,
    plannedEnd: `${TODAY}T11:00:00.000Z`,
    ...(random.chance(0.5) ? { cycle: { unit: 'day', every: 1 } } : {}),
    ...(random.chance(0.5) ? { remindMinutes: random.int(0, 60) } : {}),
  }),
};

/** The records an answer tells of, with their types. */
export function recordsIn({ type, parts }: Command, body: Values): [type: string, record: AnyRecord][] {
  if (!parts) return [[type, body as AnyRecord]];
  return Object.entries(parts).flatMap(([part, of]) => (body[part] ? [[of, body[part] as AnyRecord] as [string, AnyRecord]] : []));
}
