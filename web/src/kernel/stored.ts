/**
 * Small preferences of this browser: theme, language, chosen workspace. Never a token and never a record.
 * Storage may be switched off or full; then a preference lasts as long as the page.
 */
type Key = 'theme' | 'locale' | 'workspace' | 'private' | 'shortcuts' | 'sidebar' | 'columns' | 'folded' | 'releases';

export const stored = {
  get(key: Key): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key: Key, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // See above: the preference is then forgotten.
    }
  },
};

/** What lasts as long as the tab, where its storage is neither switched off nor full. */
export const tabStored = {
  get(key: string): string | null {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  /** @returns whether it was stored */
  set(key: string, value: string | null): boolean {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  },
  removeAll(prefix: string): void {
    try {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
    } catch {
      // Nothing was kept there.
    }
  },
};
