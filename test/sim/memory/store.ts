/**
 * What a table holds, with everything it ever held: an eventually consistent read is a read of the past, and the
 * whole past is what the invariants are recounted from.
 */
import { tableSchema } from '../../../infra/tableSchema.ts';
import { compareKeys, sameStored, type StoredItem } from './item.ts';

export interface PrimaryKey {
  readonly pk: string;
  readonly sk: string;
}

/** One change of one item, in the order in which the table made them. */
export interface Change {
  readonly sequence: number;
  readonly key: PrimaryKey;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
  readonly atMs: number;
  /** Removed by time to live. */
  readonly expired: boolean;
}

/** All states of one item, oldest first. */
interface Cell {
  readonly key: PrimaryKey;
  readonly states: { readonly item: StoredItem | undefined; readonly atMs: number }[];
}

export type IndexName = (typeof tableSchema.indexes)[number]['name'];

export class Store {
  /** Everything that ever changed. */
  readonly changes: Change[] = [];
  private readonly partitions = new Map<string, Map<string, Cell>>();
  /** Per index and hash value, the items that have it or once had it. */
  private readonly indexed = new Map<string, Set<Cell>>();
  /** Told of each change as it happens. */
  onChange: (change: Change) => void = () => {};
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** The item as it stood so many milliseconds ago. */
  read({ pk, sk }: PrimaryKey, lagMs = 0): StoredItem | undefined {
    return stateAt(this.partitions.get(pk)?.get(sk), this.now() - lagMs);
  }

  write(key: PrimaryKey, after: StoredItem | undefined, expired = false): void {
    const cell = this.cell(key);
    const before = cell.states.at(-1)?.item;
    if (sameStored(before, after)) return; // nothing changed: the stream tells nothing, either
    cell.states.push({ item: after, atMs: this.now() });
    const change = { sequence: this.changes.length + 1, key: cell.key, before, after, atMs: this.now(), expired };
    this.changes.push(change);
    for (const { name, partitionKey } of tableSchema.indexes)
      if (after?.[partitionKey] !== undefined) this.inIndex(name, String(after[partitionKey])).add(cell);
    this.onChange(change);
  }

  /** Items of a partition, in the order of their sort keys. */
  partition(pk: string, lagMs = 0): StoredItem[] {
    const cells = [...(this.partitions.get(pk)?.values() ?? [])];
    return present(cells, this.now() - lagMs).sort((a, b) => compareKeys(String(a['sk']), String(b['sk'])));
  }

  /** Items under one hash value of an index, in its order, as they stand in the table. */
  index(name: IndexName, hash: string, lagMs = 0): StoredItem[] {
    const { partitionKey, sortKey } = indexNamed(name);
    return present(this.indexed.get(`${name}|${hash}`) ?? [], this.now() - lagMs)
      .filter((item) => item[partitionKey] === hash && item[sortKey] !== undefined)
      .sort((a, b) => compareKeys(String(a[sortKey]), String(b[sortKey])) || compareKeys(String(a['pk']), String(b['pk'])));
  }

  /** Every item that stands now. */
  *all(): Iterable<StoredItem> {
    for (const partition of this.partitions.values())
      for (const { states } of partition.values()) {
        const item = states.at(-1)?.item;
        if (item) yield item;
      }
  }

  /** What DynamoDB's time to live does some time after an item's moment has passed. */
  expire(): void {
    const due = [...this.all()].filter(({ expiresAt }) => typeof expiresAt === 'number' && expiresAt * 1000 <= this.now());
    for (const item of due) this.write(item as StoredItem & PrimaryKey, undefined, true);
  }

  private cell({ pk, sk }: PrimaryKey): Cell {
    const partition = this.partitions.get(pk) ?? new Map<string, Cell>();
    this.partitions.set(pk, partition);
    const cell = partition.get(sk) ?? { key: { pk, sk }, states: [] };
    partition.set(sk, cell);
    return cell;
  }

  private inIndex(name: string, hash: string): Set<Cell> {
    const cells = this.indexed.get(`${name}|${hash}`) ?? new Set<Cell>();
    this.indexed.set(`${name}|${hash}`, cells);
    return cells;
  }
}

export const indexNamed = (name: string) => tableSchema.indexes.find((index) => index.name === name)!;

function stateAt(cell: Cell | undefined, atMs: number): StoredItem | undefined {
  return cell?.states.findLast((state) => state.atMs <= atMs)?.item;
}

const present = (cells: Iterable<Cell>, atMs: number): StoredItem[] =>
  [...cells].map((cell) => stateAt(cell, atMs)).filter((item) => item !== undefined);
