import type { InvokeResult } from '../lambda/sandbox.ts';

export interface HttpResponse {
  status: number;
  /** Lower-case names; only set-cookie has several values. */
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** One of the gateway's own answers, `{"message": …}`. */
export function gatewayMessage(status: number, message: string, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(JSON.stringify({ message })) };
}

/**
 * What an HTTP API makes of a function's answer in payload format 2.0.
 * @source https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpResponse(result: InvokeResult): HttpResponse {
  const failed = gatewayMessage(500, 'Internal Server Error');
  if (!result.ok) return failed;
  const answer = JSON.parse(result.payload) as unknown;
  if (!isObject(answer) || answer['statusCode'] === undefined) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(result.payload) };
  }
  const { headers = {}, cookies = [], body = '', isBase64Encoded = false } = answer;
  const status = Number(answer['statusCode']);
  const valid =
    Number.isInteger(status) && status >= 100 && status <= 599 && isObject(headers) && Array.isArray(cookies) && typeof body === 'string';
  if (!valid) return failed;
  return {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
      ...(cookies.length > 0 && { 'set-cookie': cookies.map(String) }),
    },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
