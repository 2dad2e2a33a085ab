import { remindAt } from '../../../shared/activities/activityReminder.ts';
import { zoneOf } from '../../../shared/insight/digestReaders.ts';
import { toInstant } from '../../../shared/kernel/dates.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import { wasOff } from './notices.ts';
import { type Commit, type Facts, type Invariant, recordIn } from './facts.ts';

/**
 * Whoever wants to be reminded of what is still planned is, in the way he wants, once its moment has passed: where it was
 * to come when it was written, and he was there all the time.
 */
export const remindersCome: Invariant = (facts) =>
  facts.live
    .filter(({ definition }) => definition.name === 'activity')
    .flatMap((activity) => {
      const due = dueReminder(facts, activity);
      if (!due) return [];
      const { id, by } = due;
      const inApp = facts.commits.some(({ definition, version, item }) => {
        const { code, recordId } = item['data'] as Values;
        return (
          definition.name === 'notification' &&
          version === 1 &&
          code === 'activityReminder' &&
          recordId === id &&
          due.owners.has(String(item['ownerId']))
        );
      });
      // Whether somebody who died had handed it over nobody knows.
      const byMail = facts.functionsDied || facts.mails.asked.some(({ about }) => about === id);
      const isOff = (way: 'mutedNotices' | 'unmailedNotices'): boolean =>
        [...due.owners].some((owner) => wasOff(facts, owner, way, 'activityReminder'));
      return [
        ...(inApp || by === 'mail' || isOff('mutedNotices')
          ? []
          : [`activity ${id} was due for a reminder at ${due.at}, which never came`]),
        ...(byMail || by === 'app' || isOff('unmailedNotices')
          ? []
          : [`activity ${id} was due for a mail at ${due.at}, which nobody tried to send`]),
      ];
    });

interface DueReminder {
  readonly id: string;
  readonly at: string;
  readonly by: unknown;
  /** Whoever had it when its moment came. */
  readonly owners: ReadonlySet<string>;
}

function dueReminder({ commits, live, lastTickMs }: Facts, { id, item }: Commit): DueReminder | undefined {
  const states = (of: unknown): Commit[] => commits.filter((commit) => commit.id === of);
  const home = live.find(({ definition }) => definition.name === 'workspace')!.item['data'] as Values;
  const momentIn = ({ item: state, removed }: Commit): string | undefined => {
    const member = states(state['ownerId']).at(-1);
    return removed || !member ? undefined : remindAt(state['data'] as Values, zoneOf(member.item['data'] as Values, home));
  };
  const at = momentIn(states(id).at(-1)!);
  if (at === undefined || at > toInstant(lastTickMs)) return undefined;
  const all = states(id);
  const run = all.slice(all.findLastIndex((state) => momentIn(state) !== at) + 1);
  const owners = new Set(run.map((state) => String(state.item['ownerId'])));
  const ownersStates = [...owners].flatMap((owner) => states(owner));
  const wereThere = ownersStates.every((state) => !state.removed && (state.item['data'] as Values)['status'] === 'active');
  // In another zone a whole day begins at another moment: what stands now counts from the last change of either.
  const since = [run[0]!, ...(recordIn(item)['allDay'] === true ? ownersStates : [])].map((state) => String(state.item['updatedAt']));
  const ways = new Set(run.map((state) => (state.item['data'] as Values)['remindBy']));
  return wereThere && ways.size === 1 && since.every((moment) => moment < at) ? { id, at, by: [...ways][0], owners } : undefined;
}
