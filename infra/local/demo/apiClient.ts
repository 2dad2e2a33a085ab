/** Calls the API as a browser would. `path` stands below `/api/v1/`. */
export interface ApiClient {
  /** @throws Error with the problem for an answer that says no */
  call<T = unknown>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
}

export interface Api extends ApiClient {
  /** The same, signed in; signs in again where the clock has moved out of the token's time. */
  as(email: string): ApiClient;
}

/** People of the demo sit at one: their sessions and the log of their sign-ins name it. */
const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

/**
 * @param now  the host's clock, by which tokens end
 * @param password  of everybody
 */
export function createApi({ baseUrl, now, password }: { baseUrl: string; now: () => number; password: string }): Api {
  const tokens = new Map<string, { value: string; from: number; until: number }>();

  const call: ApiClient['call'] = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${baseUrl}/api/v1/${path}`, {
      method,
      headers: { origin: baseUrl, accept: 'application/json', 'content-type': 'application/json', 'user-agent': BROWSER, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  };

  async function tokenOf(email: string): Promise<string> {
    const known = tokens.get(email);
    if (known && known.from <= now() && now() < known.until) return known.value;
    const from = now();
    const { accessToken, expiresIn } = await call<{ accessToken: string; expiresIn: number }>('POST', 'auth/sign-in', { email, password });
    // A minute early: a call takes time.
    tokens.set(email, { value: accessToken, from, until: from + (expiresIn - 60) * 1000 });
    return accessToken;
  }

  return {
    call,
    as: (email) => ({
      call: async (method, path, body, headers) =>
        call(method, path, body, { authorization: `Bearer ${await tokenOf(email)}`, ...headers }),
    }),
  };
}
