import type { Page } from '../../../shared/kernel/page.ts';
import { api } from '../kernel/connection.svelte.ts';

/** Rows that come page by page, newest first: a timeline, a history, the bin. */
export class Pages<Row, First extends Page<Row> = Page<Row>> {
  rows = $state.raw<readonly Row[]>([]);
  /** The first page, with what comes with it alone. */
  first = $state.raw<First | undefined>();
  /** Read at least once. */
  ready = $state(false);
  busy = $state(false);
  failure = $state.raw<unknown>();
  readonly #path: string;
  readonly #query: Readonly<Record<string, string | undefined>>;
  #cursor = $state<string | undefined>();
  #last = 0;

  constructor(path: string, query: Readonly<Record<string, string | undefined>> = {}) {
    this.#path = path;
    this.#query = query;
  }

  get more(): boolean {
    return this.#cursor !== undefined;
  }

  /** Reads the newest anew; what was shown stays until the answer is there. Never throws. */
  load(): Promise<void> {
    return this.#read(undefined);
  }

  loadMore(): Promise<void> {
    return this.#read(this.#cursor);
  }

  async #read(cursor: string | undefined): Promise<void> {
    const mine = ++this.#last;
    this.busy = true;
    try {
      const page = await api.get<First>(this.#path, { query: { ...this.#query, cursor } });
      if (mine !== this.#last) return;
      if (cursor === undefined) this.first = page;
      this.rows = cursor === undefined ? page.items : [...this.rows, ...page.items];
      this.#cursor = page.cursor;
      this.ready = true;
      this.failure = undefined;
    } catch (error) {
      if (mine === this.#last) this.failure = error;
    } finally {
      if (mine === this.#last) this.busy = false;
    }
  }
}
