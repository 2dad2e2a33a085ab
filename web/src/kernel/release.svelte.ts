const EVERY_MS = 10 * 60_000;

/** Whether the site was released anew since this page was opened: its first script goes by another name then. */
class Release {
  isNewer = $state(false);
  readonly #entry = document.querySelector('script[type="module"][src]')?.getAttribute('src');

  /** Looks now and then while the page is in view; fit for `$effect`. */
  watch(): () => void {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.#look();
    }, EVERY_MS);
    // A part of a page that is not there any more: of a dialog, or of a field. What was typed outlives the reload.
    const missed = (): void => void this.#look();
    addEventListener('vite:preloadError', missed);
    return () => {
      clearInterval(timer);
      removeEventListener('vite:preloadError', missed);
    };
  }

  async #look(): Promise<void> {
    if (this.isNewer || !this.#entry) return;
    try {
      const answer = await fetch('/', { cache: 'no-cache' });
      const page = answer.ok ? await answer.text() : '';
      // A page of something in between, such as a network's sign-in, has no script of ours at all.
      this.isNewer = page.includes('<div id="app">') && !page.includes(this.#entry);
    } catch {
      // Offline: the next look will tell.
    }
  }
}

export const release = new Release();
