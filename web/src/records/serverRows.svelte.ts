import type { Condition, Filter } from '../../../shared/kernel/filter.ts';
import { MOST_PER_PAGE, PAGE_SIZE, type Page } from '../../../shared/kernel/page.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import type { RecordSet } from '../kernel/replica/recordSet.svelte.ts';

/** What `POST /<plural>/query` is asked: a member whose records are wanted, and what else must fit. */
export interface Question {
  readonly owner?: string;
  readonly filter?: Filter;
}

export interface ServerRowsWorld {
  readonly ask: (question: Question & { limit: number; cursor?: string }, signal: AbortSignal) => Promise<Page<AnyRecord>>;
  /** Puts records where the feed and the user's own changes reach them. */
  readonly take: (records: readonly AnyRecord[]) => void;
}

/** Pages asked for in one go while a filter finds little: the server reads up to 2,000 records for each. */
const MOST_PAGES = 10;

/**
 * The rows of a list that the replica holds only in part, read from the server page by page. It keeps their order alone:
 * the records go to the replica, so that changes show here as in any list.
 */
export class ServerRows {
  /** `more`: there are further pages, or the last one could not be had and `failure` says why. */
  state = $state<'reading' | 'more' | 'end'>('reading');
  failure = $state.raw<unknown>();
  readonly #world: ServerRowsWorld;
  #ids = $state.raw<readonly string[]>([]);
  #question: Question = {};
  #cursor: string | undefined;
  #reading = new AbortController();

  constructor(world: ServerRowsWorld) {
    this.#world = world;
  }

  /** Begins anew with another question; answers to the one before no longer count. @returns what ends it */
  start(question: Question): () => void {
    this.#reading.abort();
    const reading = (this.#reading = new AbortController());
    this.#question = question;
    this.#cursor = undefined;
    this.#ids = [];
    void this.#read();
    return () => reading.abort();
  }

  /** Reads on. Never throws: what went wrong is `failure`. */
  async more(): Promise<void> {
    if (this.state === 'more') await this.#read();
  }

  /**
   * The records in the server's order, as they stand now. Once the last page is here, what others or the user have added
   * since follows it, as it would on the server.
   * @param fits  the same question as a predicate: a changed record may no longer belong here
   */
  rowsOf(set: RecordSet, fits: (record: AnyRecord) => boolean): readonly AnyRecord[] {
    const listed = this.#ids.flatMap((id) => set.get(id) ?? []).filter(fits);
    if (this.state !== 'end') return listed;
    const known = new Set(this.#ids);
    return [...listed, ...set.rows.filter((row) => !known.has(row.id) && fits(row)).sort((a, b) => (a.id < b.id ? -1 : 1))];
  }

  async #read(): Promise<void> {
    const { signal } = this.#reading;
    const enough = this.#ids.length + PAGE_SIZE;
    this.state = 'reading';
    this.failure = undefined;
    try {
      for (let pages = 0; pages < MOST_PAGES && this.#ids.length < enough; pages++) {
        const cursor = this.#cursor === undefined ? {} : { cursor: this.#cursor };
        const page = await this.#world.ask({ ...this.#question, limit: MOST_PER_PAGE, ...cursor }, signal);
        if (signal.aborted) return;
        this.#world.take(page.items);
        this.#ids = [...this.#ids, ...page.items.map(({ id }) => id)];
        this.#cursor = page.cursor;
        if (page.cursor === undefined) return void (this.state = 'end');
      }
    } catch (error) {
      if (signal.aborted) return;
      this.failure = error;
    }
    this.state = 'more';
  }
}

/** A filter as a question. One owner's records lie together on the server: asking for him spares it reading all others. */
export function questionOf(filter: Filter): Question {
  const parts = 'all' in filter ? filter.all : [filter];
  const owned = parts.find((part): part is Condition => 'field' in part && part.field === 'ownerId' && ownerIn(part) !== undefined);
  const others = parts.filter((part) => part !== owned);
  return { ...(owned && { owner: ownerIn(owned) }), ...(others.length ? { filter: { all: others } } : {}) };
}

function ownerIn({ op, value }: Condition): string | undefined {
  const only: unknown = op === 'in' && Array.isArray(value) && value.length === 1 ? value[0] : op === 'is' ? value : undefined;
  return typeof only === 'string' ? only : undefined;
}
