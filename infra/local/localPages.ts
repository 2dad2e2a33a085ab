import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseShift, type ShiftableClock } from './clock.ts';
import type { LambdaFunction } from './lambda/lambdaFunction.ts';
import { inboxPolicy, listPage, mailDocument, mailPage, mailPolicy } from './mail/inboxPage.ts';
import type { Mailbox } from './mail/mailbox.ts';

/** Paths that exist on this machine alone. */
export const localRoot = '/_local';

export interface LocalPagesOptions {
  clock: ShiftableClock;
  mailbox: Mailbox;
  /** By the name of their entry. */
  functions: ReadonlyMap<string, LambdaFunction>;
}

type Answer = { status: number; type: string; body: string; headers?: Record<string, string> };

/**
 * What a developer and the tests reach besides the product:
 * - `GET /_local/mail` the inbox, `GET /_local/mail.json?to=…` the same for programs, `DELETE /_local/mail` empties it
 * - `GET /_local/clock` the virtual time, `POST {"shift":"+1d"}` or `{"now":"2026-11-23T08:00:00+08:00"}` moves it
 * - `POST /_local/invoke/<entry>` runs a function with the body as its event, as an operator would
 */
export function createLocalPages(options: LocalPagesOptions): (message: IncomingMessage, reply: ServerResponse) => Promise<void> {
  return async (message, reply) => {
    const { status, type, body, headers } = await answer(message, options);
    reply.writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    });
    reply.end(body);
  };
}

async function answer(message: IncomingMessage, { clock, mailbox, functions }: LocalPagesOptions): Promise<Answer> {
  const { method = 'GET' } = message;
  const url = new URL(message.url ?? '/', 'http://localhost');
  const path = url.pathname.slice(localRoot.length);
  // Another page may neither send us JSON without asking nor reach us by a name that leads here.
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(message.headers.host ?? ''))
    return json(403, { message: 'only by the name localhost' });
  if (method !== 'GET' && message.headers['content-type'] !== 'application/json')
    return json(415, { message: 'content-type: application/json' });

  if (path === '/mail' && method === 'DELETE') {
    mailbox.clear();
    return json(200, {});
  }
  if (path === '/clock' && method === 'POST') return moveClock(clock, await readText(message));
  const [, invoked] = /^\/invoke\/([\w-]+)$/.exec(path) ?? [];
  if (invoked !== undefined && method === 'POST') return invoke(functions.get(invoked), await readText(message));

  if (method !== 'GET') return json(404, { message: 'Not Found' });
  const root = `${localRoot}/mail`;
  if (path === '/mail') return html(listPage(mailbox.list(), root), inboxPolicy);
  if (path === '/mail.json') return json(200, { mails: mailbox.list({ to: url.searchParams.get('to') ?? undefined }) });
  if (path === '/clock') return json(200, clockState(clock));
  const [, id, part] = /^\/mail\/([\w-]+)(\/html)?$/.exec(path) ?? [];
  const mail = id === undefined ? undefined : mailbox.find(id);
  if (!mail) return json(404, { message: 'Not Found' });
  return part ? html(mailDocument(mail), mailPolicy) : html(mailPage(mail, root), inboxPolicy);
}

function moveClock(clock: ShiftableClock, body: string): Answer {
  const wish = parseJson(body) as { shift?: unknown; now?: unknown } | undefined;
  const shift = typeof wish?.shift === 'string' ? parseShift(wish.shift) : undefined;
  const now = typeof wish?.now === 'string' ? Date.parse(wish.now) : NaN;
  if (shift !== undefined) clock.shift(shift);
  else if (!Number.isNaN(now)) clock.set(now);
  else return json(400, { message: 'send {"shift":"+1d"} or {"now":"<ISO 8601>"}' });
  return json(200, clockState(clock));
}

const clockState = (clock: ShiftableClock) => ({ now: new Date(clock.now()).toISOString(), offsetMs: clock.offsetMs });

async function invoke(lambda: LambdaFunction | undefined, body: string): Promise<Answer> {
  const event = parseJson(body);
  if (!lambda || event === undefined) return json(lambda ? 400 : 404, { message: lambda ? 'the event is no JSON' : 'no such function' });
  const result = await lambda.invoke(event);
  return result.ok ? { status: 200, type: 'application/json', body: result.payload } : json(500, result.error);
}

function html(body: string, policy: string): Answer {
  return { status: 200, type: 'text/html', body, headers: { 'content-security-policy': policy } };
}

function json(status: number, value: object): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
