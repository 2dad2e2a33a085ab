import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { RouteMatch } from './routeTable.ts';

/** A request as it reaches the API. */
export interface HttpRequest {
  method: string;
  /** As sent, not decoded, with its query. */
  url: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  /** Address of whoever is connected: CloudFront, where that is in between. */
  sourceIp: string;
}

/** Claims as the JWT authorizer hands them on: all of them text. */
export interface Authorized {
  claims: Record<string, string>;
  scopes: string[] | null;
}

/** The event of payload format 2.0. */
export type HttpEvent = APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer;

/**
 * @param now  epoch milliseconds
 * @source https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpEvent(
  request: HttpRequest,
  { route, pathParameters }: RouteMatch<unknown>,
  context: { now: number; domainName: string; authorized?: Authorized },
): HttpEvent {
  const { rawPath, rawQueryString } = splitUrl(request.url);
  const { cookie, ...headers } = joinHeaders(request.headers);
  const query = parseQuery(rawQueryString);
  const isBase64Encoded = request.body.length > 0 && !isText(headers['content-type']);
  const { authorized } = context;
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/).filter(Boolean) }),
    headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId: '000000000000',
      apiId: context.domainName.split('.')[0]!,
      ...(authorized && { authorizer: { jwt: authorized, principalId: '', integrationLatency: 0 } }),
      domainName: context.domainName,
      domainPrefix: context.domainName.split('.')[0]!,
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: '$default',
      time: commonLogTime(context.now),
      timeEpoch: context.now,
    },
    ...(request.body.length > 0 && { body: request.body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
}

export function splitUrl(url: string): { rawPath: string; rawQueryString: string } {
  const at = url.indexOf('?');
  return at < 0 ? { rawPath: url, rawQueryString: '' } : { rawPath: url.slice(0, at), rawQueryString: url.slice(at + 1) };
}

function joinHeaders(headers: HttpRequest['headers']): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === 'connection' || name === 'transfer-encoding') continue;
    joined[name] = Array.isArray(value) ? value.join(name === 'cookie' ? '; ' : ',') : value;
  }
  return joined;
}

/** Repeated parameters are joined by a comma. */
function parseQuery(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    query[name] = Object.hasOwn(query, name) ? `${query[name]},${value}` : value;
  }
  return query;
}

/** What API Gateway passes on as it is; everything else goes as base64. */
function isText(contentType: string | undefined): boolean {
  return contentType === undefined || /^(text\/|application\/(.*\+)?(json|javascript|xml)\b)/i.test(contentType.trim());
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `23/Nov/2026:08:00:00 +0000` */
function commonLogTime(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
