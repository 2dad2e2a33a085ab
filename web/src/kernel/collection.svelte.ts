import { segmentOf, type RecordDefinition, type SystemValues, type Values } from '../../../shared/kernel/record.ts';
import { api } from './connection.svelte.ts';
import { newId } from './newId.ts';
import type { Loadable } from './remote.svelte.ts';
import { session } from './session.svelte.ts';

/** A page of a list, as the API answers it. */
interface Page<Row> {
  readonly items: readonly Row[];
  readonly cursor?: string;
}

const PAGE = 200;

/**
 * Every record of a type that is few and seldom changes: members, roles, departments, own fields. Read whole, shown
 * while it is read again, and forgotten with the session.
 */
export class Collection<R extends SystemValues = SystemValues> implements Loadable {
  items = $state.raw<readonly R[]>([]);
  /** Read at least once; what is shown then stays while it is read again. */
  ready = $state(false);
  /** Why the last reading failed. */
  failure = $state.raw<unknown>();
  readonly #segment: string;
  readonly #prefix: string;
  #reading: Promise<void> | undefined;

  constructor(definition: Pick<RecordDefinition, 'plural' | 'idPrefix'>) {
    this.#segment = segmentOf(definition);
    this.#prefix = definition.idPrefix;
  }

  /** Reads all pages. Never throws: what went wrong is `failure`. */
  load(): Promise<void> {
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  find(id: string | undefined): R | undefined {
    return this.items.find((item) => item.id === id);
  }

  /** Takes a record as the server has just answered it. */
  put(record: R): R {
    const known = this.find(record.id);
    this.items = known ? this.items.map((item) => (item === known ? record : item)) : [...this.items, record];
    return record;
  }

  /** The id is made here, so that a lost answer can be asked for again without a second record. */
  async create(values: Values): Promise<R> {
    return this.put(await api.post<R>(this.#segment, { id: newId(this.#prefix), ...values }, { repeatable: true }));
  }

  /** @throws ApiError record.stale when somebody else was faster */
  async update(record: Pick<R, 'id' | 'version'>, change: Values): Promise<R> {
    return this.put(await api.patch<R>(`${this.#segment}/${record.id}`, change, { version: record.version }));
  }

  async remove(record: Pick<R, 'id' | 'version'>): Promise<void> {
    await api.delete(`${this.#segment}/${record.id}`, { version: record.version });
    this.items = this.items.filter(({ id }) => id !== record.id);
  }

  forget(): void {
    this.items = [];
    this.ready = false;
  }

  async #read(): Promise<void> {
    try {
      const items: R[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.get<Page<R>>(this.#segment, { query: { limit: PAGE, cursor } });
        items.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== undefined);
      this.items = items;
      this.ready = true;
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
    }
  }
}

const known = new Map<string, Collection>();

/** The page's one collection of the type. */
export function collectionOf<R extends SystemValues>(definition: Pick<RecordDefinition, 'plural' | 'idPrefix'>): Collection<R> {
  let collection = known.get(definition.plural);
  if (!collection) {
    collection = new Collection(definition);
    known.set(definition.plural, collection);
    session.onEnd(() => known.get(definition.plural)?.forget());
  }
  return collection as unknown as Collection<R>;
}
