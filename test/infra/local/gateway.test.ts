import { createLocalJWKSet, type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../infra/local/clock.ts';
import { createGateway, type RouteTarget } from '../../../infra/local/gateway/gateway.ts';
import type { HttpEvent, HttpRequest } from '../../../infra/local/gateway/httpEvent.ts';
import { createJwtAuthorizer, type JwtAuthorizer } from '../../../infra/local/gateway/jwtAuthorizer.ts';
import { createRouteTable } from '../../../infra/local/gateway/routeTable.ts';
import type { InvokeResult } from '../../../infra/local/lambda/sandbox.ts';

const request = (more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: '/api/things/a%20b?x=1&x=2&y=%C3%A4',
  headers: {},
  body: Buffer.alloc(0),
  sourceIp: '192.0.2.1',
  ...more,
});

const answer = (value: unknown): InvokeResult => ({ ok: true, payload: JSON.stringify(value) });
const now = Date.parse('2026-11-22T08:09:10.123Z');
const clock = createClock(() => now);

function gatewayOf(target: Partial<RouteTarget>, more: Partial<Parameters<typeof createGateway>[0]> = {}) {
  return createGateway({
    routes: [{ routeKey: 'ANY /api/things/{proxy+}', target: { invoke: async () => answer('fine'), ...target } }],
    domainName: 'api.execute-api.us-east-1.amazonaws.com',
    clock,
    ...more,
  });
}

/** The event a function gets for the request. */
async function eventOf(more: Partial<HttpRequest>): Promise<HttpEvent> {
  let seen: HttpEvent | undefined;
  await gatewayOf({ invoke: async (event) => ((seen = event), answer('fine')) }).handle(request(more));
  return seen!;
}

describe('the event of an HTTP API', () => {
  it('carries path and query as sent, parameters decoded, and the time of the clock', async () => {
    const event = await eventOf({});

    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /api/things/{proxy+}',
      rawPath: '/api/things/a%20b',
      rawQueryString: 'x=1&x=2&y=%C3%A4',
      queryStringParameters: { x: '1,2', y: 'ä' },
      pathParameters: { proxy: 'a b' },
      isBase64Encoded: false,
      requestContext: {
        apiId: 'api',
        http: { method: 'GET', path: '/api/things/a%20b', sourceIp: '192.0.2.1' },
        stage: '$default',
        time: '22/Nov/2026:08:09:10 +0000',
        timeEpoch: now,
      },
    });
    expect(Object.keys(event)).not.toContain('body');
    expect(Object.keys(event)).not.toContain('cookies');
  });

  it('leaves out parameters that are not there', async () => {
    const event = await eventOf({ url: '/api/things/a' });

    expect(event.rawQueryString).toBe('');
    expect(event.queryStringParameters).toBeUndefined();
  });

  it('joins repeated headers and takes the cookies apart', async () => {
    const event = await eventOf({ headers: { 'x-a': ['1', '2'], cookie: 'a=1; b=2', connection: 'close' } });

    expect(event.headers).toEqual({ 'x-a': '1,2' });
    expect(event.cookies).toEqual(['a=1', 'b=2']);
  });

  it.each([
    ['application/json', '{"a":1}', false],
    ['application/problem+json; charset=utf-8', '{}', false],
    ['text/csv', 'a', false],
    [undefined, 'a', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['application/octet-stream', 'a', true],
    ['image/png', 'a', true],
  ])('carries a body of %s as text or base64', async (contentType, body, base64) => {
    const event = await eventOf({ method: 'POST', headers: { 'content-type': contentType }, body: Buffer.from(body) });

    expect(event.isBase64Encoded).toBe(base64);
    expect(Buffer.from(event.body!, base64 ? 'base64' : 'utf8').toString()).toBe(body);
  });
});

describe('the answer of a function', () => {
  it.each([
    [{ a: 1 }, 200, 'application/json', '{"a":1}'],
    ['text', 200, 'application/json', '"text"'],
    [{ statusCode: 201, body: 'made', headers: { 'Content-Type': 'text/html' } }, 201, 'text/html', 'made'],
    [{ statusCode: '204' }, 204, 'text/plain; charset=utf-8', ''],
    [{ statusCode: 200, body: 'aGk=', isBase64Encoded: true }, 200, 'text/plain; charset=utf-8', 'hi'],
    [{ statusCode: 'no' }, 500, 'application/json', '{"message":"Internal Server Error"}'],
    [{ statusCode: 200, body: { a: 1 } }, 500, 'application/json', '{"message":"Internal Server Error"}'],
  ])('%j becomes %i', async (value, status, type, body) => {
    const response = await gatewayOf({ invoke: async () => answer(value) }).handle(request());

    expect([response.status, response.headers['content-type'], response.body.toString()]).toEqual([status, type, body]);
  });

  it('sets each of its cookies', async () => {
    const gateway = gatewayOf({ invoke: async () => answer({ statusCode: 200, cookies: ['a=1; Path=/', 'b=2'] }) });

    expect((await gateway.handle(request())).headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2']);
  });

  it('that failed is 500, one that comes too late 503', async () => {
    const failed = gatewayOf({ invoke: async () => ({ ok: false, timedOut: true, error: { errorType: 'E', errorMessage: 'secret' } }) });
    const late = gatewayOf({ invoke: () => new Promise(() => {}) }, { timeoutMs: 5 });

    expect(await failed.handle(request())).toMatchObject({ status: 500, body: Buffer.from('{"message":"Internal Server Error"}') });
    expect(await late.handle(request())).toMatchObject({ status: 503, body: Buffer.from('{"message":"Service Unavailable"}') });
  });
});

describe('the gateway', () => {
  it('refuses unknown paths and bodies over its limits before any function', async () => {
    let calls = 0;
    const gateway = gatewayOf({ invoke: async () => ((calls += 1), answer('fine')) });

    const seen = [
      await gateway.handle(request({ url: '/api/other' })),
      await gateway.handle(request({ method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) })),
      await gateway.handle(request({ method: 'POST', body: Buffer.alloc(7 * 1024 * 1024, 'a') })),
    ];

    expect(seen.map((response) => response.status)).toEqual([404, 413, 413]);
    expect(calls).toBe(0);
  });

  it('answers a preflight itself where CORS is configured, and only there', async () => {
    const cors = { AllowOrigins: ['https://a.test'], AllowMethods: ['POST'], AllowHeaders: ['x-a'], AllowCredentials: true, MaxAge: 60 };
    const gateway = gatewayOf({ invoke: async () => answer({ statusCode: 200 }) }, { cors });
    const preflight = (origin: string) => request({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

    expect(await gateway.handle(preflight('https://a.test'))).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://a.test',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'x-a',
        'access-control-allow-credentials': 'true',
        'access-control-max-age': '60',
      },
    });
    expect(await gateway.handle(preflight('https://evil.test'))).toMatchObject({ status: 204, headers: {} });
    const allowed = await gateway.handle(request({ headers: { origin: 'https://a.test' } }));
    expect(allowed.headers['access-control-allow-origin']).toBe('https://a.test');
    expect((await gatewayOf({}).handle(preflight('https://a.test'))).status).toBe(200); // the function's own answer
  });
});

describe('a route', () => {
  const table = createRouteTable(
    ['$default', 'ANY /a/{proxy+}', 'GET /a/{id}', 'ANY /a/{id}', 'ANY /a/b', 'POST /a/b', 'ANY /a'].map((routeKey) => ({
      routeKey,
      target: undefined,
    })),
  );
  it.each([
    ['GET', '/a', 'ANY /a', {}],
    ['GET', '/a/b', 'ANY /a/b', {}],
    ['POST', '/a/b', 'POST /a/b', {}],
    ['GET', '/a/c', 'GET /a/{id}', { id: 'c' }],
    ['PUT', '/a/c', 'ANY /a/{id}', { id: 'c' }],
    ['GET', '/a/c/d%2Fe', 'ANY /a/{proxy+}', { proxy: 'c/d/e' }],
    ['GET', '/a/', '$default', {}],
    ['GET', '/', '$default', {}],
  ])('for %s %s is %s', (method, path, routeKey, pathParameters) => {
    expect(table.find(method, path)).toMatchObject({ route: { routeKey }, pathParameters });
  });
});

describe('the JWT authorizer', () => {
  const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool';
  let authorizer: JwtAuthorizer;
  let sign: (claims: JWTPayload, key?: CryptoKey) => Promise<string>;
  let otherKey: CryptoKey;
  const seconds = now / 1000;
  const good = { iss: issuer, client_id: 'client', sub: 'me', exp: seconds + 60, 'cognito:groups': ['a', 'b'], scope: 'x y' };

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    otherKey = (await generateKeyPair('RS256')).privateKey;
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] });
    sign = (claims, key = privateKey) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(key);
    authorizer = createJwtAuthorizer({ issuer, audience: ['client'], keys, clock });
  });

  it('hands the claims on as text', async () => {
    const seen: unknown[] = [];
    const gateway = gatewayOf({ authorizer, invoke: async (event) => (seen.push(event.requestContext), answer('fine')) });

    const response = await gateway.handle(request({ headers: { authorization: `Bearer ${await sign(good)}` } }));

    expect(response.status).toBe(200);
    expect(seen[0]).toMatchObject({
      authorizer: { jwt: { claims: { sub: 'me', exp: String(seconds + 60), 'cognito:groups': '[a b]' }, scopes: null } },
    });
  });

  it.each([
    ['is missing', async () => ''],
    ['is no token', async () => 'Bearer abc'],
    ['has expired', async () => `Bearer ${await sign({ ...good, exp: seconds - 1 })}`],
    ['never expires', async () => `Bearer ${await sign({ ...good, exp: undefined })}`],
    ['is not valid yet', async () => `Bearer ${await sign({ ...good, nbf: seconds + 60 })}`],
    ['is another issuer’s', async () => `Bearer ${await sign({ ...good, iss: 'https://evil.test' })}`],
    ['is another client’s', async () => `Bearer ${await sign({ ...good, client_id: 'other' })}`],
    ['has no audience', async () => `Bearer ${await sign({ ...good, client_id: undefined })}`],
    ['is signed by another key', async () => `Bearer ${await sign(good, otherKey)}`],
    ['is not signed', async () => `Bearer ${unsigned(good)}`],
  ])('refuses a token that %s, before the function', async (_, header) => {
    let calls = 0;
    const gateway = gatewayOf({ authorizer, invoke: async () => ((calls += 1), answer('fine')) });

    const response = await gateway.handle(request({ headers: { authorization: await header() } }));

    expect([response.status, response.body.toString(), calls]).toEqual([401, '{"message":"Unauthorized"}', 0]);
    expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('asks for one of the route’s scopes', async () => {
    const headers = { authorization: `Bearer ${await sign(good)}` };

    const granted = await authorizer.check(request({ headers }), ['y', 'z']);
    const refused = await authorizer.check(request({ headers }), ['z']);

    expect(granted).toMatchObject({ scopes: ['y'] });
    expect(refused).toMatchObject({ status: 403 });
  });

  it('accepts and refuses by the shifted clock', async () => {
    const shifted = createClock(() => now);
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] });
    const moving = createJwtAuthorizer({ issuer, audience: ['client'], keys, clock: shifted });
    const headers = { authorization: `Bearer ${await sign(good, privateKey)}` };

    const before = await moving.check(request({ headers }), []);
    shifted.shift(61_000);

    expect(before).toMatchObject({ claims: { sub: 'me' } });
    expect(await moving.check(request({ headers }), [])).toMatchObject({ status: 401 });
  });
});

function unsigned(claims: JWTPayload): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', kid: 'k' })}.${part(claims)}.`;
}
