import type { Values } from '../../../shared/kernel/record.ts';
import { requestOf } from '../../../functions/records/handoverJob.ts';
import type { StoredItem } from '../memory/item.ts';
import type { Commit, Facts, Invariant } from './facts.ts';

const PREFIX = requestOf('', 0).replace(/-0$/, '');

/** Whether a hand-over has written that. */
export const isHandedOver = ({ item }: Pick<Commit, 'item'>): boolean => String(item['requestId']).startsWith(PREFIX);

/** What a hand-over may tell: whoever asked of its end, whoever took over of one of his records. */
export const toldByHandovers = (facts: Facts): string[] => [
  ...jobsIn(facts).map(({ pk, by }) => `handoverEnded ${jobIn(pk)} to ${String(by)}`),
  ...facts.commits.filter(isHandedOver).flatMap(({ id, item }) =>
    Object.values(item['data'] as Values)
      .concat(item['ownerId'])
      .map((whom) => `handedOver ${id} to ${String(whom)}`),
  ),
];

/** How each hand-over stood in the end, whether it is kept still or not. */
function jobsIn({ store, firm }: Facts): StoredItem[] {
  const prefix = `T#${firm.tenant}#J#${PREFIX}`;
  const states = store.changes.flatMap(({ key, after }) => (key.sk === 'J' && key.pk.startsWith(prefix) && after ? [after] : []));
  return [...new Map(states.map((state) => [state['pk'], state])).values()];
}
const jobIn = (pk: unknown): string => String(pk).slice(String(pk).lastIndexOf('job_'));

/** Every hand-over ends, and what it says it has moved are the records that were written in its name, each told by one row. */
export const handoversAreTold: Invariant = (facts) => {
  const { commits, store } = facts;
  // What follows its parent goes along with it, and is not counted.
  const written = commits.filter((commit) => isHandedOver(commit) && !commit.definition.followsParent);
  return jobsIn(facts).flatMap(({ pk, ended, turn, moved }) => {
    const id = jobIn(pk);
    const rows = new Set(
      store.changes.filter(({ key, after }) => key.pk === pk && key.sk.startsWith('M#') && after).map(({ key }) => key.sk),
    ).size;
    const own = written.filter(({ item }) => String(item['requestId']).startsWith(`${PREFIX}${id}-`)).length;
    return [
      // Whoever was never answered may have asked for one that never began.
      ...(ended || turn === 0 ? [] : [`the hand-over ${id} goes on for ever`]),
      ...(rows === own && moved === own ? [] : [`the hand-over ${id} moved ${own}, counted ${String(moved)} and tells of ${rows}`]),
    ];
  });
};
