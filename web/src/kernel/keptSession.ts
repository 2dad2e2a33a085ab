import type { SessionData } from './session.svelte.ts';

const KEY = 'session';
/** As long as the records on this computer. */
const LONGEST_MS = 14 * 86_400_000;

interface Kept {
  readonly release: string | undefined;
  readonly at: number;
  readonly data: SessionData;
}

/**
 * The session as the server last told it, for a start without a network: on the member's own computer alone, never a
 * token, and gone with the session. Storage may be switched off or full; then there is no such start.
 */
export const keptSession = {
  keep(data: SessionData, nowMs: number): void {
    try {
      localStorage.setItem(KEY, JSON.stringify({ release: releaseOf(), at: nowMs, data } satisfies Kept));
    } catch {
      // An older one must not stand for this.
      keptSession.forget();
    }
  },

  /** @returns undefined where none was kept, it is too old, or another release wrote it, whose words may differ */
  read(nowMs: number): SessionData | undefined {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Kept | null;
      return kept && kept.release === releaseOf() && nowMs - kept.at < LONGEST_MS ? kept.data : undefined;
    } catch {
      return undefined;
    }
  },

  forget(): void {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Without storage there is nothing to forget.
    }
  },
};

/** Its first script has the content of the release in its name. */
const releaseOf = (): string | undefined => document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? undefined;
