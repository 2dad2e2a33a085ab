import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { vi } from 'vitest';
import { routes as authRoutes } from '../../functions/workspace/auth.ts';
import { routes as workspaceRoutes } from '../../functions/workspace/http.ts';
import { httpHandler } from '../../functions/runtime/http.ts';
import type { HttpEvent } from '../../functions/runtime/route.ts';
import type { MailMessage } from '../../functions/services/mailQueue.ts';
import type { Database } from '../../functions/table/database.ts';
import { createClock } from '../../infra/local/clock.ts';
import { startUserPool } from '../../infra/local/userPool/server.ts';
import { stubAwsEnvironment } from '../functions/services/awsEnvironment.ts';
import { poolSettings } from '../infra/local/userPoolClient.ts';
import { type Desk, openDesk } from './desk.ts';

const START = Date.parse('2031-03-01T12:00:00Z');
export const SITE = 'https://crm.test';
export const PASSWORD = 'correct horse battery';

/** What the tests read of an answer's body. */
export interface Answered {
  readonly accessToken: string;
  readonly code: string;
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly [name: string]: unknown;
}
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Answered;
}
export interface CallOptions {
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly cookie?: string | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly address?: string;
}

/** The functions behind sign-in and the workspace's own routes, over a user pool and a table, with their mails in hand. */
export async function openAuthHost({ signUp = 'open', desk }: { signUp?: 'open' | 'invite' | 'closed'; desk?: Desk } = {}) {
  const { db } = desk ?? (await openDesk());
  const clock = createClock(() => START);
  const pool = await startUserPool({ clock, pool: poolSettings });
  const queue = mockClient(SQSClient).on(SendMessageCommand).resolves({});
  stubAwsEnvironment({
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: pool.url,
    USER_POOL_ID: poolSettings.poolId,
    USER_POOL_CLIENT_ID: poolSettings.clientId,
    USER_POOL_CLIENT_SECRET: poolSettings.clientSecret,
    MAIL_QUEUE_URL: 'http://localhost:1/mail',
    PUBLIC_URL: SITE,
    SIGN_UP: signUp,
  });
  const requests: { command: string; input: string }[] = [];
  const watched = (db: Database): Database => ({
    ...db,
    send: ((command: { input: unknown }) => {
      requests.push({ command: command.constructor.name, input: JSON.stringify(command.input) });
      return db.send(command as never);
    }) as Database['send'],
  });
  /** Kept, because directories are kept by it; a test may put another in its place. */
  const usual = watched(db);
  let database = usual;
  const auth = httpHandler(authRoutes, () => database);
  const workspace = httpHandler(workspaceRoutes, () => database);
  let count = 0;

  async function call(
    method: string,
    pathAndQuery: string,
    { body, token, cookie, headers = {}, address = '203.0.113.9' }: CallOptions = {},
  ): Promise<Reply> {
    const [path = '', query = ''] = pathAndQuery.split('?');
    const event = {
      rawPath: `/api/v1${path}`,
      rawQueryString: query,
      queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
      headers: Object.fromEntries(
        Object.entries({ 'content-type': 'application/json', origin: SITE, ...headers }).filter(([, value]) => value !== undefined),
      ),
      ...(cookie === undefined ? {} : { cookies: [cookie] }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      isBase64Encoded: false,
      routeKey: '$default',
      requestContext: {
        requestId: `auth-${++count}`,
        timeEpoch: clock.now(),
        http: { method, path, sourceIp: address },
        ...(token ? { authorizer: { jwt: { claims: claimsOf(token) } } } : {}),
      },
    } as unknown as HttpEvent;
    const isAccount = path.startsWith('/auth/') || path.endsWith('/reset-two-step');
    const answer = await (isAccount ? auth : workspace)(event, { awsRequestId: 'r' } as never);
    return {
      status: answer.statusCode!,
      headers: (answer.headers ?? {}) as Record<string, string>,
      cookies: answer.cookies ?? [],
      body: (answer.body ? JSON.parse(answer.body) : undefined) as Answered,
    };
  }

  return {
    db,
    clock,
    pool,
    queue,
    call,
    post: (path: string, body: unknown, options: Omit<CallOptions, 'body'> = {}) => call('POST', path, { ...options, body }),
    /** Mails put into the queue so far, oldest first. */
    mails: (): MailMessage[] =>
      queue.commandCalls(SendMessageCommand).map(({ args }) => JSON.parse(args[0].input.MessageBody!) as MailMessage),
    /** From here on, mails are counted anew. */
    forgetMails: () => queue.resetHistory(),
    /** Everything the database has been told, in order. */
    told: (): readonly { command: string; input: string }[] => requests,
    /** Runs with another database, for faults. */
    async on<T>(other: Database, work: () => Promise<T>): Promise<T> {
      database = other;
      return work().finally(() => (database = usual));
    },
    async close(): Promise<void> {
      queue.restore();
      vi.unstubAllEnvs();
      await pool.close();
    },
  };
}
export type AuthHost = Awaited<ReturnType<typeof openAuthHost>>;

/** What API Gateway hands on of a token it has checked: every claim as text. */
function claimsOf(token: string): Record<string, string> {
  const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)]));
}

/** `name=value` of the cookie that an answer sets. */
export const cookieOf = ({ cookies }: Reply): string => cookies[0]!.split(';')[0]!;

/** The token in the link of a mail. */
export const tokenIn = (message: MailMessage): string => /#([\w-]{43})/.exec(message.mail.text)![1]!;
