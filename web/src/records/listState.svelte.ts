import { toPredicate, type Condition } from '../../../shared/kernel/filter.ts';
import type { AnyRecord, RecordDefinition } from '../../../shared/kernel/record.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { router } from '../kernel/router.svelte.ts';
import type { Sort } from '../ui/table.ts';
import { columnChoice, possibleColumns } from './columns.svelte.ts';
import { ME, readConditions, toFilter, writeConditions } from './filters.ts';
import { matcher } from './matching.ts';
import { newestFirst, readSort, sortRows, writeSort } from './sorting.ts';
import { typeOf, fieldOf } from './types.ts';
import { refTitle, targetOf } from './values.ts';

const WRITE_AFTER_MS = 250;

/**
 * What a list shows, from its address and the replica: conditions, words searched for, order, the row that is peeked at.
 * The address says it all, so that a copied one shows a colleague the same.
 */
export class ListState {
  readonly type: string;
  /** What is typed; the address follows a moment later. */
  text = $state(router.query('q'));
  #writing: ReturnType<typeof setTimeout> | undefined;

  constructor(type: string) {
    this.type = type;
  }

  readonly definition: RecordDefinition = $derived.by(() => typeOf(this.type));
  readonly set = $derived.by(() => replica.type(this.type));
  readonly conditions: readonly Condition[] = $derived.by(() => readConditions(this.definition, router.query('f')));
  readonly sort: Sort | undefined = $derived.by(() => {
    const sort = readSort(router.query('sort'));
    return sort && possibleColumns(this.definition).includes(sort.column) ? sort : undefined;
  });
  readonly columns: readonly string[] = $derived.by(() => columnChoice.of(this.definition));
  readonly narrowed: boolean = $derived.by(() => this.conditions.length > 0 || this.text.trim() !== '');

  /** The rows that fit, in their order. */
  readonly rows: readonly AnyRecord[] = $derived.by(() => {
    const fits = toPredicate(this.definition, toFilter(this.conditions));
    const matches = matcher(this.definition, this.text);
    const found = this.narrowed ? this.set.rows.filter((row) => matches(row) && fits(row)) : this.set.rows;
    if (!this.sort) return newestFirst(found);
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
    this.#writing = setTimeout(() => void router.setQuery({ q: text.trim() || null }), WRITE_AFTER_MS);
  }

  /** The page is left: nothing may write into the address of the next one. */
  end(): void {
    clearTimeout(this.#writing);
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
    clearTimeout(this.#writing);
    this.text = '';
    void router.setQuery({ q: null, f: null });
  }
}

const isMine = ({ field, op, value }: Condition): boolean => field === 'ownerId' && op === 'is' && value === ME;
