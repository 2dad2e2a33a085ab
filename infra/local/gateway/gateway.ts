import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { InvokeResult } from '../lambda/sandbox.ts';
import { type CorsConfiguration, corsHeaders, preflight } from './cors.ts';
import { type HttpEvent, type HttpRequest, splitUrl, toHttpEvent } from './httpEvent.ts';
import { gatewayMessage, type HttpResponse, toHttpResponse } from './httpResponse.ts';
import type { JwtAuthorizer } from './jwtAuthorizer.ts';
import { createRouteTable, type Route } from './routeTable.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const bodyLimitBytes = 10 * 1024 * 1024;
const eventLimitBytes = 6 * 1024 * 1024;
const integrationLimitMs = 30_000;

export interface RouteTarget {
  invoke(event: HttpEvent): Promise<InvokeResult>;
  authorizer?: JwtAuthorizer;
  scopes?: readonly string[];
}

export interface Gateway {
  handle(request: HttpRequest): Promise<HttpResponse>;
}

/** An HTTP API: preflight, route, authorizer, function, in API Gateway's order. Throttling is knowingly missing. */
export function createGateway(options: {
  routes: readonly Route<RouteTarget>[];
  domainName: string;
  cors?: CorsConfiguration;
  clock: Clock;
  /** How long a function may take; API Gateway's own limit when absent. */
  timeoutMs?: number;
}): Gateway {
  const { domainName, cors, clock, timeoutMs = integrationLimitMs } = options;
  const table = createRouteTable(options.routes);

  async function answer(request: HttpRequest): Promise<HttpResponse> {
    const match = table.find(request.method, splitUrl(request.url).rawPath);
    if (!match) return gatewayMessage(404, 'Not Found');
    if (request.body.length > bodyLimitBytes) return gatewayMessage(413, 'Request Entity Too Large');
    const { invoke, authorizer, scopes = [] } = match.route.target;
    const authorized = await authorizer?.check(request, scopes);
    if (authorized && 'status' in authorized) return authorized;
    const event = toHttpEvent(request, match, { now: clock.now(), domainName, authorized });
    if ((event.body?.length ?? 0) > eventLimitBytes) return gatewayMessage(413, 'Request Entity Too Large');
    const response = await withinLimit(invoke(event), timeoutMs);
    return response ? toHttpResponse(response) : gatewayMessage(503, 'Service Unavailable');
  }

  return {
    async handle(request) {
      if (cors && request.method === 'OPTIONS') return preflight(cors, request.headers);
      const response = await answer(request);
      return cors ? { ...response, headers: { ...response.headers, ...corsHeaders(cors, request.headers) } } : response;
    },
  };
}

async function withinLimit(invocation: Promise<InvokeResult>, limitMs: number): Promise<InvokeResult | undefined> {
  const timer = new AbortController();
  const limit = delay(limitMs, undefined, { signal: timer.signal }).catch(() => undefined);
  try {
    return await Promise.race([invocation, limit]);
  } finally {
    timer.abort();
  }
}
