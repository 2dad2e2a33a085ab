import { session } from '../../kernel/session.svelte.ts';
import { tabStored } from '../../kernel/stored.ts';

/**
 * What was begun and not sent, by record: it survives a look at another page and, on a computer of one's own, a reload
 * of this one. It goes with the tab and with the session.
 */
interface Draft {
  readonly text: string;
  /** Whom it mentions so far. */
  readonly mentions: readonly string[];
}

const PREFIX = 'draft:';
const NOTHING: Draft = { text: '', mentions: [] };
const kept = new Map<string, Draft>();

export const drafts = {
  of(id: string): Draft {
    return kept.get(id) ?? read(id) ?? NOTHING;
  },
  keep(id: string, draft: Draft): void {
    if (draft.text) kept.set(id, draft);
    else kept.delete(id);
    if (session.privateComputer) write(id, draft);
  },
};

function read(id: string): Draft | undefined {
  try {
    const stored = sessionStorage.getItem(PREFIX + id);
    return stored === null ? undefined : { ...NOTHING, ...(JSON.parse(stored) as Partial<Draft>) };
  } catch {
    return undefined; // storage is switched off, or holds what is none of ours
  }
}

function write(id: string, draft: Draft): void {
  try {
    if (draft.text) sessionStorage.setItem(PREFIX + id, JSON.stringify(draft));
    else sessionStorage.removeItem(PREFIX + id);
  } catch {
    // Switched off or full: the draft then lasts as long as the page.
  }
}

session.onEnd(() => {
  kept.clear();
  tabStored.removeAll(PREFIX);
});
