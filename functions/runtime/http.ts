import { randomBytes, timingSafeEqual } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { can } from '../../shared/kernel/access.ts';
import { toInstant, toMs } from '../../shared/kernel/dates.ts';
import { AppError, forbidden } from '../../shared/kernel/errors.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Context } from '../records/context.ts';
import { theDatabase, type Database } from '../table/database.ts';
import { membershipsOf, type Membership } from '../table/entry.ts';
import { tenantTable } from '../table/tenantTable.ts';
import { activeMembersOf, actorOf, homeOf, readDirectory } from './directory.ts';
import { log, loggable } from './log.ts';
import { toProblem, type Problem } from './problem.ts';
import {
  ACCESS_EPOCH,
  findRoute,
  type Answer,
  type HttpEvent,
  type MemberRoute,
  type PublicRoute,
  type Request,
  type Route,
} from './route.ts';

const MOST_BYTES = 1_000_000;
const GZIP_FROM = 2_048;
const MOST_DEPTH = 40;

/** The Lambda of a domain: finds the route, the actor and the use case; turns what is thrown into problem+json, once, here. */
export function httpHandler(routes: readonly Route[], database: () => Database = theDatabase) {
  return middy<HttpEvent, APIGatewayProxyStructuredResultV2>()
    .use({
      onError: (request) => {
        // A fault before or beside the routes; they answer their own.
        log('error', 'fault outside of a route', loggable(request.error));
        request.response = respond(
          {
            status: 500,
            body: toProblem({ code: 'internal', status: 500, params: undefined, issues: undefined }, request.context?.awsRequestId ?? ''),
          },
          '',
        );
      },
    })
    .handler((event: HttpEvent) => answer(routes, database(), event));
}

async function answer(routes: readonly Route[], db: Database, event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> {
  const { requestId } = event.requestContext;
  const headers = event.headers as Request['headers'];
  const encoding = headers['accept-encoding'] ?? '';
  const path = event.rawPath.replace(/^\/api\/v1(?=\/|$)/, '');
  const { method } = event.requestContext.http;
  const found = findRoute(routes, method, path);
  const route = 'route' in found ? found.route : undefined;
  const open = route && isPublic(route) ? route : undefined;
  const reply = (given: Answer) => respond(open?.anyOrigin ? { ...given, headers: { ...given.headers, ...ANY_ORIGIN } } : given, encoding);
  try {
    if (!('route' in found)) {
      if (method === 'OPTIONS' && isOpenToPages(routes, path, headers)) return respond({ status: 204, headers: PREFLIGHT }, encoding);
      const status = found.methods.length ? 405 : 404;
      throw new AppError(status === 405 ? 'route.method' : 'route.notFound', {
        status,
        ...(status === 405 ? { params: { methods: found.methods } } : {}),
      });
    }
    const request = readRequest(db, event, path, found.params);
    return reply(isPublic(found.route) ? await found.route.run(request) : await runAsMember(found.route, event, request));
  } catch (error) {
    const known = error instanceof AppError;
    if (!known || error.status >= 500) log('error', known ? error.code : 'fault', { requestId, route: event.routeKey, ...loggable(error) });
    const problem = known
      ? toProblem(error, requestId)
      : toProblem({ code: 'internal', status: 500, params: undefined, issues: undefined }, requestId);
    return reply(open?.problemPage?.(problem, headers) ?? { status: problem.status, body: problem, headers: problemHeaders(problem) });
  }
}

const isPublic = (route: Route): route is PublicRoute => route.access.kind === 'public';

/* Pages of other sites: any may send, none with credentials, so nothing here speaks for a signed-in person. */
const ANY_ORIGIN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
const PREFLIGHT = {
  ...ANY_ORIGIN,
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type, idempotency-key',
  'access-control-max-age': '86400',
};

function isOpenToPages(routes: readonly Route[], path: string, headers: Request['headers']): boolean {
  const asked = findRoute(routes, headers['access-control-request-method'] ?? '', path);
  return 'route' in asked && isPublic(asked.route) && asked.route.anyOrigin === true;
}

function problemHeaders({ status, params }: Problem): Record<string, string> {
  const wait = params?.['retryAfterSeconds'] ?? (status === 503 ? 2 : undefined);
  return { 'content-type': 'application/problem+json', ...(wait === undefined ? {} : { 'retry-after': String(wait) }) };
}

async function runAsMember(route: MemberRoute, event: HttpEvent, request: Request): Promise<Answer> {
  const ctx = await enter(event, request);
  if (route.access.kind === 'record' && !can(ctx.actor, route.access.action, definitionOf(route.access.type))) throw forbidden();
  const answer = await route.run(ctx, request);
  return { ...answer, headers: { [ACCESS_EPOCH]: String(ctx.epoch), ...answer.headers } };
}

/** From a token to an actor: the token names a person, the membership item his workspace, the member's record his rights. */
async function enter(event: HttpEvent, request: Request): Promise<Context> {
  const claims = event.requestContext.authorizer?.jwt?.claims ?? {};
  const subject = String(claims['sub'] ?? '');
  if (!subject || claims['token_use'] !== 'access') throw new AppError('auth.token', { status: 401 });
  const memberships = await membershipsOf(request.db, subject);
  const wanted = request.headers['x-workspace'];
  const choice = wanted ? memberships.filter(({ tenant }) => tenant === wanted) : memberships;
  if (!choice.length) throw new AppError('access.workspace', { status: 403 });
  const { table, directory, actor, memberId } = await firstOpen(request, choice);
  const sessionsFrom = directory.members.get(memberId)?.['sessionsFrom'] as string | undefined;
  // `iat` has whole seconds: a token of the very second in which sessions were ended counts as ended.
  if (sessionsFrom && Number(claims['iat']) * 1000 < toMs(sessionsFrom)) throw new AppError('auth.token', { status: 401 });
  if (!actor) throw new AppError('access.disabled', { status: 403 });
  const isBarred = directory.workspace?.['twoStepRequired'] === true && directory.members.get(memberId)?.['twoStepSince'] === undefined;
  // Who he is he is told even so, and with it what is asked of him.
  if (isBarred && request.path !== '/session') throw new AppError('access.twoStep', { status: 403 });
  return {
    table,
    actor,
    epoch: directory.epoch,
    now: request.now,
    requestId: request.requestId,
    writeId: request.headers['idempotency-key']?.slice(0, 100) ?? request.requestId,
    shape: directory.shape,
    activeMembers: activeMembersOf(directory),
    home: homeOf(directory, memberId),
    random: (bytes) => randomBytes(bytes),
  };
}

/** The first of a person's workspaces that is open to him, or the last one that is not. */
async function firstOpen({ db, now, headers }: Request, memberships: readonly Membership[]) {
  for (let i = 0; ; i++) {
    const { tenant, memberId } = memberships[i]!;
    const table = tenantTable(db, tenant);
    let directory = await readDirectory(db, table, now, { epoch: Number(headers[ACCESS_EPOCH] ?? 0) });
    // A kept directory lets in for half a minute too long, never the reverse: who has just joined must not wait.
    if (!actorOf(directory, memberId)) directory = await readDirectory(db, table, now, { fresh: true });
    const actor = actorOf(directory, memberId);
    if (actor || i + 1 === memberships.length) return { table, directory, actor, memberId };
  }
}

function readRequest(db: Database, event: HttpEvent, path: string, params: Record<string, string>): Request {
  const headers = event.headers as Record<string, string>;
  const contentType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  return {
    method: event.requestContext.http.method,
    path,
    params,
    query: (event.queryStringParameters ?? {}) as Record<string, string>,
    headers,
    cookies: event.cookies ?? [],
    body: readBody(event, contentType),
    contentType,
    now: toInstant(event.requestContext.timeEpoch),
    requestId: event.requestContext.requestId,
    address: addressOf(headers, event.requestContext.http.sourceIp),
    db,
  };
}

function readBody(event: HttpEvent, contentType: string): unknown {
  if (event.body === undefined || event.body === '') return undefined;
  const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;
  if (Buffer.byteLength(text) > MOST_BYTES) throw new AppError('body.tooLarge', { status: 413, params: { most: MOST_BYTES } });
  if (contentType !== 'application/json') return text;
  try {
    const body: unknown = JSON.parse(text);
    if (depthExceeds(body, MOST_DEPTH)) throw new AppError('body.tooDeep', { status: 400 });
    return body;
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('body.json', { status: 400, cause: error });
  }
}

/** Walks without recursion: a body may be nested deeper than the stack. */
function depthExceeds(body: unknown, most: number): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length; depth++) {
    if (depth > most) return true;
    level = level.flatMap((value) => (value !== null && typeof value === 'object' ? Object.values(value) : []));
  }
  return false;
}

/** The visitor's address: CloudFront's word when it proves itself by the shared secret, else the peer's own. */
function addressOf(headers: Readonly<Record<string, string>>, peer: string): string {
  const secret = process.env['EDGE_SECRET'];
  const given = headers['x-origin-secret'];
  if (!secret || given?.length !== secret.length) return peer;
  return timingSafeEqual(Buffer.from(given), Buffer.from(secret)) ? (headers['x-client-ip'] ?? peer) : peer;
}

/** A picture: it is small already, and its route says what it is and how long it may be kept. */
const binary = (statusCode: number, body: Uint8Array, headers: Readonly<Record<string, string>>): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { ...headers },
  body: Buffer.from(body).toString('base64'),
  isBase64Encoded: true,
});

function respond({ status, body, headers = {}, cookies }: Answer, encoding: string): APIGatewayProxyStructuredResultV2 {
  if (body instanceof Uint8Array) return binary(status, body, headers);
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const common = { statusCode: status, ...(cookies?.length ? { cookies: [...cookies] } : {}) };
  const typed = { 'cache-control': 'no-store', ...(text ? { 'content-type': 'application/json' } : {}), ...headers };
  if (text.length < GZIP_FROM || !/\bgzip\b/.test(encoding)) return { ...common, headers: typed, body: text };
  return {
    ...common,
    headers: { ...typed, 'content-encoding': 'gzip', vary: 'accept-encoding' },
    body: gzipSync(text).toString('base64'),
    isBase64Encoded: true,
  };
}
