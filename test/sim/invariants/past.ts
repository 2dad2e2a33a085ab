import { applyChange, type Diff } from '../../../shared/kernel/diff.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import { canonical, type Commit, differences, type Invariant } from './facts.ts';

/** Versions of a record count 1, 2, 3 … whatever the clocks said: no write was lost under another. */
export const versionsAreDense: Invariant = ({ commits }) =>
  byRecord(commits).flatMap(([id, states]) =>
    states.flatMap(({ version }, i) => (version === i + 1 ? [] : [`${id} went to version ${version} as its write ${i + 1}`])),
  );

/** One version row for each write, whose changes, applied one after the other, give the record as it stands. */
export const historyTellsTheRecord: Invariant = ({ commits, items }) =>
  byRecord(commits).flatMap(([id, states]) => {
    const { definition } = states[0]!;
    const rows = items(`${definition.name}#${id}`, 'V#').map(({ row }) => row as Values);
    const expected = new Map(states.map((state) => [String(state.version), describe(state)]));
    const found = new Map(rows.map((row) => [String(row['version']), pick(row)]));
    const told = rows.reduce<Values>((values, row) => applyChange(values, laterOf(row['changes'] as Diff)), {});
    const { item, removed } = states.at(-1)!;
    const stands = removed ? {} : { ...(item['data'] as Values), ...(item['ownerId'] ? { ownerId: item['ownerId'] } : {}) };
    const wrong = differences(`version of ${id}`, expected, found);
    return wrong.length || canonical(told) === canonical(stands)
      ? wrong
      : [`the history of ${id} tells ${canonical(told)}, not ${canonical(stands)}`];
  });

/** The feed has every write once, at positions without a gap, a record's versions in their order. */
export const feedIsDense: Invariant = ({ commits, items }) => {
  const rows = items('X#').map(({ sk, row }) => ({ position: Number(sk), ...(row as { id: string; version: number; type: string }) }));
  const head = items('X', 'H').find(({ pk }) => String(pk).endsWith('#X'));
  const ordered = rows.toSorted((a, b) => a.position - b.position);
  const written = ordered.filter(({ version }) => version !== undefined);
  const names = written.map(({ id, version }) => `${id} v${version}`);
  return [
    ...ordered.flatMap(({ position }, i) => (position === i + 1 ? [] : [`the feed's row ${i + 1} has position ${position}`])),
    ...(Number(head?.['position'] ?? 0) === rows.length
      ? []
      : [`the feed's head says ${String(head?.['position'])} of ${rows.length} rows`]),
    ...names.flatMap((name, i) => (names.indexOf(name) === i ? [] : [`the feed tells ${name} twice`])),
    ...differences(
      'in the feed',
      new Map(commits.map(({ id, version }) => [`${id} v${version}`, 1])),
      new Map(names.map((name) => [name, 1])),
    ),
    ...[...Map.groupBy(written, ({ id }) => id)].flatMap(([id, each]) =>
      each.every(({ version }, i) => i === 0 || version > each[i - 1]!.version)
        ? []
        : [`the feed tells the versions of ${id} out of order`],
    ),
  ];
};

const byRecord = (commits: readonly Commit[]): [string, Commit[]][] => [...Map.groupBy(commits, ({ id }) => id)];

const describe = ({ item, before, removed, version }: Commit) => ({
  version,
  at: item['updatedAt'],
  by: item['updatedBy'],
  requestId: item['requestId'],
  event: removed ? 'removed' : before && before['removed'] !== true ? 'updated' : 'created',
});
const pick = ({ version, at, by, requestId, event }: Values) => ({ version, at, by, requestId, event });

const laterOf = (changes: Diff): Values => Object.fromEntries(Object.entries(changes).map(([name, { to }]) => [name, to ?? null]));
