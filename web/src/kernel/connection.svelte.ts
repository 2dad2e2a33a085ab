import { createApi } from './api.ts';
import { clock } from './clock.svelte.ts';
import { headStart } from './headStart.ts';

const PING_MS = 10_000;

/** Whether the server can be reached, as the browser and the last request know it. */
class Connection {
  #online = $state(navigator.onLine);
  #reachable = $state(true);
  #signedOut = new Set<() => void>();
  #back = new Set<() => void>();

  constructor() {
    addEventListener('online', () => {
      this.#online = true;
      this.reached(true);
    });
    addEventListener('offline', () => (this.#online = false));
  }

  get offline(): boolean {
    return !this.#online || !this.#reachable;
  }

  reached(reachable: boolean): void {
    if (this.#reachable && !reachable) this.#ping();
    const isBack = !this.#reachable && reachable;
    this.#reachable = reachable;
    if (isBack) for (const listener of this.#back) listener();
  }

  /** Calls back when the server answers again. @returns what ends it */
  onBack(listener: () => void): () => void {
    this.#back.add(listener);
    return () => void this.#back.delete(listener);
  }

  /** Calls back when the server has ended the session while the page believed in it. */
  onSignedOut(listener: () => void): void {
    this.#signedOut.add(listener);
  }

  signedOut(): void {
    for (const listener of this.#signedOut) listener();
  }

  #ping(): void {
    setTimeout(async () => {
      await api.get('health', { anonymous: true }).catch(() => undefined);
      if (!this.#reachable) this.#ping();
    }, PING_MS);
  }
}

export const connection = new Connection();

/** The client of the whole page. */
export const api = createApi({
  base: '/api/v1',
  fetch: (input, init) => headStart(String(input)) ?? fetch(input, init),
  exclusive: (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work()),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true });
    }),
  random: Math.random,
  nowMs: () => Date.now(),
  onSignedOut: () => connection.signedOut(),
  onReachable: (reachable) => connection.reached(reachable),
  onAnswer: (response) => clock.follow(response.headers.get('date')),
});
