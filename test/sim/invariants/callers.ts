import { can, maskRecord } from '../../../shared/kernel/access.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../../shared/kernel/record.ts';
import { actorOf, type Directory } from '../../../functions/runtime/directory.ts';
import { shapeIn } from './derived.ts';
import { canonical, differences, type Facts, type Invariant, recordIn } from './facts.ts';

/** What a writer was answered was written, and what was said to be removed is gone. */
export const toldIsTrue: Invariant = ({ firm, ledger, commits }) => [
  ...ledger.written
    .filter(({ tenant }) => tenant === firm.tenant)
    .flatMap(({ type, id, record }) => {
      const written = commits.find((commit) => commit.id === id && commit.version === record.version && !commit.removed);
      if (!written) return [`${type} ${id} was answered at version ${record.version}, which was never written`];
      const whole = recordIn(written.item);
      const wrong = Object.entries(record).filter(([name, value]) => name !== 'derived' && canonical(value) !== canonical(whole[name]));
      return wrong.map(([name, value]) => `${type} ${id} was answered with ${name} ${canonical(value)}, but has ${canonical(whole[name])}`);
    }),
  ...ledger.removed
    .filter(({ tenant }) => tenant === firm.tenant)
    .flatMap(({ type, id, from }) =>
      commits.some((commit) => commit.id === id && commit.version === from + 1 && commit.removed)
        ? []
        : [`${type} ${id} was said to be removed from version ${from}`],
    ),
];

/** Nobody is refused a wish that came true and still stands: sent again, it is known. */
export const refusalsAreTrue: Invariant = ({ firm, ledger, commits }) =>
  ledger.refused
    .filter(({ tenant }) => tenant === firm.tenant)
    .flatMap(({ id, version, key, refusedMs, what }) => {
      const stands = commits.findLast((commit) => commit.id === id && commit.atMs <= refusedMs);
      const isOwn = stands?.version === version && stands.item['writeId'] === key;
      return isOwn ? [`${id} version ${version} was written, and answered ${what}`] : [];
    });

/** A reader who follows the feed has what he may see, as it stands, and nothing else. */
export const replicasAreTrue: Invariant = (facts) => {
  const directory = directoryOf(facts);
  return facts.replicas
    .filter(({ person }) => person.tenant === facts.firm.tenant)
    .flatMap(({ person, records }) => {
      const actor = actorOf(directory, person.memberId);
      if (!actor) return [];
      const expected = new Map(
        facts.live.flatMap(({ definition, id, item }): [string, AnyRecord][] => {
          const derived = facts.store.read({ pk: String(item['pk']), sk: 'D' });
          const record = { ...recordIn(item), ...(derived ? { derived: derived['data'] as Values } : {}) };
          return can(actor, 'read', definition, record) ? [[`${definition.name}|${id}`, maskRecord(actor, definition, record)]] : [];
        }),
      );
      return differences(`${person.subject}'s replica:`, expected, records);
    });
};

function directoryOf({ live }: Facts): Directory {
  const of = (type: RecordDefinition['name']) =>
    live.filter(({ definition }) => definition.name === type).map(({ id, item }) => ({ ...(item['data'] as Values), id }));
  const byId = (entries: (Values & { id: string })[]) => new Map(entries.map((entry) => [entry.id, entry]));
  return {
    epoch: 0,
    members: byId(of('member')),
    roles: byId(of('role')),
    departments: of('department'),
    shape: shapeIn(live),
    workspace: of('workspace')[0],
  };
}
