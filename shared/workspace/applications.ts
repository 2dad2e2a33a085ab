import * as z from 'zod/mini';
import { toInstant, toMs } from '../kernel/dates.ts';
import { AppError } from '../kernel/errors.ts';
import { kindOf } from '../kernel/fields/index.ts';
import type { Plan } from '../kernel/plan.ts';
import type { AnyRecord } from '../kernel/record.ts';
import { LOCALES, type Instant, type Locale } from '../kernel/types.ts';
import { application, APPLICATION_DAYS, type Application } from './application.ts';

const DAY_MS = 86_400_000;

/** The address under which people apply. Its code is secret in so far as nobody guesses it; whoever has it may pass it on. */
export const APPLY_CODE = /^[\w-]{22}$/;
export const applyPath = (code: string): string => `/apply/${code}`;

/** What somebody says of himself; strict, each text within the limits of its field. */
export interface Applicant {
  readonly name: string;
  readonly email: string;
  readonly department?: string | undefined;
  readonly remark?: string | undefined;
  readonly language: Locale;
}

const fieldShape = <N extends keyof typeof application.fields>(name: N) => {
  const field = application.fields[name];
  return (kindOf(field) as { schema: (of: typeof field) => unknown }).schema(field) as z.ZodMiniType<string>;
};

/** Parts of the body that applies. */
export const applicantShape = () => ({
  name: fieldShape('name'),
  email: fieldShape('email'),
  department: z.optional(fieldShape('department')),
  remark: z.optional(fieldShape('remark')),
  language: z.enum(LOCALES, 'choice.unknown'),
});

/** Until when it can be decided. */
export const applicationEnds = ({ createdAt }: Pick<Application, 'createdAt'>): Instant =>
  toInstant(toMs(createdAt) + APPLICATION_DAYS * DAY_MS);

/** Whether it is to be decided, by now: what has had its time may still be in the table for a day or two. */
export const isOver = (one: Pick<Application, 'createdAt'>, now: Instant): boolean => toMs(applicationEnds(one)) <= toMs(now);
export const isWaiting = (one: Pick<Application, 'createdAt' | 'status'>, now: Instant): boolean =>
  one.status === 'waiting' && !isOver(one, now);

/**
 * One application of an address waits at a time: who asks again corrects what he has said, and is told of once.
 * @param standing  the last one of that address; a decided one is left as it is where it came of this very wish
 * @param id  of a new one, made of the wish
 */
export function planApplication(
  applicant: Applicant,
  { standing, id, now }: { standing: AnyRecord | undefined; id: string; now: Instant },
): Plan {
  const { email, ...said } = { department: null, remark: null, ...applicant };
  if (!standing || (standing.id !== id && !isWaiting(standing as unknown as Application, now))) {
    const values = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null && value !== undefined));
    return { writes: [{ op: 'create', type: 'application', id, values: { ...values, email, status: 'waiting' } }] };
  }
  const change = Object.fromEntries(Object.entries(said).filter(([name, value]) => (standing[name] ?? null) !== (value ?? null)));
  if (standing['status'] !== 'waiting' || !Object.keys(change).length) return { writes: [] };
  return { writes: [{ op: 'update', type: 'application', id: standing.id, version: standing.version, change }] };
}

/**
 * Asks before a decision is carried out. A refusal may be taken back by an approval; an approval stands, and ends with
 * the member it made.
 * @returns false when it has been carried out already, and nothing is left to do
 * @throws AppError application.over, application.decided (409)
 */
export function asksForDecision(one: Application, decision: 'approved' | 'declined', now: Instant): boolean {
  if (one.status === decision) return false;
  if (isOver(one, now)) throw new AppError('application.over', { status: 409 });
  if (one.status === 'approved') throw new AppError('application.decided', { status: 409 });
  return true;
}
