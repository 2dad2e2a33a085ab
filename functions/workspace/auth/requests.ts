import * as z from 'zod/mini';
import { isZone } from '../../../shared/kernel/dates.ts';
import { AppError, invalid } from '../../../shared/kernel/errors.ts';
import { kindOf } from '../../../shared/kernel/fields/index.ts';
import { parseWith } from '../../../shared/kernel/schema.ts';
import { LOCALES } from '../../../shared/kernel/types.ts';
import { member } from '../../../shared/workspace/member.ts';
import { applicantShape, APPLY_CODE } from '../../../shared/workspace/applications.ts';
import { workspace } from '../../../shared/workspace/workspace.ts';
import { env } from '../../runtime/env.ts';
import type { Request } from '../../runtime/route.ts';

const settings = env('PUBLIC_URL');

const email = () => kindOf(member.fields.email).schema(member.fields.email) as z.ZodMiniType<string>;
const personName = () => kindOf(member.fields.name).schema(member.fields.name) as z.ZodMiniType<string>;
const workspaceName = () => kindOf(workspace.fields.name).schema(workspace.fields.name) as z.ZodMiniType<string>;
/** Cognito's own limit. */
const password = () =>
  z.string('text.expected').check(
    z.minLength(1, 'field.required'),
    z.maxLength(256, 'text.tooLong'),
    z.refine((text) => text.isWellFormed(), 'text.characters'),
  );
const code = () => z.string('text.expected').check(z.regex(/^\d{6}$/, 'code.invalid'));
const applyCode = () => z.string('text.expected').check(z.regex(APPLY_CODE, 'token.invalid'));
const token = () => z.string('text.expected').check(z.regex(/^[\w-]{43}$/, 'token.invalid'));

/** Bodies of the routes under `/auth`. */
export const BODIES = {
  signUp: () =>
    z.strictObject(
      {
        email: email(),
        password: password(),
        /** Of the authenticator app, where the address has an account that asks for it. */
        code: z.optional(code()),
        name: personName(),
        workspaceName: workspaceName(),
        locale: z.enum(LOCALES, 'choice.unknown'),
        zone: z.string('text.expected').check(z.refine(isZone, 'zone.unknown')),
      },
      'input.object',
    ),
  /** `keep: false` on a computer that others use: the session ends with the browser. */
  signIn: () =>
    z.strictObject(
      {
        email: email(),
        password: password(),
        code: z.optional(code()),
        recoveryCode: z.optional(z.string('text.expected').check(z.maxLength(40, 'text.tooLong'))),
        keep: z.optional(z.boolean('boolean.expected')),
      },
      'input.object',
    ),
  nothing: () => z.strictObject({}, 'input.object'),
  session: () => z.strictObject({ id: z.string('text.expected').check(z.regex(/^[\w-]{1,100}$/, 'text.characters')) }, 'input.object'),
  password: () => z.strictObject({ password: password() }, 'input.object'),
  code: () => z.strictObject({ code: code() }, 'input.object'),
  proof: () => z.strictObject({ password: password(), code: z.optional(code()) }, 'input.object'),
  forgot: () => z.strictObject({ email: email() }, 'input.object'),
  reset: () => z.strictObject({ token: token(), password: password() }, 'input.object'),
  token: () => z.strictObject({ token: token() }, 'input.object'),
  applyPage: () => z.strictObject({ code: applyCode() }, 'input.object'),
  apply: () => z.strictObject({ code: applyCode(), ...applicantShape() }, 'input.object'),
  /** Without a password: by the session that this browser has. */
  acceptInvite: () =>
    z.strictObject(
      { token: token(), password: z.optional(password()), code: z.optional(code()), name: z.optional(personName()) },
      'input.object',
    ),
} as const;

export type Body<N extends keyof typeof BODIES> = z.infer<ReturnType<(typeof BODIES)[N]>>;

/**
 * The body of a request that only our own pages may send: cookies go with it, so another site must not.
 * @throws AppError auth.origin (403), body.type (415), input.invalid (400)
 */
export function readBody<N extends keyof typeof BODIES>(name: N, { headers, contentType, body }: Request): Body<N> {
  if (headers['origin'] !== settings().PUBLIC_URL) throw new AppError('auth.origin', { status: 403 });
  if (contentType !== 'application/json') throw new AppError('body.type', { status: 415 });
  const parsed = parseWith(BODIES[name]() as unknown as z.ZodMiniType<Body<N>>, body);
  if (!parsed.ok) throw invalid(parsed.issues);
  return parsed.value;
}

const SHORTEST_PASSWORD = 12;

/** @throws AppError input.invalid (422); the pool's own policy has the last word, this one saves it the work */
export function assertPassword(chosen: string): void {
  if (chosen.length < SHORTEST_PASSWORD) throw weakPassword('password.tooShort', { limit: SHORTEST_PASSWORD });
}

export const weakPassword = (code = 'password.weak', params?: { limit: number }): AppError =>
  new AppError('input.invalid', { status: 422, issues: [{ field: 'password', code, ...(params ? { params } : {}) }] });
