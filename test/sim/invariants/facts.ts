/** What really happened, from the table's own record of every change; the invariants are recounted from it. */
import { toInstant } from '../../../shared/kernel/dates.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../../shared/kernel/record.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { toRecord } from '../../../functions/records/item.ts';
import type { Firm } from '../firm.ts';
import type { Ledger } from '../ledger.ts';
import { compareKeys, type StoredItem } from '../memory/item.ts';
import type { Change, Store } from '../memory/store.ts';
import type { Mails } from '../mailService.ts';
import type { Objects } from '../objectStore.ts';
import type { Replica } from '../replica.ts';

/** One state of a record, as it was written. */
export interface Commit {
  readonly definition: RecordDefinition;
  readonly id: string;
  readonly version: number;
  readonly before: StoredItem | undefined;
  /** Also when it lies in the bin. */
  readonly item: StoredItem;
  readonly removed: boolean;
  /** Gone by itself: it was to be kept so long and no longer. */
  readonly expired: boolean;
  readonly atMs: number;
}

export interface Facts {
  readonly firm: Firm;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly replicas: readonly Replica[];
  readonly mails: Mails;
  /** What lies in the store of files. */
  readonly objects: Objects;
  /** Whether some may have died between two steps that nothing can join. */
  readonly functionsDied: boolean;
  /** Records of which some change could not be followed before its cause was mended: told late. */
  readonly toldLate: ReadonlySet<string>;
  /** When due work was last looked for. */
  readonly lastTickMs: number;
  /** In the order in which they were written. */
  readonly commits: readonly Commit[];
  /** Those of them that were followed since counting began anew, when a demo was cleared; else all. */
  readonly counted: readonly Commit[];
  /** Records as they stand, without those in the bin. */
  readonly live: readonly Commit[];
  /** Items of the workspace whose keys start so, in the order of their keys. */
  readonly items: (pkStart: string, skStart?: string) => StoredItem[];
}

/** @returns what is wrong, in sentences */
export type Invariant = (facts: Facts) => string[];

export function factsOf(
  given: Pick<Facts, 'firm' | 'store' | 'ledger' | 'replicas' | 'mails' | 'objects' | 'toldLate' | 'lastTickMs' | 'functionsDied'>,
): Facts {
  const { firm, store } = given;
  const prefix = `T#${firm.tenant}#`;
  const commits = store.changes.flatMap((change) =>
    change.key.sk === 'A' && change.key.pk.startsWith(prefix) ? (toCommit(change) ?? []) : [],
  );
  const newest = [...new Map(commits.map((commit) => [commit.id, commit])).values()];
  const mine = [...store.all()]
    .filter((item) => String(item['pk']).startsWith(prefix))
    .sort((a, b) => compareKeys(`${String(a['pk'])}|${String(a['sk'])}`, `${String(b['pk'])}|${String(b['sk'])}`));
  const items: Facts['items'] = (pkStart, skStart = '') =>
    mine.filter((item) => String(item['pk']).startsWith(prefix + pkStart) && String(item['sk']).startsWith(skStart));
  return {
    ...given,
    commits,
    counted: commits.filter(isCounted(items)),
    live: newest.filter(({ removed, item }) => !removed && store.read({ pk: String(item['pk']), sk: 'A' })),
    items,
  };
}

function isCounted(items: Facts['items']): (commit: Commit) => boolean {
  const head = items('X', 'H').find(({ pk }) => String(pk).endsWith('#X'));
  const from = Number(head?.['countsFrom'] ?? 0);
  const before = items('X#').filter(({ sk, row }) => Number(sk) <= from && (row as Values)['derived'] === undefined);
  const told = new Set(before.map(({ row }) => `${String((row as Values)['id'])}#${String((row as Values)['version'])}`));
  return ({ id, version }) => !told.has(`${id}#${version}`);
}

/** What a change did to a record; nothing when it emptied the bin. A record that expires ends in a version more. */
function toCommit({ before, after, atMs }: Change): Commit | undefined {
  if (!after && (!before || before['removed'] === true)) return undefined;
  const expired = !after;
  const at = toInstant(Math.floor(atMs / 1000) * 1000);
  const item = after ?? { ...before!, version: Number(before!['version']) + 1, updatedAt: at, requestId: '' };
  return {
    definition: definitionOf(String(item['type'])),
    id: String(item['id']),
    version: Number(item['version']),
    before,
    item,
    removed: expired || item['removed'] === true,
    expired,
    atMs,
  };
}

/** The record an item stores, as the API shows it whole. */
export const recordIn = (item: StoredItem): AnyRecord =>
  toRecord(definitionOf(String(item['type'])), item as StoredItem & { pk: string; sk: string });

/** The same words whatever the order of properties. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Sentences for what one side has and the other has not. */
export function differences(what: string, expected: ReadonlyMap<string, unknown>, found: ReadonlyMap<string, unknown>): string[] {
  return [
    ...[...expected].filter(([name]) => !found.has(name)).map(([name]) => `${what} ${name} is missing`),
    ...[...found].filter(([name]) => !expected.has(name)).map(([name, value]) => `${what} ${name} should not be: ${canonical(value)}`),
    ...[...expected]
      .filter(([name, value]) => found.has(name) && canonical(found.get(name)) !== canonical(value))
      .map(([name, value]) => `${what} ${name} is ${canonical(found.get(name))}, not ${canonical(value)}`),
  ];
}
