import { untrack } from 'svelte';
import { toPredicate, type Condition } from '../../../shared/kernel/filter.ts';
import { segmentOf, type AnyRecord, type RecordDefinition } from '../../../shared/kernel/record.ts';
import { api } from '../kernel/connection.svelte.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { router } from '../kernel/router.svelte.ts';
import type { Sort } from '../ui/table.ts';
import { columnChoice, possibleColumns } from './columns.svelte.ts';
import { Found } from './found.svelte.ts';
import { readConditions, toFilter, writeConditions } from './filters.ts';
import { ME } from './me.ts';
import { inIdleTime } from './idle.ts';
import { learnWords, matcher } from './matching.ts';
import { questionOf, ServerRows } from './serverRows.svelte.ts';
import { learnOrders, newestFirst, readSort, sortRows, writeSort } from './sorting.ts';
import { typeOf, fieldOf } from './types.ts';
import { refTitle, targetOf } from './values.ts';

const WRITE_AFTER_MS = 250;
/** Letters before the server is asked: one of them is in everything. */
const LEAST_LETTERS = 2;
const LONGEST_QUERY = 200;

/**
 * What a list shows, from its address and the replica: conditions, words searched for, order, the row that is peeked at.
 * The address says it all, so that a copied one shows a colleague the same.
 */
export class ListState {
  readonly type: string;
  /** What is typed; the address follows a moment later. */
  text = $state(router.query('q'));
  /** What the server finds beyond what is here to compare: names by their pinyin. */
  #alsoFound = $state.raw<ReadonlySet<string>>(new Set());
  #asking: AbortController | undefined;
  #writing: ReturnType<typeof setTimeout> | undefined;
  readonly server: ServerRows;

  constructor(type: string) {
    this.type = type;
    this.server = new ServerRows({
      ask: (question, signal) => api.post(`${segmentOf(this.definition)}/query`, question, { signal, repeatable: true }),
      take: (records) => replica.take(type, records),
    });
  }

  readonly definition: RecordDefinition = $derived.by(() => typeOf(this.type));
  readonly set = $derived.by(() => replica.type(this.type));
  readonly conditions: readonly Condition[] = $derived.by(() => readConditions(this.definition, router.query('f')));
  readonly sort: Sort | undefined = $derived.by(() => {
    const sort = this.fromServer ? undefined : readSort(router.query('sort'));
    return sort && possibleColumns(this.definition).includes(sort.column) ? sort : undefined;
  });
  /** There are more than are kept here: rows and their order are the server's. */
  readonly fromServer: boolean = $derived.by(() => this.set.state === 'partial');
  /** Whether the server has rows that were not read yet. Words find what they find at once. */
  readonly more: boolean = $derived.by(() => this.fromServer && this.text.trim() === '' && this.server.state !== 'end');
  /** More than a page of it is missing here: what fits is asked for as well, or it might show late or never. */
  readonly #lacking: boolean = $derived.by(() => this.fromServer || (this.set.state === 'loading' && this.set.rows.length > 0));
  readonly #asks: boolean = $derived.by(() => this.fromServer || (this.#lacking && this.conditions.length > 0));
  readonly #asked: string = $derived.by(() => writeConditions(this.conditions));
  readonly columns: readonly string[] = $derived.by(() => columnChoice.of(this.definition));
  readonly narrowed: boolean = $derived.by(() => this.conditions.length > 0 || this.text.trim() !== '');

  /** The rows that fit, in their order. */
  readonly rows: readonly AnyRecord[] = $derived.by(() => {
    const fits = toPredicate(this.definition, toFilter(this.conditions));
    if (this.fromServer && this.text.trim() === '') return this.server.rowsOf(this.set, fits);
    const matches = matcher(this.definition, this.text);
    const also = this.#alsoFound;
    const all = newestFirst(this.set.rows);
    const found = this.narrowed ? all.filter((row) => (matches(row) || also.has(row.id)) && fits(row)) : all;
    if (this.fromServer) return found.toReversed();
    if (!this.sort) return found;
    const target = targetOf(fieldOf(this.definition, this.sort.column));
    return sortRows(this.definition, found, this.sort, i18n.formats, (id) => refTitle(target, String(id)));
  });

  readonly peeked: AnyRecord | undefined = $derived.by(() => {
    const id = router.query('peek');
    return id ? this.set.get(id) : undefined;
  });

  readonly mine: boolean = $derived.by(() => this.conditions.some(isMine));

  search(text: string): void {
    this.text = text;
    clearTimeout(this.#writing);
    this.#alsoFound = new Set();
    this.#asking?.abort();
    this.#writing = setTimeout(() => {
      void router.setQuery({ q: text.trim() || null });
      void this.askServer();
    }, WRITE_AFTER_MS);
  }

  /** Asks the server for the words of the address; without an answer the list shows what it finds by itself. */
  async askServer(): Promise<void> {
    const text = this.text.trim();
    if ([...text].length < LEAST_LETTERS) return;
    const asking = (this.#asking = new AbortController());
    try {
      const query = { q: text.slice(0, LONGEST_QUERY) };
      const { items } = await api.get<{ items: { type: string; id: string }[] }>('search', { query, signal: asking.signal });
      if (!asking.signal.aborted) this.#alsoFound = new Set(items.filter(({ type }) => type === this.type).map(({ id }) => id));
    } catch {
      // See above.
    }
  }

  /** Reads from the server what the replica does not hold; anew for other conditions, or when all is loaded anew. @returns what ends it */
  readServer(): (() => void) | undefined {
    if (!this.#asks) return undefined;
    void this.#asked;
    void this.set.replaced;
    return untrack(() => this.server.start(questionOf(toFilter(this.conditions))));
  }

  /** Fetches what the server has found and the replica does not hold. */
  readFound(): void {
    if (!this.#lacking) return;
    const found = this.#alsoFound;
    untrack(() => found.forEach((id) => void new Found(this.type, id).load()));
  }

  /** Once all rows are here, learns in idle time what the first word typed and the first press on a heading need. @returns what ends it */
  prepare(): (() => void) | undefined {
    if (this.set.state !== 'complete') return undefined;
    const { definition, columns } = this;
    const rows = untrack(() => this.set.rows);
    const nameOf = (column: string) => (id: unknown) => untrack(() => refTitle(targetOf(fieldOf(definition, column)), String(id)));
    const { formats } = i18n;
    return inIdleTime(
      (function* () {
        yield* learnWords(definition, rows);
        yield* learnOrders(definition, rows, columns, formats, nameOf);
      })(),
    );
  }

  /** The page is left: nothing may write into the address of the next one. */
  end(): void {
    clearTimeout(this.#writing);
    this.#asking?.abort();
  }

  setConditions(conditions: readonly Condition[]): void {
    void router.setQuery({ f: writeConditions(conditions) });
  }

  setMine(mine: boolean): void {
    const others = this.conditions.filter((one) => one.field !== 'ownerId');
    this.setConditions(mine ? [{ field: 'ownerId', op: 'is', value: ME }, ...others] : others);
  }

  setSort(sort: Sort | undefined): void {
    void router.setQuery({ sort: writeSort(sort) });
  }

  peek(record: AnyRecord | undefined): void {
    void router.setQuery({ peek: record?.id ?? null });
  }

  clear(): void {
    this.end();
    this.text = '';
    this.#alsoFound = new Set();
    void router.setQuery({ q: null, f: null });
  }
}

const isMine = ({ field, op, value }: Condition): boolean => field === 'ownerId' && op === 'is' && value === ME;
