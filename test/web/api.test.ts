import { describe, expect, it, vi } from 'vitest';
import { ApiError, createApi, NetworkError, type Api, type ApiWorld } from '../../web/src/kernel/api.ts';

interface Call {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

type Answer = Response | Error;

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });
const problem = (status: number, code: string, headers?: Record<string, string>): Response =>
  json({ code, requestId: 'req-1' }, status, headers);

/** A client whose server is `answer`; time passes only in `waits`. */
function makeApi(answer: (call: Call, count: number) => Answer | Promise<Answer>, more: Partial<ApiWorld> = {}) {
  const calls: Call[] = [];
  const waits: number[] = [];
  const api = createApi({
    base: '/api/v1',
    fetch: async (url, init) => {
      const call: Call = {
        method: init!.method!,
        url: String(url),
        headers: init!.headers as Record<string, string>,
        body: init!.body ? JSON.parse(String(init!.body)) : undefined,
      };
      calls.push(call);
      init!.signal!.throwIfAborted();
      const given = await answer(call, calls.length);
      if (given instanceof Error) throw given;
      return given;
    },
    exclusive: (_name, work) => work(),
    wait: async (ms) => void waits.push(ms),
    random: () => 0.5,
    nowMs: () => Date.parse('2026-11-23T08:00:00Z'),
    ...more,
  });
  return { api, calls, waits };
}

const failure = async (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined).catch((error: unknown) => error);

describe('a request', () => {
  it('carries bearer, workspace, version and idempotency key', async () => {
    const { api, calls } = makeApi(() => json({ ok: true }));
    api.hold({ accessToken: 'token', workspace: 'wsp_1' });

    await api.patch('customers/cus_1', { name: 'A' }, { version: 7, idempotencyKey: 'key' });

    expect(calls).toEqual([
      {
        method: 'PATCH',
        url: '/api/v1/customers/cus_1',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          authorization: 'Bearer token',
          'x-workspace': 'wsp_1',
          'if-match': '7',
          'idempotency-key': 'key',
        },
        body: { name: 'A' },
      },
    ]);
  });

  it('writes only the query parameters that have a value', async () => {
    const { api, calls } = makeApi(() => json({}));

    await api.get('customers', { query: { limit: 50, cursor: undefined, owner: 'mem_1&x' } });

    expect(calls[0]!.url).toBe('/api/v1/customers?limit=50&owner=mem_1%26x');
  });

  it('keeps the bearer from the auth routes', async () => {
    const { api, calls } = makeApi(() => json({}));
    api.hold({ accessToken: 'token', workspace: 'wsp_1' });

    await api.post('auth/forgot', { email: 'a@b.example' }, { anonymous: true });

    expect(calls[0]!.headers).not.toHaveProperty('authorization');
    expect(calls[0]!.headers).not.toHaveProperty('x-workspace');
  });

  it('answers nothing for 204', async () => {
    const { api } = makeApi(() => new Response(null, { status: 204 }));

    expect(await api.delete('customers/cus_1', { version: 1 })).toBeUndefined();
  });
});

describe('a failure', () => {
  it('says status, code, parameters, issues and request', async () => {
    const issues = [{ field: 'name', code: 'field.required' }];
    const { api } = makeApi(() => json({ code: 'input.invalid', params: { a: 1 }, issues, requestId: 'req-9' }, 400));

    const error = (await failure(api.post('customers', {}))) as ApiError;

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, code: 'input.invalid', params: { a: 1 }, issues, requestId: 'req-9' });
  });

  it('has a code even where the answer is no problem document', async () => {
    const { api } = makeApi(() => new Response('<html>Bad gateway</html>', { status: 502 }));

    expect(await failure(api.get('session'))).toMatchObject({ status: 502, code: 'http.502', issues: [] });
  });

  it('is another one when no answer came', async () => {
    const reachable = vi.fn();
    const { api } = makeApi(() => new TypeError('failed to fetch'), { onReachable: reachable });

    expect(await failure(api.get('session'))).toBeInstanceOf(NetworkError);
    expect(reachable).toHaveBeenCalledWith(false);
  });

  it('of an aborted request is the abort', async () => {
    const stop = new AbortController();
    const { api } = makeApi(() => json({}));
    stop.abort();

    expect(await failure(api.get('session', { signal: stop.signal }))).toMatchObject({ name: 'AbortError' });
  });

  it('of a cut body is no answer', async () => {
    const { api } = makeApi(() => new Response('{"items":[', { status: 200 }));

    expect(await failure(api.get('customers'))).toBeInstanceOf(NetworkError);
  });
});

describe('an expired token', () => {
  const server = (call: Call): Response => {
    if (call.url.endsWith('auth/refresh')) return json({ accessToken: 'fresh', expiresIn: 900 });
    return call.headers['authorization'] === 'Bearer fresh' ? json({ url: call.url }) : problem(401, 'token.expired');
  };

  it('is renewed once, then the request goes again', async () => {
    const { api, calls } = makeApi(server);
    api.hold({ accessToken: 'old' });

    expect(await api.get('session')).toEqual({ url: '/api/v1/session' });
    expect(calls.map(({ url }) => url)).toEqual(['/api/v1/session', '/api/v1/auth/refresh', '/api/v1/session']);
  });

  it('is renewed once for many requests at a time', async () => {
    const { api, calls } = makeApi(server);
    api.hold({ accessToken: 'old' });

    await Promise.all(Array.from({ length: 10 }, (_, i) => api.get(`customers/${i}`)));

    expect(calls.filter(({ url }) => url.endsWith('auth/refresh'))).toHaveLength(1);
  });

  it('is renewed by one tab at a time', async () => {
    const names: string[] = [];
    const { api } = makeApi(server, {
      exclusive: (name, work) => {
        names.push(name);
        return work();
      },
    });
    api.hold({ accessToken: 'old' });

    await api.get('session');

    expect(names).toEqual(['regulars:renew']);
  });

  it('ends the session when the refresh token is refused', async () => {
    const ended = vi.fn();
    const { api, calls } = makeApi(() => problem(401, 'auth.session'), { onSignedOut: ended });
    api.hold({ accessToken: 'old' });

    expect(await failure(api.get('session'))).toMatchObject({ status: 401 });
    expect(ended).toHaveBeenCalledOnce();
    expect(calls).toHaveLength(2);
  });

  it('does not end the session when the renewal got no answer', async () => {
    const ended = vi.fn();
    const { api } = makeApi((call) => (call.url.endsWith('auth/refresh') ? new TypeError('offline') : problem(401, 'token.expired')), {
      onSignedOut: ended,
    });

    expect(await failure(api.get('session'))).toBeInstanceOf(NetworkError);
    expect(ended).not.toHaveBeenCalled();
  });

  it('does not loop when a fresh token is refused too', async () => {
    const { api, calls } = makeApi((call) =>
      call.url.endsWith('auth/refresh') ? json({ accessToken: 'fresh', expiresIn: 900 }) : problem(401, 'token.expired'),
    );

    expect(await failure(api.get('session'))).toMatchObject({ status: 401 });
    expect(calls.filter(({ url }) => url.endsWith('session'))).toHaveLength(2);
  });
});

describe('a busy server', () => {
  const busyOnce = (status: number, headers?: Record<string, string>) => (_call: Call, count: number) =>
    count === 1 ? problem(status, 'busy', headers) : json({ done: true });

  it.each([429, 503])('is asked again after %i', async (status) => {
    const { api, waits } = makeApi(busyOnce(status));

    expect(await api.get('customers')).toEqual({ done: true });
    expect(waits).toEqual([150]);
  });

  it('is asked four times at most, with growing pauses', async () => {
    const { api, calls, waits } = makeApi(() => problem(503, 'busy'));

    expect(await failure(api.get('customers'))).toMatchObject({ status: 503 });
    expect(calls).toHaveLength(4);
    expect(waits).toEqual([150, 300, 600]);
  });

  it.each([
    ['seconds', '2'],
    ['a date', 'Mon, 23 Nov 2026 08:00:02 GMT'],
  ])('is given the time it asks for, in %s', async (_what, value) => {
    const { api, waits } = makeApi(busyOnce(429, { 'retry-after': value }));

    await api.get('customers');

    expect(waits).toEqual([2150]);
  });

  it('is not waited for beyond a user’s patience', async () => {
    const { api, calls } = makeApi(busyOnce(429, { 'retry-after': '600' }));

    expect(await failure(api.get('customers'))).toMatchObject({ status: 429, retryAfterMs: 600_000 });
    expect(calls).toHaveLength(1);
  });

  const writes: [string, (api: Api) => Promise<unknown>, number][] = [
    ['a plain write is not repeated', (api) => api.post('leads/1/convert', {}), 1],
    ['a command with a key is repeated', (api) => api.post('leads/1/convert', {}, { idempotencyKey: 'k' }), 2],
    ['a create with its own id is repeated', (api) => api.post('leads', { id: 'lea_1' }, { repeatable: true }), 2],
  ];
  it.each(writes)('%s', async (_what, write, times) => {
    const { api, calls } = makeApi(busyOnce(503));

    await failure(write(api));

    expect(calls).toHaveLength(times);
  });
});
