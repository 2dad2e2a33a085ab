import { parse } from 'regexparam';
import { tick, type Component } from 'svelte';
import { tabStored } from './stored.ts';

export interface Route {
  /** `/customers/:id` */
  path: string;
  load: () => Promise<{ default: Component<never> }>;
  /** Title of the document until the page sets its own. */
  title: () => string;
  /** `app`: inside the shell, for members. `plain`: bare, for visitors. */
  frame: 'app' | 'plain';
  /** Parameters the path does not name: one page may serve several paths. */
  given?: Params;
}

export type Params = Readonly<Record<string, string>>;

/** What the router gives a page; a page takes of it what it needs. */
type Page = Component<{ params: Params }>;

interface Options {
  replace?: boolean;
  keepScroll?: boolean;
}

interface Known extends Route {
  keys: string[];
  pattern: RegExp;
}

interface HistoryState {
  /** Position in this tab's history: tells back from forward. */
  i?: number;
  /** Key of the entry: its scroll position is stored under it. */
  k?: string;
}

type Guard = () => boolean | Promise<boolean>;

const FIRST_KEY = 'first';
/** How long a returning page may take to grow tall enough for its old scroll position. */
const SCROLL_PATIENCE_MS = 1_000;

/**
 * History router. The path picks the page, the query holds what the page shows (view, filter, sort, peek), so that a
 * copied address shows a colleague the same. Only plain left clicks are taken; the browser keeps all others.
 */
class Router {
  url = $state.raw(new URL(location.href));
  params = $state.raw<Params>({});
  route = $state.raw<Route | undefined>();
  page = $state.raw<Page | undefined>();
  /** A page's chunk is on its way. */
  pending = $state(false);
  /** A page's chunk could not be had, even after a reload. */
  failure = $state.raw<unknown>();
  /** Changes when the page must be made anew: another route, or other params of the same. */
  key = $state('');
  #title = $state.raw<(() => string) | undefined>();

  #routes: Known[] = [];
  #last = 0;
  #position = 0;
  #entry = FIRST_KEY;
  #skipPop = false;
  #guards = new Set<Guard>();

  /** The page's own title, else its route's. */
  get title(): string {
    return (this.#title ?? this.route?.title)?.() ?? '';
  }

  /** Called by a page that knows better than its route, e.g. with a record's name. */
  setTitle(title: () => string): void {
    this.#title = title;
  }

  start(routes: readonly Route[]): Promise<boolean> {
    this.#routes = routes.map((route) => ({ ...route, ...parse(route.path) })).sort((a, b) => a.keys.length - b.keys.length); // `/leads/new` before `/leads/:id`
    const state = history.state as HistoryState | null;
    this.#position = state?.i ?? 0;
    this.#entry = state?.k ?? FIRST_KEY;
    history.scrollRestoration = 'manual';
    history.replaceState({ i: this.#position, k: this.#entry } satisfies HistoryState, '');
    addEventListener('popstate', (event) => void this.#pop(event.state as HistoryState | null));
    addEventListener('click', (event) => this.#click(event));
    addEventListener('pointerover', (event) => this.#prefetch(event));
    addEventListener('beforeunload', (event) => {
      this.#saveScroll();
      if (this.#guards.size) event.preventDefault();
    });
    return this.#show(this.url, this.#entry, true);
  }

  /** @returns false when a guard held the user back or the page could not be loaded */
  async goto(href: string, options: Options = {}): Promise<boolean> {
    const url = new URL(href, location.href);
    const same = url.pathname === this.url.pathname;
    if (!same && !(await this.#mayLeave())) return false;
    this.#saveScroll();
    if (!options.replace) {
      this.#position++;
      this.#entry = crypto.randomUUID();
    }
    const state: HistoryState = { i: this.#position, k: this.#entry };
    history[options.replace ? 'replaceState' : 'pushState'](state, '', url);
    return this.#show(url, this.#entry, options.keepScroll ?? same);
  }

  /** Value of a query parameter, empty when absent. Reactive. */
  query(name: string): string {
    return this.url.searchParams.get(name) ?? '';
  }

  /** Changes query parameters, `null` and empty removing them, without a new history entry unless asked. */
  setQuery(patch: Readonly<Record<string, string | null>>, options: Options = { replace: true }): Promise<boolean> {
    const url = new URL(this.url);
    for (const [name, value] of Object.entries(patch)) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    return this.goto(url.href, { keepScroll: true, ...options });
  }

  /** Asks before the page is left; for forms with unsaved changes. @returns the function that takes the guard away */
  guard(mayLeave: Guard): () => void {
    this.#guards.add(mayLeave);
    return () => void this.#guards.delete(mayLeave);
  }

  /** Loads the page anew after `failure`. */
  retry(): Promise<boolean> {
    this.route = undefined;
    return this.#show(new URL(location.href), this.#entry, true);
  }

  #find(path: string): { route: Known; params: Params } | undefined {
    for (const route of this.#routes) {
      const match = route.pattern.exec(path);
      if (match)
        return { route, params: { ...route.given, ...Object.fromEntries(route.keys.map((key, i) => [key, decode(match[i + 1] ?? '')])) } };
    }
    return undefined;
  }

  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = linkOf(event);
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (!this.#find(link.pathname)) return; // the server's own pages
    event.preventDefault();
    void this.goto(link.href, { replace: link.href === location.href });
  }

  #prefetch(event: PointerEvent): void {
    const link = linkOf(event);
    if (link?.origin !== location.origin) return;
    this.#find(link.pathname)
      ?.route.load()
      .catch(() => undefined); // the click will tell
  }

  async #pop(state: HistoryState | null): Promise<void> {
    if (this.#skipPop) {
      this.#skipPop = false;
      return;
    }
    const position = state?.i ?? 0;
    const url = new URL(location.href);
    const moved = position - this.#position;
    if (url.pathname !== this.url.pathname && this.#guards.size && moved) {
      // The browser has already moved: go back to where the guard stands, ask, then move for good.
      this.#skipPop = true;
      history.go(-moved);
      await once('popstate');
      if (!(await this.#mayLeave())) return;
      this.#guards.clear();
      history.go(moved);
      return;
    }
    this.#saveScroll();
    this.#position = position;
    await this.#show(url, state?.k ?? FIRST_KEY, true);
  }

  async #mayLeave(): Promise<boolean> {
    for (const mayLeave of this.#guards) if (!(await mayLeave())) return false;
    return true;
  }

  async #show(url: URL, entry: string, keepScroll: boolean): Promise<boolean> {
    const mine = ++this.#last;
    const hit = this.#find(url.pathname);
    const key = hit ? `${hit.route.path} ${JSON.stringify(hit.params)}` : url.pathname;
    const fresh = key !== this.key || this.failure !== undefined;
    const first = this.key === '';
    let page = this.page;
    this.failure = undefined;

    if (!hit) page = undefined;
    else if (hit.route.path !== this.route?.path) {
      this.pending = true;
      try {
        page = (await hit.route.load()).default as Page;
        if (mine !== this.#last) return false;
        tabStored.set('reloaded', null);
      } catch (error) {
        if (mine !== this.#last) return false;
        // After a release old chunks may be gone: a reload brings the new index. Once, or it would never end.
        if (!tabStored.get('reloaded') && tabStored.set('reloaded', url.pathname)) {
          // Whoever had something to lose here has been asked.
          this.#guards.clear();
          location.assign(url.href);
          return false;
        }
        this.failure = error;
      } finally {
        if (mine === this.#last) this.pending = false;
      }
    }

    if (fresh) this.#title = undefined;
    this.url = url;
    this.params = hit?.params ?? {};
    this.route = hit?.route;
    this.page = page;
    this.key = key;
    this.#entry = entry;
    if (!fresh) return true;
    await tick();
    if (keepScroll) this.#restoreScroll(entry);
    else scroller()?.scrollTo(0, 0);
    if (!first) document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    return this.failure === undefined;
  }

  #saveScroll(): void {
    const box = scroller();
    if (box) tabStored.set(`scroll:${this.#entry}`, String(Math.round(box.scrollTop)));
  }

  /** A list may still be empty when its page comes back: tries until it is tall enough, or the user scrolls. */
  #restoreScroll(entry: string): void {
    const wanted = Number(tabStored.get(`scroll:${entry}`) ?? 0);
    if (!wanted) return;
    const mine = this.#last;
    const until = performance.now() + SCROLL_PATIENCE_MS;
    const stop = new AbortController();
    for (const type of ['wheel', 'touchstart', 'keydown', 'pointerdown'])
      addEventListener(type, () => stop.abort(), { once: true, signal: stop.signal, passive: true });
    const attempt = (): void => {
      if (stop.signal.aborted || mine !== this.#last) return;
      const box = scroller();
      if (box) box.scrollTop = wanted;
      if (box && Math.abs(box.scrollTop - wanted) < 2) stop.abort();
      else if (performance.now() < until) requestAnimationFrame(attempt);
      else stop.abort();
    };
    attempt();
  }
}

const linkOf = (event: Event): HTMLAnchorElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;

const scroller = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-scroll]');

const once = (type: string): Promise<void> => new Promise((resolve) => addEventListener(type, () => resolve(), { once: true }));

/** A hand-typed address may hold a lone `%`. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const router = new Router();
