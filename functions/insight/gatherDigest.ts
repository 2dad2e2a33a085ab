import { can, canSeeField, maskRecord, ownersIn, reachOf, type Actor } from '../../shared/kernel/access.ts';
import type { Instant, Locale } from '../../shared/kernel/types.ts';
import { countPeople, pickNamed, type JournalRow, type Named, type Person } from '../../shared/insight/dailyDigest.ts';
import type { DigestContents } from '../../shared/insight/digest.ts';
import { definitionOf } from '../../shared/registry.ts';
import * as m from '#messages';
import { NOBODY } from '../records/follow.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import type { Directory } from '../runtime/directory.ts';
import { journalKey, recordKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';

const INSIGHT = { access: { group: 'insight' } } as const;
/**
 * A mail is read on a phone; what is not named is in the lists. Each costs half a unit to see that it is still there,
 * and with ten the digest of twenty people is kept in two units.
 */
const MOST_NAMED = 10;
const AT_ONCE = 10;

/**
 * What happened in the reader's reach between two moments. Costs one small read for each person, whatever the size of
 * the workspace.
 */
export async function gatherDigest(
  table: TenantTable,
  directory: Directory,
  actor: Actor,
  { since, until }: { since: Instant; until: Instant },
  locale: Locale,
): Promise<DigestContents> {
  const people = peopleOf(directory, actor, locale);
  const rows = (await readJournals(table, people, since, until)).filter(({ type, id, owner }) =>
    can(actor, 'read', definitionOf(type), { id, ...(owner === NOBODY ? {} : { ownerId: owner }) }),
  );
  return { people: countPeople(people, rows), ...(await nameRecords(table, actor, pickNamed(rows, MOST_NAMED))) };
}

function peopleOf({ members }: Directory, actor: Actor, locale: Locale): Person[] {
  const owners = ownersIn(actor, reachOf(actor, 'read', INSIGHT));
  const ids = owners ?? [...members.keys()];
  return [
    ...ids.flatMap((id) => {
      const member = members.get(id);
      return member ? [{ id, name: String(member['name']), active: member['status'] === 'active' }] : [];
    }),
    // Who reads everything also reads what belongs to nobody yet.
    ...(owners ? [] : [{ id: NOBODY, name: m.digest_nobody({}, { locale }), active: false }]),
  ];
}

async function readJournals(table: TenantTable, people: readonly Person[], since: Instant, until: Instant): Promise<JournalRow[]> {
  const rows: JournalRow[] = [];
  for (let at = 0; at < people.length; at += AT_ONCE)
    rows.push(...(await Promise.all(people.slice(at, at + AT_ONCE).map(({ id }) => readJournal(table, id, since, until)))).flat());
  return rows;
}

async function readJournal(table: TenantTable, owner: string, from: Instant, to: Instant): Promise<JournalRow[]> {
  const rows: JournalRow[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    // A row's key goes on after its moment, so one of the very moment `to` already lies beyond it.
    const page = await table.query({ pk: journalKey(owner, '', '', '', 0).pk, from, to, ...(after ? { after } : {}) });
    rows.push(
      ...page.items.map(({ type, id, at, metrics }) => ({
        owner,
        type: String(type),
        id: String(id),
        at: String(at),
        metrics: metrics as JournalRow['metrics'],
      })),
    );
    after = page.last;
  } while (after);
  return rows;
}

/** As they stand now: what was removed meanwhile, or given to somebody out of reach, is counted but not named. */
async function nameRecords(
  table: TenantTable,
  actor: Actor,
  named: readonly Named[],
): Promise<Pick<DigestContents, 'leads' | 'customers'>> {
  const items = await table.getMany(named.map(({ type, id }) => recordKey(type, id)));
  const found = new Map(items.map((item) => [String(item['id']), item]));
  const seen = named.flatMap((one) => {
    const definition = definitionOf(one.type);
    const item = found.get(one.id);
    if (!item || isRemoved(item) || !canSeeField(actor, definition, definition.title)) return [];
    const record = toRecord(definition, item);
    return can(actor, 'read', definition, record) ? [{ one, record: maskRecord(actor, definition, record) }] : [];
  });
  return {
    leads: seen.flatMap(({ one: { event }, record: { id, name, company, status, ownerId } }) =>
      event === undefined
        ? []
        : [
            {
              id,
              event,
              name: String(name),
              ...(company === undefined ? {} : { company: String(company) }),
              status: String(status),
              ...(ownerId === undefined ? {} : { ownerId }),
            },
          ],
    ),
    customers: seen.flatMap(({ one: { type }, record: { id, name, ownerId } }) =>
      type === 'customer' ? [{ id, name: String(name), ...(ownerId === undefined ? {} : { ownerId }) }] : [],
    ),
  };
}
