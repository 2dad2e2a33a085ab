import type { Values } from '../../../shared/kernel/record.ts';
import { session } from '../kernel/session.svelte.ts';
import { tabStored } from '../kernel/stored.ts';

interface FormDraft {
  /** Only what differs from what the form began with; null for what was emptied. */
  readonly typed: Values;
  /** What stood in those fields then: what others have changed since is no wish of his. */
  readonly seen: Values;
}

/** Shared with other drafts: all go together. */
const PREFIX = 'draft:';

/**
 * What was typed into a form and not saved, by the path of its page: on a computer of one's own it survives a reload, a
 * crash, and a tab that was closed and brought back. It goes when it is saved or given up, and with the session.
 */
export const formDrafts = {
  read(path: string): FormDraft | undefined {
    const text = session.privateComputer ? tabStored.get(PREFIX + path) : null;
    try {
      return text === null ? undefined : (JSON.parse(text) as FormDraft);
    } catch {
      return undefined; // not ours
    }
  },

  keep(path: string, draft: FormDraft): void {
    if (session.privateComputer) tabStored.set(PREFIX + path, JSON.stringify(draft));
  },

  forget(path: string): void {
    tabStored.set(PREFIX + path, null);
  },
};

session.onEnd(() => tabStored.removeAll(PREFIX));
