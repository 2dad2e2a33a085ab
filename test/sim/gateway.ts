/** The HTTP API: one function per domain, each with containers of its own. */
import { httpHandler } from '../../functions/runtime/http.ts';
import type { HttpEvent, Route } from '../../functions/runtime/route.ts';
import { routes as activities } from '../../functions/activities/http.ts';
import { routes as customers } from '../../functions/customers/http.ts';
import { routes as insight } from '../../functions/insight/http.ts';
import { routes as leads } from '../../functions/leads/http.ts';
import { routes as sales } from '../../functions/sales/http.ts';
import { routes as workspace } from '../../functions/workspace/http.ts';
import { entries } from '../../infra/entries.ts';
import { type Container, NoAnswer } from './container.ts';
import type { World } from './world.ts';

const FUNCTIONS: Readonly<Record<string, readonly Route[]>> = { activities, customers, insight, leads, sales, workspace };

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From `/api/v1`, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sign-in subject of the caller; nobody's for public routes. */
  readonly subject?: string;
  /** The workspace the call is about. */
  readonly tenant: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>> & { readonly code?: string };
}

type Handler = ReturnType<typeof httpHandler>;
const HANDLERS = new WeakMap<Container, Handler>();

/** @throws NoAnswer when the function died, which API Gateway answers with 502 */
export async function call(world: World, { method, path, body, headers = {}, subject, tenant }: HttpCall): Promise<HttpAnswer> {
  const [rawPath = '', query = ''] = path.split('?');
  const { timeline, random, weather } = world;
  await timeline.sleep(random.int(1, 30));
  const container = world.idle(functionOf(rawPath));
  const handler = HANDLERS.get(container) ?? httpHandler(FUNCTIONS[container.kind]!, () => container.database);
  HANDLERS.set(container, handler);
  const requestId = `http-${++world.requests}`;
  const timeEpoch = timeline.nowMs + (weather.skewMs ? random.int(-weather.skewMs, weather.skewMs) : 0);
  const event = {
    rawPath: `/api/v1${rawPath}`,
    rawQueryString: query,
    headers: { 'content-type': 'application/json', 'x-workspace': tenant, ...headers },
    ...(query ? { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) } : {}),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
    routeKey: '$default',
    requestContext: {
      requestId,
      timeEpoch,
      http: { method, path: rawPath, sourceIp: '203.0.113.9' },
      ...(subject
        ? { authorizer: { jwt: { claims: { sub: subject, token_use: 'access', iat: String(Math.floor(timeEpoch / 1000) - 60) } } } }
        : {}),
    },
  } as unknown as HttpEvent;
  world.trace.add(`${timeline.nowMs} ${container.name} ${requestId} ${method} ${path} by ${subject ?? 'anybody'}`);
  try {
    // A session names all workspaces of its person.
    const only = rawPath === '/session' ? undefined : tenant;
    const answer = await container.invoke(async () => handler(event, { awsRequestId: requestId } as never), only);
    const parsed = answer.body ? (JSON.parse(answer.body) as HttpAnswer['body']) : {};
    world.trace.add(`${timeline.nowMs} ${requestId} answers ${answer.statusCode} ${String(parsed['code'] ?? '')}`);
    if (answer.statusCode! < 300) world.done.add(`${method} ${routeOf(container.kind, method, rawPath)}`);
    if (answer.statusCode === 500) world.violation(`${requestId} ${method} ${path} answered 500`);
    return { status: answer.statusCode!, headers: answer.headers ?? {}, body: parsed };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    world.trace.add(`${timeline.nowMs} ${requestId} is never answered`);
    throw error;
  }
}

/** The path of the route that takes a request, the one with the fewest parameters where several would. */
function routeOf(kind: string, method: string, path: string): string {
  const asked = path.split('/');
  const fits = (template: string): boolean => {
    const parts = template.split('/');
    return parts.length === asked.length && parts.every((part, i) => part === asked[i] || part.startsWith('{'));
  };
  const found = FUNCTIONS[kind]!.filter((route) => route.method === method && fits(route.path)).map((route) => route.path);
  return found.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? path;
}

/** The function whose routes hold the path, as the template wires them. */
function functionOf(path: string): string {
  const full = `/api/v1${path}`;
  const entry = entries.find(
    ({ trigger }) =>
      trigger.kind === 'http' && trigger.routes.some((route) => full === route.path || full.startsWith(route.path.replace('{proxy+}', ''))),
  );
  if (!entry) throw new Error(`no function takes ${path}`);
  return entry.name;
}
