import * as z from 'zod/mini';
import type { Answer, PublicRoute, Request } from '../../runtime/route.ts';
import { acceptInvite } from './acceptInvite.ts';
import { signed } from './answers.ts';
import { BODIES, type Body, readBody } from './requests.ts';
import { forgot, reset } from './reset.ts';
import { refresh, signIn, signOut, signOutEverywhere } from './session.ts';
import { signUp } from './signUp.ts';

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

const opened = (): Answers => ({ 200: { description: 'signed in; the refresh token is a cookie', body: tokens() } });
const ended = (): Answers => ({ 204: { description: 'signed out' } });

export const routes: readonly PublicRoute[] = [
  route('sign-up', 'Make a workspace and its owner', 'signUp', opened, async (request, body) => signed(await signUp(request, body))),
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
];
