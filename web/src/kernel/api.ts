import type { Issue } from '../../../shared/kernel/errors.ts';

/**
 * The one way to the server. It adds what every request needs (bearer, workspace, version, idempotency), reads
 * problem+json into `ApiError`, renews the access token once per 401, and waits out 429 and 503 where repeating is safe.
 */
export interface Api {
  get<T>(path: string, options?: RequestOptions): Promise<T>;
  post<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  patch<T>(path: string, body: unknown, options?: RequestOptions): Promise<T>;
  delete(path: string, options?: RequestOptions): Promise<void>;
  /** Exchanges the refresh cookie for a new access token. False: there is no session. */
  renew(): Promise<boolean>;
  /** The access token lives here and nowhere else. */
  hold(credentials: Partial<Credentials>): void;
}

export interface Credentials {
  accessToken: string | undefined;
  workspace: string | undefined;
}

export interface RequestOptions {
  query?: Readonly<Record<string, string | number | undefined>>;
  signal?: AbortSignal;
  /** Sent as `If-Match`: the version the change was made from. */
  version?: number;
  /** Sent as `Idempotency-Key`; makes the command safe to repeat. */
  idempotencyKey?: string;
  /** Safe to repeat although it is a write, e.g. a create whose id the caller made. */
  repeatable?: boolean;
  /** Goes out even while the page is being left; for small requests. */
  keepalive?: boolean;
  /** Without a bearer and without renewing: the auth routes. */
  anonymous?: boolean;
}

/** An answer that says no. `code` is stable and dotted; wording is `errors.ts`'s. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
  readonly requestId: string | undefined;

  constructor(status: number, problem: Problem, retryAfterMs?: number) {
    super(`${status} ${problem.code ?? ''}`.trim());
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? `http.${status}`;
    this.params = problem.params ?? {};
    this.issues = problem.issues ?? [];
    this.requestId = problem.requestId;
    this.retryAfterMs = retryAfterMs;
  }

  /** How long the server asked to wait. */
  readonly retryAfterMs: number | undefined;
}

/** No answer at all: offline, connection cut, or out of time. Whether a write arrived is not known. */
export class NetworkError extends Error {
  constructor(options?: ErrorOptions) {
    super('no answer', options);
    this.name = 'NetworkError';
  }
}

interface Problem {
  code?: string;
  params?: Record<string, unknown>;
  issues?: Issue[];
  requestId?: string;
}

/** What the client needs of the world; tests pass their own. */
export interface ApiWorld {
  base: string;
  fetch: typeof fetch;
  /** Runs `work` while no other tab of this browser does: two tabs must not spend one refresh token at once. */
  exclusive: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  random: () => number;
  nowMs: () => number;
  /** The session is over: the refresh token was refused while a request needed it. */
  onSignedOut?: () => void;
  onAnswer?: (response: Response) => void;
  onReachable?: (reachable: boolean) => void;
}

/** API Gateway gives up after 30 s; so does the page, a moment earlier. */
const TIMEOUT_MS = 29_000;
const ATTEMPTS = 4;
const EPOCH = 'x-access-epoch';
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 20_000;

export function createApi(world: ApiWorld): Api {
  const credentials: Credentials = { accessToken: undefined, workspace: undefined };
  let renewing: Promise<boolean> | undefined;
  /** Newest state of rights that any answer was decided by: no later answer may be decided by an older one. */
  let epoch = 0;

  async function request<T>(method: string, path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
    const repeatable = method === 'GET' || options.repeatable === true || options.idempotencyKey !== undefined;
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      const token = credentials.accessToken;
      const response = await send(method, path, body, options, token);
      if (response.ok) return read<T>(response);

      if (response.status === 401 && !options.anonymous && !renewed) {
        renewed = true;
        // Another request may have renewed it while this one was under way.
        if (credentials.accessToken !== token || (await renew())) continue;
        world.onSignedOut?.();
      }
      const error = await toError(response);
      const busy = response.status === 429 || response.status === 503;
      const pause = error.retryAfterMs ?? 0;
      if (!busy || !repeatable || attempt >= ATTEMPTS || pause > LONGEST_WAIT_MS) throw error;
      const backoff = FIRST_WAIT_MS * 2 ** (attempt - 1);
      await world.wait(Math.max(pause, 0) + world.random() * backoff, options.signal);
    }
  }

  async function send(method: string, path: string, body: unknown, options: RequestOptions, token: string | undefined): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (token && !options.anonymous) headers['authorization'] = `Bearer ${token}`;
    if (credentials.workspace && !options.anonymous) headers['x-workspace'] = credentials.workspace;
    if (epoch && !options.anonymous) headers[EPOCH] = String(epoch);
    if (options.version !== undefined) headers['if-match'] = String(options.version);
    if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;

    const limit = AbortSignal.timeout(TIMEOUT_MS);
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
    try {
      const response = await world.fetch(`${world.base}/${path}${toQuery(options.query)}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal,
        credentials: 'same-origin',
        cache: 'no-store',
        ...(options.keepalive ? { keepalive: true } : {}),
      });
      epoch = Math.max(epoch, Number(response.headers.get(EPOCH) ?? 0));
      world.onReachable?.(true);
      world.onAnswer?.(response);
      return response;
    } catch (cause) {
      options.signal?.throwIfAborted();
      world.onReachable?.(false);
      throw new NetworkError({ cause });
    }
  }

  /** One renewal at a time: requests that fail together wait for the same answer. */
  function renew(): Promise<boolean> {
    renewing ??= world.exclusive('regulars:renew', renewNow).finally(() => (renewing = undefined));
    return renewing;
  }

  async function renewNow(): Promise<boolean> {
    try {
      const { accessToken } = await request<{ accessToken: string }>('POST', 'auth/refresh', {}, { anonymous: true, repeatable: true });
      credentials.accessToken = accessToken;
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 403)) throw error;
      credentials.accessToken = undefined;
      return false;
    }
  }

  return {
    get: (path, options) => request('GET', path, undefined, options),
    post: (path, body = {}, options) => request('POST', path, body, options),
    patch: (path, body, options) => request('PATCH', path, body, options),
    delete: (path, options) => request('DELETE', path, undefined, options),
    renew,
    hold(more) {
      // Each workspace counts for itself.
      if (credentials.workspace !== undefined && 'workspace' in more && more.workspace !== credentials.workspace) epoch = 0;
      Object.assign(credentials, more);
    },
  };

  async function toError(response: Response): Promise<ApiError> {
    const problem = await response.json().catch(() => ({}));
    return new ApiError(response.status, isProblem(problem) ? problem : {}, retryAfterMs(response.headers.get('retry-after')));
  }

  /** @param header  seconds, or a date (RFC 9110 §10.2.3) */
  function retryAfterMs(header: string | null): number | undefined {
    if (!header) return undefined;
    const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - world.nowMs();
    return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
  }
}

async function read<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new NetworkError({ cause }); // the body was cut off
  }
}

function toQuery(query: RequestOptions['query'] = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value));
  const text = params.toString();
  return text && `?${text}`;
}

const isProblem = (value: unknown): value is Problem => typeof value === 'object' && value !== null;
