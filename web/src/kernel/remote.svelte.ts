/** What a page reads from the server before it can show itself. */
export interface Loadable {
  readonly ready: boolean;
  readonly failure: unknown;
  load(): Promise<void>;
}

/** One thing read from the server. Of two readings under way the later one counts. */
export class Remote<T> implements Loadable {
  value = $state.raw<T | undefined>();
  failure = $state.raw<unknown>();
  readonly #read: () => Promise<T>;
  #last = 0;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  get ready(): boolean {
    return this.value !== undefined;
  }

  /** Never throws: what went wrong is `failure`. */
  async load(): Promise<void> {
    const mine = ++this.#last;
    try {
      const value = await this.#read();
      if (mine !== this.#last) return;
      this.value = value;
      this.failure = undefined;
    } catch (error) {
      if (mine === this.#last) this.failure = error;
    }
  }
}
