import { localDay } from '../../../shared/kernel/dates.ts';
import { bucketOf, searchTokens } from '../../../shared/kernel/searchText.ts';
import { isOpen } from '../../../shared/leads/leadStatus.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import { shaped, type Shape } from '../../../shared/kernel/shape.ts';
import { shapeOf } from '../../../shared/workspace/shapeOf.ts';
import { pinyin } from '../../../functions/records/pinyin.ts';
import { markersOf } from '../../../functions/records/item.ts';
import { searchKey } from '../../../functions/table/keys.ts';
import { type Commit, differences, type Facts, type Invariant, recordIn } from './facts.ts';
import type { StoredItem } from '../memory/item.ts';

const keysOf = ({ pk, sk, ...rest }: StoredItem): Values => rest;
const withoutTenant = (pk: unknown): string => String(pk).replace(/^T#[^#]*#/, '');

/** Every counter is the sum of its events, counted again from the writes. */
export const countersAreExact: Invariant = ({ counted: commits, items, firm }) => {
  const expected = new Map<string, Record<string, number>>();
  for (const commit of commits) {
    const { definition, item } = commit;
    const after = commit.removed ? undefined : recordIn(item);
    const before = commit.before && commit.before['removed'] !== true ? recordIn(commit.before) : undefined;
    const day = localDay(String(item['updatedAt']), firm.zone);
    const owner = String((after ?? before)?.ownerId ?? '-');
    // What comes back is counted as what its removal took away.
    const back = commit.before?.['removed'] === true;
    const counted = Object.entries((back ? definition.metrics?.(after, undefined) : definition.metrics?.(before, after)) ?? {});
    for (const [metric, times] of counted) {
      const amount = times && (back ? -times : times);
      if (amount)
        for (const period of [day, day.slice(0, 7)]) {
          const name = `S#${definition.name}#${day.slice(0, 4)}|${period}#${owner}`;
          const row = expected.get(name) ?? {};
          row[metric] = (row[metric] ?? 0) + amount;
          expected.set(name, row);
        }
    }
  }
  const found = new Map(items('S#').map((item) => [`${withoutTenant(item['pk'])}|${String(item['sk'])}`, keysOf(item)]));
  return differences('counter', expected, found);
};

/** A marker names a living record that has its value; a value that must be unique is marked for who has it. */
export const markersMatchRecords: Invariant = ({ live, items }) => {
  const markers = new Map(items('U#').map((item) => [withoutTenant(item['pk']), String(item['id'])]));
  const held = new Map<string, string[]>();
  const hard: string[] = [];
  for (const { definition, id, item } of live)
    for (const { kind, value, hard: isHard } of markersOf(definition, item['data'] as Values)) {
      const name = `U#${kind}#${value}`;
      held.set(name, [...(held.get(name) ?? []), id]);
      if (isHard && markers.get(name) !== id) hard.push(`${name} of ${id} is marked for ${markers.get(name) ?? 'nobody'}`);
    }
  return [
    ...hard,
    ...[...markers].flatMap(([name, id]) =>
      held.get(name)?.includes(id) ? [] : [`the marker ${name} names ${id}, which does not have it`],
    ),
  ];
};

/** A marker changes hands only from who is gone, or is a lead that takes no part any more. */
export const markersAreNotTaken: Invariant = ({ firm, store, commits }) =>
  store.changes.flatMap(({ key, before, after, atMs }) => {
    if (!key.pk.startsWith(`T#${firm.tenant}#U#`) || !before || !after || before['id'] === after['id']) return [];
    const holder = commits.findLast((commit) => commit.id === before['id'] && commit.atMs <= atMs);
    const yields = !holder || holder.removed || (holder.definition.name === 'lead' && !isOpen((holder.item['data'] as Values)['status']));
    return yields ? [] : [`the marker ${key.pk} was taken from ${String(before['id'])} by ${String(after['id'])}`];
  });

/** The search rows are those of the records as they stand, no more and no fewer. */
export const searchRowsMatchRecords: Invariant = ({ live, items }) => {
  const shape = shapeIn(live);
  const expected = new Map<string, unknown>();
  for (const { definition, id, item } of live)
    for (const token of searchTokens(shaped(definition, shape), item['data'] as Values, pinyin)) {
      const { pk, sk } = searchKey(bucketOf(token), token, definition.name, id);
      expected.set(`${pk}|${sk}`, { id, ...(item['ownerId'] ? { ownerId: item['ownerId'] } : {}) });
    }
  const found = new Map(
    items('Q#').map(({ pk, sk, id, ownerId }) => [`${withoutTenant(pk)}|${String(sk)}`, { id, ...(ownerId ? { ownerId } : {}) }]),
  );
  return differences('search row', expected, found);
};

/** What the workspace has made of its types, by the records that say so. */
export const shapeIn = (live: readonly Commit[]): Shape =>
  shapeOf((type) => live.filter(({ definition }) => definition.name === type).map(({ id, item }) => ({ ...(item['data'] as Values), id })));

/** What decides rights stands where one query reads it, and every change of it has raised the epoch by one. */
export const directoryMatchesRecords: Invariant = ({ live, items, commits }: Facts) => {
  const governing = live.filter(({ definition }) => definition.governs);
  const expected = new Map(
    governing.map(({ definition, id, item }) => [`${definition.name}#${id}`, { version: item['version'], data: item['data'] }]),
  );
  const found = new Map(
    items('CFG')
      .filter(({ data }) => data !== undefined)
      .map(({ sk, version, data }) => [String(sk), { version, data }]),
  );
  const head = items('X', 'H').find(({ pk }) => String(pk).endsWith('#X'));
  // A request writes in one transaction, and its repeat writes nothing.
  const requests = new Set(commits.filter(({ definition }) => definition.governs).map(({ item }) => item['requestId']));
  const epoch = Number(head?.['epoch'] ?? 0);
  return [
    ...differences('in the directory', expected, found),
    ...(epoch === requests.size ? [] : [`the epoch is ${epoch} after ${requests.size} changes of rights`]),
  ];
};
