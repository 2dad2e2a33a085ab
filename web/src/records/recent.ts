import { session } from '../kernel/session.svelte.ts';
import { visitedAfter, type Visited } from './visited.ts';

const PREFIX = 'recent:';

/** Elsewhere than on a computer of one's own they last as long as the page. */
let inMemory: readonly Visited[] = [];

/** Records this member has opened lately on this computer: their ids alone, which go with the session. */
export const recent = {
  get all(): readonly Visited[] {
    if (!session.privateComputer) return inMemory;
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(keyNow()) ?? '[]');
      return Array.isArray(kept) ? (kept as readonly Visited[]) : [];
    } catch {
      return inMemory; // storage is switched off, or holds what is none of ours
    }
  },

  visit(now: Visited): void {
    inMemory = visitedAfter(recent.all, now);
    if (!session.privateComputer) return;
    try {
      localStorage.setItem(keyNow(), JSON.stringify(inMemory));
    } catch {
      // Switched off or full: they are then remembered as long as the page.
    }
  },
};

const keyNow = (): string => `${PREFIX}${session.data?.workspace.id}:${session.data?.member.id}`;

session.onEnd(() => {
  inMemory = [];
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept there.
  }
});
