import { effectsOf } from '../../../shared/effects.ts';
import { DIGEST_PERIODS, dueDigest, isDigestReader, zoneOf, type DigestPeriod } from '../../../shared/insight/digestReaders.ts';
import type { Rights } from '../../../shared/kernel/access.ts';
import { toInstant } from '../../../shared/kernel/dates.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import { movedMilestones } from '../../../shared/workspace/discussionEffects.ts';
import { newsEffects } from '../../../shared/workspace/newsEffects.ts';
import type { SimulatedMail } from '../mailService.ts';
import { isHandedOver, toldByHandovers } from './handovers.ts';
import { wasOff } from './notices.ts';
import { type Commit, differences, type Facts, type Invariant, recordIn } from './facts.ts';

/** One notification for each effect of each write: none twice, and none missing for who was there all the time. */
export const notificationsMatchEffects: Invariant = (facts) => {
  const { commits } = facts;
  const wasOut = new Set(
    commits
      .filter(({ definition, item }) => definition.name === 'member' && (item['data'] as Values)['status'] !== 'active')
      .map(({ id }) => id),
  );
  const expected = commits
    // Whoever takes over is told once, of all of them.
    .filter((commit) => !isHandedOver(commit))
    .flatMap(({ definition, item, before, removed }) =>
      effectsOf({
        type: definition.name,
        // What comes back is no news, but who has it may be.
        before: before && recordIn(before),
        after: removed ? undefined : recordIn(item),
      }),
    )
    .map(({ memberId, code, recordId }) => ({ memberId, code, name: `${code} ${recordId} to ${memberId}` }));
  const found = commits
    .filter(({ definition, version }) => definition.name === 'notification' && version === 1)
    .map(({ item }) => recordIn(item))
    .map(({ ownerId, code, recordId }) => `${String(code)} ${String(recordId)} to ${String(ownerId)}`);
  const count = (names: readonly string[]) => new Map([...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length]));
  const sure = expected
    .filter(({ memberId, code }) => !wasOut.has(memberId) && !wasOff(facts, memberId, 'mutedNotices', code))
    .map(({ name }) => name);
  const possible = count([
    ...expected.map(({ name }) => name),
    ...toldByDiscussion(facts),
    ...toldByTheClock(facts),
    ...toldByNews(facts),
    ...toldByHandovers(facts),
  ]);
  return [
    ...[...count(found)]
      .filter(([name, times]) => times > (possible.get(name) ?? 0))
      .map(([name, times]) => `notification ${name} was made ${times} times`),
    ...[...count(sure)].filter(([name, times]) => times > (count(found).get(name) ?? 0)).map(([name]) => `notification ${name} is missing`),
  ];
};

/** What notes and followers may have had told: whether they do hangs on rights at the moment of telling. */
function toldByDiscussion({ commits, ledger, firm }: Facts): string[] {
  const follows = ledger.follows.filter(({ tenant }) => tenant === firm.tenant);
  const notes = ledger.notes.filter(({ tenant }) => tenant === firm.tenant);
  return [
    ...notes.flatMap(({ on, mentions }) => mentions.map((memberId) => `mentioned ${on} to ${memberId}`)),
    ...notes.flatMap(({ on }) => follows.filter(({ id }) => id === on).map(({ memberId }) => `noteAdded ${on} to ${memberId}`)),
    ...commits.flatMap(({ definition, id, item, before, removed }) => {
      const moved = movedMilestones(definition, before && recordIn(before), removed ? undefined : recordIn(item));
      return moved.length ? follows.filter((each) => each.id === id).map(({ memberId }) => `followedChanged ${id} to ${memberId}`) : [];
    }),
  ];
}

/** Every state of an activity that asks for a reminder may bring one to whoever owns it. */
const toldByTheClock = ({ commits }: Facts): string[] =>
  commits
    .filter(({ definition, item }) => definition.name === 'activity' && (item['data'] as Values)['remindMinutes'] !== undefined)
    .map(({ id, item }) => `activityReminder ${id} to ${String(item['ownerId'])}`);

/** News may tell everybody but its author, as long as it stands. */
function toldByNews({ commits }: Facts): string[] {
  const members = new Set(commits.filter(({ definition }) => definition.name === 'member').map(({ id }) => id));
  return commits
    .filter(({ definition, version }) => definition.name === 'news' && version === 1)
    .flatMap(({ item }) => newsEffects({ type: 'news', after: recordIn(item) }, members))
    .map(({ memberId, code, recordId }) => `${code} ${recordId} to ${memberId}`);
}

/** SES was given no mail twice; every mail has come to an end; and what was sent is what is written down. */
export const mailsAreSentOnce: Invariant = (facts) => {
  const { firm, mails, items, commits, functionsDied } = facts;
  const keysOf = (list: readonly SimulatedMail[]) => list.filter(({ tenant }) => tenant === firm.tenant).map(({ key }) => key);
  const [mine, asked] = [keysOf(mails.taken), keysOf(mails.asked)];
  const ledger = new Map(
    items('E#').flatMap(({ pk, status }) => (status === undefined ? [] : [[String(pk).split('#E#')[1]!, String(status)] as const])),
  );
  const told = commits.filter(
    ({ definition, version }) => version === 1 && (definition.name === 'notification' || definition.name === 'digest'),
  );
  const keyOf = ({ definition, id }: Commit): string => `${definition.name === 'digest' ? 'digest' : 'notify'}-${id}`;
  // Who wants to be reminded in the app alone gets no mail, and who wants a mail alone no notification.
  const remindedBy = (way: string) =>
    commits.filter(({ definition, item }) => definition.name === 'activity' && (item['data'] as Values)['remindBy'] === way);
  const inAppAlone = new Set(remindedBy('app').map(({ id }) => id));
  const isSilent = ({ ownerId, code, recordId }: Values): boolean =>
    (code === 'activityReminder' && inAppAlone.has(String(recordId))) || wasOff(facts, ownerId, 'unmailedNotices', code);
  const silent = new Set(told.filter(({ item }) => isSilent(recordIn(item))).map(keyOf));
  // Of what he has switched off in the app, a member is told by mail alone.
  const isAnybodyDeaf = commits.some(({ definition, item }) => definition.name === 'member' && 'mutedNotices' in (item['data'] as Values));
  const known = new Set(told.map(keyOf));
  const alone = [...ledger.keys()].filter((key) => key.startsWith('notify-') && !known.has(key));
  const wanted = [...known].filter((key) => !silent.has(key) || ledger.has(key));
  const found = [...ledger.keys()].filter((key) => !alone.includes(key));
  return [
    ...mine.filter((key, i) => mine.indexOf(key) !== i).map((key) => `mail ${key} was sent twice`),
    ...mine
      .filter((key) => !['sent', 'unknown'].includes(ledger.get(key) ?? ''))
      .map((key) => `mail ${key} was sent, and is ${ledger.get(key)}`),
    ...[...ledger].filter(([key, status]) => status === 'sent' && !mine.includes(key)).map(([key]) => `mail ${key} is said to be sent`),
    ...[...ledger]
      .filter(([, status]) => status === 'pending' || status === 'waiting')
      .map(([key, status]) => `mail ${key} is ${status} for ever`),
    ...[...ledger]
      .filter(([key, status]) => status === 'unknown' && !asked.includes(key) && !functionsDied)
      .map(([key]) => `mail ${key} was given up before anybody tried to send it`),
    ...(alone.length > remindedBy('mail').length && !isAnybodyDeaf ? alone.map((key) => `mail ${key} tells of nothing that happened`) : []),
    ...differences('mail', new Map(wanted.map((key) => [key, 1])), new Map(found.map((key) => [key, 1]))),
  ];
};

/**
 * Whoever reads digests of days, or of weeks, has one of the last of their mornings that has come, one for each at most,
 * and the next one armed.
 */
export const digestsAreKept: Invariant = (facts) => {
  const digests = facts.commits
    .filter(({ definition, version }) => definition.name === 'digest' && version === 1)
    .map(({ item }) => recordIn(item));
  const named = digests.map(({ ownerId, period, to }) => `${ownerId} ${String(period)} ${String(to)}`);
  return [
    ...named.filter((name, i) => named.indexOf(name) !== i).map((name) => `the digest of ${name} was made twice`),
    ...DIGEST_PERIODS.flatMap((period) =>
      readersOf(facts, period).flatMap(({ id, zone, since }) => {
        const { day, plannedAt } = dueDigest(toInstant(facts.lastTickMs), zone, period);
        const subject = period === 'week' ? `${id}.week` : id;
        const armed = [...facts.store.all()].some(
          (item) => String(item['pk']).startsWith('W#') && item['id'] === subject && String(item['at']) > plannedAt,
        );
        // The last Monday may be one before the firm was.
        const isOwed = period === 'day' || plannedAt > since;
        return [
          ...(!isOwed || named.includes(`${id} ${period} ${day}`) ? [] : [`${id} has no digest of the ${period} to ${day}`]),
          ...(armed ? [] : [`no next digest of ${subject} is armed`]),
        ];
      }),
    ),
  ];
};

/** Members who have read digests of that period all along, in one zone, and since when. */
function readersOf({ commits, live }: Facts, period: DigestPeriod): { id: string; zone: string; since: string }[] {
  const home = live.find(({ definition }) => definition.name === 'workspace')!.item['data'] as Values;
  const states = (id: unknown): Commit[] => commits.filter((commit) => commit.id === id);
  return live
    .filter(({ definition }) => definition.name === 'member')
    .flatMap(({ id, item }) => {
      const roles = states((item['data'] as Values)['roleId']);
      const always = states(id).every(
        ({ item: state }) =>
          (state['data'] as Values)['roleId'] === (item['data'] as Values)['roleId'] &&
          roles.every((role) => isDigestReader(state['data'] as Values, (role.item['data'] as Values)['rights'] as Rights, period)),
      );
      const zones = new Set(states(id).map(({ item: state }) => zoneOf(state['data'] as Values, home)));
      return always && zones.size === 1 ? [{ id, zone: [...zones][0]!, since: String(item['createdAt']) }] : [];
    });
}
