import { untrack } from 'svelte';
import { toInstant } from '../../../shared/kernel/dates.ts';
import { toPredicate, type Condition, type Filter } from '../../../shared/kernel/filter.ts';
import { ME } from '../../../shared/kernel/me.ts';
import { segmentOf, type AnyRecord, type RecordDefinition } from '../../../shared/kernel/record.ts';
import type { ViewColumn } from '../../../shared/workspace/listView.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { api } from '../kernel/connection.svelte.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { inIdleTime } from '../kernel/idle.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { router } from '../kernel/router.svelte.ts';
import type { Sort } from '../ui/table.ts';
import { columnsOf, layoutChoice, possibleColumns, type Layout } from './columns.svelte.ts';
import { Found } from './found.svelte.ts';
import { cleanTree, isMine, readTree, settled } from './filters.ts';
import { conditionsOf, EMPTY_TREE, writeTree, type FilterTree } from './filterTree.ts';
import { learnWords, matcher } from '../../../shared/kernel/matching.ts';
import { questionOf, ServerRows } from './serverRows.svelte.ts';
import { learnOrders, newestFirst, readSort, sortRows, writeSort } from './sorting.ts';
import { typeOf, fieldOf } from './types.ts';
import { refTitle, targetOf } from './values.ts';
import { ALL, isShared, ListViews, type View } from './views/listViews.svelte.ts';

const WRITE_AFTER_MS = 250;
/** Letters before the server is asked: one of them is in everything. */
const LEAST_LETTERS = 2;
const LONGEST_QUERY = 200;
/** What is overdue is looked at anew so often; all other periods change with the day. */
const MOMENT_MS = 300_000;
/** In an address, where the view has it otherwise: no order, no conditions, the list itself. */
const NO_SORT = '-';
const NO_FILTER = '[]';
const AS_LIST = 'list';

/**
 * What a list shows, from its address, its view and the replica: conditions, words searched for, order, the row that is
 * peeked at. The address says it all, so that a copied one shows a colleague the same; what it says comes before the
 * view. Parts of a view that nobody else may read are written out in it.
 */
export class ListState {
  readonly type: string;
  readonly views: ListViews;
  /** What is typed; the address follows a moment later. */
  text = $state(router.query('q'));
  /** What the server finds beyond what is here to compare: names by their pinyin. */
  #alsoFound = $state.raw<ReadonlySet<string>>(new Set());
  #asking: AbortController | undefined;
  #writing: ReturnType<typeof setTimeout> | undefined;
  readonly server: ServerRows;

  constructor(type: string) {
    this.type = type;
    this.views = new ListViews(type);
    this.server = new ServerRows({
      ask: (question, signal) => api.post(`${segmentOf(this.definition)}/query`, question, { signal, repeatable: true }),
      take: (records) => replica.take(type, records),
    });
  }

  readonly definition: RecordDefinition = $derived.by(() => typeOf(this.type));
  readonly set = $derived.by(() => replica.type(this.type));

  /** The view that is open; none: the list itself. */
  readonly view: View | undefined = $derived.by(() => {
    const asked = router.query('view');
    if (asked === ALL) return undefined;
    if (asked) return this.views.find(asked);
    // An address with conditions of its own, such as a figure's, means the list itself.
    return ['f', 'sort', 'layout'].some((name) => router.query(name)) ? undefined : this.views.standard;
  });
  /** Until the views are known, nobody knows what the address means. */
  readonly awaited: boolean = $derived.by(() => !this.views.ready && router.query('view') !== ALL);

  readonly #viewTree: FilterTree = $derived.by(() => (this.view?.filter ? cleanTree(this.definition, this.view.filter) : EMPTY_TREE));
  readonly #asked: string = $derived.by(() => router.query('f') || writeTree(this.#viewTree));
  readonly tree: FilterTree = $derived.by(() => readTree(this.definition, this.#asked));
  readonly conditions: readonly Condition[] = $derived.by(() => conditionsOf(this.tree));
  readonly sort: Sort | undefined = $derived.by(() => {
    const sort = this.fromServer ? undefined : readSort(router.query('sort') || (this.view?.sort ?? ''));
    return sort && possibleColumns(this.definition).includes(sort.column) ? sort : undefined;
  });
  /** Another way to show the list, such as a board; empty for the list itself. */
  readonly shownAs: string = $derived.by(() => {
    const asked = router.query('layout') || (this.view?.layout ?? '');
    return asked === AS_LIST ? '' : asked;
  });
  /** There are more than are kept here: rows and their order are the server's. */
  readonly fromServer: boolean = $derived.by(() => this.set.state === 'partial');
  /** Whether the server has rows that were not read yet. Words find what they find at once. */
  readonly more: boolean = $derived.by(() => this.fromServer && this.text.trim() === '' && this.server.state !== 'end');
  /** More than a page of it is missing here: what fits is asked for as well, or it might show late or never. */
  readonly #lacking: boolean = $derived.by(() => this.fromServer || (this.set.state === 'loading' && this.set.rows.length > 0));
  readonly #asks: boolean = $derived.by(() => !this.awaited && (this.fromServer || (this.#lacking && this.conditions.length > 0)));
  readonly narrowed: boolean = $derived.by(() => this.conditions.length > 0 || this.text.trim() !== '');

  readonly #layoutKey: string = $derived.by(() => (this.view ? `${this.type}/${this.view.id}` : this.type));
  /** Columns, density and totals as they are chosen now. */
  readonly layout: Layout = $derived.by(() => layoutChoice.of(this.#layoutKey, layoutIn(this.view)));
  readonly viewColumns: readonly ViewColumn[] = $derived.by(() => columnsOf(this.definition, this.layout));
  readonly columns: readonly string[] = $derived.by(() => this.viewColumns.map(({ name }) => name));
  readonly layoutChosen: boolean = $derived.by(() => layoutChoice.isChanged(this.#layoutKey, layoutIn(this.view)));

  /** Whether something is shown otherwise than the view has it. */
  readonly modified: boolean = $derived.by(
    () =>
      this.view !== undefined &&
      (this.layoutChosen ||
        writeTree(this.tree) !== writeTree(this.#viewTree) ||
        (!this.fromServer && writeSort(this.sort) !== (this.view.sort ?? '')) ||
        this.shownAs !== (this.view.layout ?? '')),
  );

  readonly #moment: number = $derived.by(() => Math.floor(clock.now / MOMENT_MS));
  readonly #today: string = $derived.by(() => i18n.formats.today(clock.now));
  /** The filter for this reader, now. */
  readonly filter: Filter = $derived.by(() => {
    const periods = this.conditions.filter(({ op }) => op === 'within');
    if (periods.length) void this.#today;
    const nowMs = periods.some(({ value }) => value === 'overdue') ? this.#moment * MOMENT_MS : untrack(() => clock.now);
    return settled(this.definition, this.tree, toInstant(nowMs));
  });

  /** The rows that fit, in their order. */
  readonly rows: readonly AnyRecord[] = $derived.by(() => {
    if (this.awaited) return [];
    const fits = toPredicate(this.definition, this.filter);
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

  readonly mine: boolean = $derived.by(() => this.tree.join === 'all' && this.tree.parts.some(isMine));

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
    return untrack(() => this.server.start(questionOf(this.filter)));
  }

  /** Reads on until the server has no more; what could not be had is told in the list. */
  async readAll(): Promise<void> {
    while (this.more && !this.server.failure) await this.server.more();
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

  setTree(tree: FilterTree): void {
    this.#write({ f: this.#overriding(writeTree(tree), writeTree(this.#viewTree), NO_FILTER) });
  }

  setMine(mine: boolean): void {
    const others = this.tree.parts.filter((part) => !('field' in part && part.field === 'ownerId'));
    this.setTree({ join: 'all', parts: mine ? [{ field: 'ownerId', op: 'is', value: ME }, ...others] : others });
  }

  setSort(sort: Sort | undefined): void {
    this.#write({ sort: this.#overriding(writeSort(sort), this.view?.sort ?? '', NO_SORT) });
  }

  /** @param layout  another way to show the list; empty for the list itself */
  showAs(layout: string): void {
    this.#write({ layout: this.#overriding(layout, this.view?.layout ?? '', AS_LIST) });
  }

  setLayout(change: Layout): void {
    layoutChoice.set(this.#layoutKey, { ...this.layout, ...change });
  }

  setColumn(name: string, change: Partial<ViewColumn>): void {
    this.setLayout({ columns: this.viewColumns.map((column) => (column.name === name ? { ...column, ...change } : column)) });
  }

  /** Puts a column in another place; among those that stay, or among the others. */
  moveColumn(name: string, to: number): void {
    const from = this.columns.indexOf(name);
    const target = this.viewColumns[to];
    if (from < 1 || target === undefined) return;
    const moved = { ...this.viewColumns[from]!, pinned: to > 0 && target.pinned === true };
    this.setLayout({ columns: this.viewColumns.toSpliced(from, 1).toSpliced(Math.max(to, 1), 0, moved) });
  }

  resetLayout(): void {
    layoutChoice.reset(this.#layoutKey);
  }

  /** Opens a view, or the list itself, as it was saved. */
  open(view: View | undefined): void {
    this.end();
    this.text = '';
    this.#alsoFound = new Set();
    if (view) layoutChoice.reset(`${this.type}/${view.id}`);
    const written = view && !isShared(view);
    const filter = view?.filter ? writeTree(cleanTree(this.definition, view.filter)) : '';
    void router.setQuery({
      view: view?.id ?? (this.views.standard ? ALL : null),
      f: written ? filter || NO_FILTER : null,
      sort: written ? view.sort || NO_SORT : null,
      layout: written ? (view.layout ?? null) : null,
      q: null,
      peek: null,
    });
  }

  peek(id: string | undefined): void {
    this.#write({ peek: id ?? null });
  }

  clear(): void {
    this.end();
    this.text = '';
    this.#alsoFound = new Set();
    this.#write({ q: null, f: this.#overriding('', writeTree(this.#viewTree), NO_FILTER) });
  }

  /** A part of the address: left out where it says what the view says and everybody can read that. */
  #overriding(value: string, ofView: string, nothing: string): string | null {
    if (value === ofView && !(this.view && !isShared(this.view))) return null;
    return value || nothing;
  }

  /** Names the view with whatever is changed of it, or the next part of the address would turn it into the list itself. */
  #write(parts: Readonly<Record<string, string | null>>): void {
    const view = this.view?.id ?? (this.views.standard ? ALL : null);
    void router.setQuery(this.awaited ? parts : { ...parts, view });
  }
}

const layoutIn = (view: View | undefined): Layout => ({ columns: view?.columns, density: view?.density, totals: view?.totals });
