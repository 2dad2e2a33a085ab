/** People at the door: requests as API Gateway hands them over, with the claims of a token it has checked. */
import { httpHandler } from '../../functions/runtime/http.ts';
import type { HttpEvent, Route } from '../../functions/runtime/route.ts';
import type { Database } from '../../functions/table/database.ts';

export const NOW = Date.parse('2026-03-02T10:00:00.000Z');

export interface CallOptions {
  /** Name of the signed-in person, whose subject is `sub-<name>`; absent: nobody. */
  readonly as?: string | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Moment of the request and of the token, milliseconds. */
  readonly at?: number;
  readonly issuedAt?: number;
  /** Address of the caller. */
  readonly from?: string;
  /** Claims of the token that are others than those of an access token. */
  readonly claims?: Readonly<Record<string, unknown>>;
}
export type Call<Body> = (
  method: string,
  path: string,
  options?: CallOptions,
) => Promise<{ readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: Body }>;

/** Each visitor has a database of his own, which refuses what none of his doors leads to (`deskOn`). */
export function visitorsOf<Body>(routes: readonly Route[], desk: { readonly forVisitor: () => Database }): Call<Body> {
  const handlers = new Map<string, ReturnType<typeof httpHandler>>();
  const handlerFor = (visitor: string) => {
    let handler = handlers.get(visitor);
    if (!handler) {
      const database = desk.forVisitor();
      handlers.set(visitor, (handler = httpHandler(routes, () => database)));
    }
    return handler;
  };
  let count = 0;
  return async (method, path, options = {}) => {
    const event = httpEvent(method, path, options, `http-${++count}`);
    const answer = await handlerFor(options.as ?? '')(event, { awsRequestId: 'r' } as never);
    return {
      status: answer.statusCode!,
      headers: answer.headers as Record<string, unknown>,
      body: (answer.body ? JSON.parse(answer.body) : undefined) as Body,
    };
  };
}

/** The event of one request, in the shape of API Gateway's payload 2.0. */
export function httpEvent(
  method: string,
  path: string,
  { as, body, raw, headers = {}, at = NOW, issuedAt = NOW - 60_000, from = '203.0.113.9', claims }: CallOptions,
  requestId: string,
): HttpEvent {
  const [pathname = '', query = ''] = path.split('?');
  // Pages for people stand beside the API.
  const rawPath = pathname.startsWith('/f/') ? pathname : `/api/v1${pathname}`;
  const token = { sub: `sub-${as}`, token_use: 'access', iat: String(Math.floor(issuedAt / 1000)), ...claims };
  return {
    rawPath,
    rawQueryString: query,
    headers: { 'content-type': 'application/json', ...headers },
    ...(query ? { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) } : {}),
    ...(raw !== undefined ? { body: raw } : body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    routeKey: '$default',
    requestContext: {
      requestId,
      timeEpoch: at,
      http: { method, path: pathname, sourceIp: from },
      ...(as ? { authorizer: { jwt: { claims: token } } } : {}),
    },
  } as unknown as HttpEvent;
}
