import { createApi } from './api.ts';
import { clock } from './clock.svelte.ts';
import { withHeadStart } from './headStart.ts';

const PING_MS = 10_000;

/** Whether the server can be reached, as the browser and the last request know it. */
class Connection {
  #online = $state(navigator.onLine);
  #reachable = $state(true);
  #signedOut = new Set<() => void>();
  #back = new Set<() => void>();
  #lost = new Set<() => void>();

  constructor() {
    addEventListener('online', () => this.#change(() => (this.#online = this.#reachable = true)));
    addEventListener('offline', () => this.#change(() => (this.#online = false)));
  }

  get offline(): boolean {
    return !this.#online || !this.#reachable;
  }

  reached(reachable: boolean): void {
    if (this.#reachable && !reachable) this.#ping();
    this.#change(() => (this.#reachable = reachable));
  }

  /** Calls back when the server answers again. @returns what ends it */
  onBack(listener: () => void): () => void {
    this.#back.add(listener);
    return () => void this.#back.delete(listener);
  }

  /** Calls back when the server cannot be reached any more. @returns what ends it */
  onLost(listener: () => void): () => void {
    this.#lost.add(listener);
    return () => void this.#lost.delete(listener);
  }

  /** Calls back when the server has ended the session while the page believed in it. */
  onSignedOut(listener: () => void): void {
    this.#signedOut.add(listener);
  }

  signedOut(): void {
    for (const listener of this.#signedOut) listener();
  }

  #change(change: () => void): void {
    const wasOffline = this.offline;
    change();
    if (wasOffline !== this.offline) for (const listener of this.offline ? this.#lost : this.#back) listener();
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
  fetch: (input, init) => withHeadStart(String(input), () => fetch(input, init)),
  exclusive: (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work()),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true });
    }),
  random: Math.random,
  nowMs: () => clock.nowMs(),
  onSignedOut: () => connection.signedOut(),
  onReachable: (reachable) => connection.reached(reachable),
  onAnswer: (response) => clock.follow(response.headers.get('date')),
});
