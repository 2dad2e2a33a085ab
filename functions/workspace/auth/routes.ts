import * as z from 'zod/mini';
import { refTo, schemaName } from '../../../shared/kernel/openApiSchemas.ts';
import { definitionOf } from '../../../shared/registry.ts';
import type { Answer, MemberRoute, PublicRoute, Request, Route } from '../../runtime/route.ts';
import { LOCALES } from '../../../shared/kernel/types.ts';
import { logoShape } from '../../../shared/workspace/logo.ts';
import { acceptInvite, readInvite } from './acceptInvite.ts';
import { signed } from './answers.ts';
import { apply, confirmApplication, readApplyPage } from './apply.ts';
import { BODIES, type Body, readBody } from './requests.ts';
import { forgot, reset } from './reset.ts';
import { resetTwoStep } from './resetTwoStep.ts';
import { refresh, signIn, signOut, signOutEverywhere } from './session.ts';
import { endOneSession, endOtherSessions, listSessions } from './sessions.ts';
import { signUp } from './signUp.ts';
import { noteSignIn } from './traces.ts';
import { beginTwoStep, confirmTwoStep, endTwoStep, readTwoStep, renewRecoveryCodes } from './twoStep.ts';

const sessionRow = () =>
  z.object({
    id: z.string(),
    startedAt: z.string(),
    usedAt: z.string(),
    address: z.string(),
    device: z.object({ browser: z.optional(z.string()), system: z.optional(z.string()) }),
    current: z.boolean(),
  });
const tokens = () => z.object({ accessToken: z.string(), expiresIn: z.int() });
type Answers = Readonly<Record<number, { readonly description: string; readonly body?: z.ZodMiniType }>>;

/** One route under `/auth`: open to all, for our own pages alone. */
function route<N extends keyof typeof BODIES>(
  path: string,
  summary: string,
  body: N,
  responses: () => Answers,
  run: (request: Request, body: Body<N>) => Promise<Answer>,
): PublicRoute {
  return {
    method: 'POST',
    path: `/auth/${path}`,
    access: { kind: 'public' },
    summary,
    api: () => ({ body: BODIES[body](), responses: responses() }),
    run: async (request) => run(request, readBody(body, request)),
  };
}

async function makeWorkspace(request: Request, body: Body<'signUp'>): Promise<Answer> {
  const account = await signUp(request, body);
  await noteSignIn(request, account);
  return signed(account);
}

const brand = () =>
  z.object({ name: z.string(), logo: z.optional(logoShape()), languages: z.array(z.enum(LOCALES)), language: z.enum(LOCALES) });
const shownAs = (description: string): Answers => ({ 200: { description, body: brand() } });

const opened = (): Answers => ({ 200: { description: 'signed in; the refresh token is a cookie', body: tokens() } });
const codes = (): Answers => ({
  200: { description: 'the recovery codes, this once', body: z.object({ recoveryCodes: z.array(z.string()) }) },
});
const ended = (): Answers => ({ 204: { description: 'signed out' } });

/** By an administrator, who has no more to do with the account than that. */
const resetOfMember: MemberRoute = {
  method: 'POST',
  path: '/members/{id}/reset-two-step',
  access: { kind: 'record', type: 'member', action: 'update' },
  summary: 'Take a member’s second step away, when he has lost app and codes',
  api: () => ({ responses: { 200: { description: 'the member, as he signs in now', body: refTo(schemaName(definitionOf('member'))) } } }),
  run: async (ctx, request) => ({ status: 200, body: await resetTwoStep(ctx, request, request.params['id']!) }),
};

export const routes: readonly Route[] = [
  resetOfMember,
  route('sign-up', 'Make a workspace and its owner', 'signUp', opened, makeWorkspace),
  route('sign-in', 'Sign in', 'signIn', opened, signIn),
  route('refresh', 'Get a new access token', 'nothing', opened, refresh),
  route('sign-out', 'End this session', 'nothing', ended, signOut),
  route('sign-out-everywhere', 'End all sessions of this person', 'nothing', ended, signOutEverywhere),
  route(
    'forgot',
    'Ask for a link to set a new password',
    'forgot',
    () => ({ 202: { description: 'whether or not there is such an account' } }),
    forgot,
  ),
  route('reset', 'Set a new password by a mailed token', 'reset', ended, reset),
  route('accept-invite', 'Join a workspace by a mailed token', 'acceptInvite', opened, acceptInvite),
  route('invitation', 'See where a mailed token leads', 'token', () => shownAs('the company that invites'), readInvite),
  route(
    'application-page',
    'See whose application link it is',
    'applyPage',
    () => shownAs('the company that takes applications'),
    readApplyPage,
  ),
  route(
    'apply',
    'Apply for an account',
    'apply',
    () => ({ 202: { description: 'a link is mailed, by which the address is proven; or too many were' } }),
    apply,
  ),
  route(
    'confirm-application',
    'Prove the address of an application by a mailed token',
    'token',
    () => ({
      200: {
        description: 'it waits for a decision until then; or the address is a member’s already',
        body: z.object({ outcome: z.enum(['waiting', 'member']), until: z.optional(z.string()) }),
      },
    }),
    confirmApplication,
  ),
  route(
    'sessions/list',
    'Where this person is signed in',
    'nothing',
    () => ({ 200: { description: 'this browser first, then the last used', body: z.object({ items: z.array(sessionRow()) }) } }),
    listSessions,
  ),
  route('sessions/end', 'End one session', 'session', ended, endOneSession),
  route('sessions/end-others', 'End all sessions but this one', 'nothing', ended, endOtherSessions),
  route(
    'two-step/read',
    'Whether this person signs in by two steps',
    'nothing',
    () => ({ 200: { description: 'and how many recovery codes are left', body: z.object({ on: z.boolean(), recoveryCodes: z.int() }) } }),
    readTwoStep,
  ),
  route(
    'two-step/begin',
    'Get a secret for an authenticator app',
    'password',
    () => ({ 200: { description: 'and as a QR code says it', body: z.object({ secret: z.string(), uri: z.string() }) } }),
    beginTwoStep,
  ),
  route('two-step/confirm', 'Ask for codes of the app from now on', 'code', codes, confirmTwoStep),
  route('two-step/end', 'Ask for no code any more', 'proof', () => ({ 204: { description: 'the password is enough' } }), endTwoStep),
  route('two-step/recovery-codes', 'Get new recovery codes', 'proof', codes, renewRecoveryCodes),
];
