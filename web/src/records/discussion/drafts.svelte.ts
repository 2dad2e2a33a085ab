import { session } from '../../kernel/session.svelte.ts';

/**
 * What was begun and not sent, by record: it survives a look at another page and, on a computer of one's own, a reload
 * of this one. It goes with the tab and with the session.
 */
const PREFIX = 'draft:';
const kept = new Map<string, string>();

export const drafts = {
  of(id: string): string {
    return kept.get(id) ?? read(id) ?? '';
  },
  keep(id: string, text: string): void {
    if (text) kept.set(id, text);
    else kept.delete(id);
    if (session.privateComputer) write(id, text);
  },
};

function read(id: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + id);
  } catch {
    return null; // storage is switched off
  }
}

function write(id: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(PREFIX + id, text);
    else sessionStorage.removeItem(PREFIX + id);
  } catch {
    // Switched off or full: the draft then lasts as long as the page.
  }
}

session.onEnd(() => {
  kept.clear();
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept there.
  }
});
