import { applyChange, type Diff } from '../../../shared/kernel/diff.ts';
import type { RecordDefinition, Values } from '../../../shared/kernel/record.ts';
import { canonical, type Commit, differences, type Invariant, recordIn } from './facts.ts';

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
    const { ownerId, ...values } = recordIn(item);
    const kept = Object.entries(values).filter(
      ([name]) => (definition.fields[name] || name.startsWith('x_')) && !isPacked(definition, name),
    );
    const stands = removed ? {} : { ...Object.fromEntries(kept), ...(ownerId ? { ownerId } : {}) };
    const wrong = differences(`version of ${id}`, expected, found);
    return wrong.length || canonical(told) === canonical(stands)
      ? wrong
      : [`the history of ${id} tells ${canonical(told)}, not ${canonical(stands)}`];
  });

/**
 * The feed has positions without a gap, every write once, and a row more for each time that derived values were
 * written, and for each note and file, which may be told again; a record's versions come in their order.
 */
export const feedIsDense: Invariant = ({ commits, items, toldLate, ledger }) => {
  const rows = items('X#')
    .map(({ sk, row }) => ({ position: Number(sk), ...(row as { id: string; version: number; derived?: true }) }))
    .sort((a, b) => a.position - b.position);
  const head = items('X', 'H').find(({ pk }) => String(pk).endsWith('#X'));
  const told = Map.groupBy(rows, ({ id }) => id);
  const derivations = new Map(items('', 'D').map(({ pk, change }) => [String(pk).split('#').at(-1)!, Number(change)]));
  return [
    ...rows.flatMap(({ position }, i) => (position === i + 1 ? [] : [`the feed's row ${i + 1} has position ${position}`])),
    ...(Number(head?.['position'] ?? 0) === rows.length
      ? []
      : [`the feed's head says ${String(head?.['position'])} of ${rows.length} rows`]),
    ...byRecord(commits).flatMap(([id, states]) => {
      const [beside, written] = [true, undefined].map((kind) => (told.get(id) ?? []).filter(({ derived }) => derived === kind));
      const versions = written!.map(({ version }) => version);
      const more = derivations.get(id) ?? 0;
      const notes = ledger.notes.filter(({ on }) => on === id);
      const files = ledger.files.filter(({ on }) => on === id);
      const isSpokenOf = notes.some(({ isAcknowledged }) => isAcknowledged) || files.some(({ completion }) => completion === 'told');
      const least = more + (isSpokenOf ? 1 : 0);
      return [
        ...states.filter(({ version }) => !versions.includes(version)).map(({ version }) => `the feed does not tell ${id} v${version}`),
        ...(versions.length === states.length ? [] : [`the feed tells ${id} ${versions.length} times, not ${states.length}`]),
        ...(beside!.length < least || (beside!.length > more && !notes.length && !files.length)
          ? [`the feed tells ${beside!.length} times what stands beside ${id}, not ${least}`]
          : []),
        ...(toldLate.has(id) || versions.every((version, i) => version === i + 1)
          ? []
          : [`the feed tells ${id} in the order ${versions.join(' ')}`]),
      ];
    }),
    ...[...told.keys()].filter((id) => !commits.some((commit) => commit.id === id)).map((id) => `the feed tells of ${id}, which never was`),
  ];
};

/** What is stored packed is too large for a history. */
const isPacked = ({ fields }: RecordDefinition, name: string): boolean =>
  (fields[name] as { packed?: boolean } | undefined)?.packed === true;

const byRecord = (commits: readonly Commit[]): [string, Commit[]][] => [...Map.groupBy(commits, ({ id }) => id)];

const describe = ({ item, before, removed, expired, version }: Commit) => ({
  version,
  at: item['updatedAt'],
  by: item['updatedBy'],
  requestId: item['requestId'],
  event: expired ? 'expired' : removed ? 'removed' : !before ? 'created' : before['removed'] === true ? 'restored' : 'updated',
});
const pick = ({ version, at, by, requestId, event }: Values) => ({ version, at, by, requestId, event });

const laterOf = (changes: Diff): Values => Object.fromEntries(Object.entries(changes).map(([name, { to }]) => [name, to ?? null]));
