import { can, canSeeField, maskRecord, ownersIn, reachOf, type Actor } from '../../shared/kernel/access.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Instant, Locale, Money } from '../../shared/kernel/types.ts';
import type { DigestContents } from '../../shared/insight/digest.ts';
import { amountsOf, countPeople, type JournalRow, type Person, type Standing } from '../../shared/insight/digestFigures.ts';
import { pickNamed, type Named } from '../../shared/insight/digestNamed.ts';
import { definitionOf } from '../../shared/registry.ts';
import * as m from '#messages';
import { NOBODY } from '../records/follow.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { readOpenWarnings, type OpenWarning } from '../records/openWarnings.ts';
import { overdueOf } from '../records/overdue.ts';
import type { Directory } from '../runtime/directory.ts';
import type { Item } from '../table/failures.ts';
import { dueMarkKey, recordKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';

const INSIGHT = { access: { group: 'insight' } } as const;
/**
 * A mail is read on a phone; what is not named is in the lists. Each costs half a unit to see that it is still there, and
 * with ten the digest of twenty people is kept in two units.
 */
const MOST_NAMED = 10;
/** Customers at risk are named from the rows they are counted by, which costs nothing more. */
const MOST_RISKS = 5;
const AT_ONCE = 10;

/**
 * What happened in the reader's reach between two moments, and how things stand at the second. Costs one small read for
 * each person, whatever the size of the workspace, one more for each who is late with something, and a unit for fifty
 * customers at risk.
 */
export async function gatherDigest(
  table: TenantTable,
  directory: Directory,
  actor: Actor,
  { since, until }: { since: Instant; until: Instant },
  locale: Locale,
): Promise<DigestContents> {
  const people = peopleOf(directory, actor, locale);
  const journals = await eachOf(people, ({ id }) => readJournal(table, id, since, until));
  const rows = journals
    .flatMap((journal) => journal.rows)
    .filter(({ type, id, owner }) => can(actor, 'read', definitionOf(type), { id, ...(owner === NOBODY ? {} : { ownerId: owner }) }));
  const risks = await readRisks(table, actor, people);
  const late = new Set(people.filter((_person, i) => isBefore(journals[i]!.firstDue, until)).map(({ id }) => id));
  const standings = await readStandings(table, actor, people, { risks, late }, until);
  return {
    people: countPeople(people, rows, standings),
    amounts: amountsOf(rows),
    risks: nameRisks(risks, since),
    ...(await nameRecords(table, actor, pickNamed(rows, MOST_NAMED))),
  };
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

/** The same asked of many, some at once. */
async function eachOf<A, B>(items: readonly A[], ask: (item: A) => Promise<B>): Promise<B[]> {
  const answers: B[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(ask))));
  return answers;
}

interface Journal {
  readonly rows: readonly JournalRow[];
  /** When the first of his open activities is due. */
  readonly firstDue?: Instant | undefined;
}

/** Also reads what has happened since `to`, for the mark stands behind it: of a digest made in time, the hours since midnight. */
async function readJournal(table: TenantTable, owner: string, from: Instant, to: Instant): Promise<Journal> {
  const mark = dueMarkKey(owner);
  const items: Item[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk: mark.pk, from, to: mark.sk, ...(after ? { after } : {}) });
    items.push(...page.items);
    after = page.last;
  } while (after);
  const rows = items
    .filter(({ sk, at }) => sk !== mark.sk && String(at) < to)
    .map(({ type, id, at, metrics }) => ({
      owner,
      type: String(type),
      id: String(id),
      at: String(at),
      metrics: metrics as JournalRow['metrics'],
    }));
  return { rows, firstDue: items.find(({ sk }) => sk === mark.sk)?.['first'] as Instant | undefined };
}

const isBefore = (a: Instant | undefined, b: Instant): boolean => a !== undefined && a < b;

/** Warnings that are open, of the people asked about. */
async function readRisks(table: TenantTable, actor: Actor, people: readonly Person[]): Promise<OpenWarning[]> {
  const definition = definitionOf('churnWarning');
  if (!can(actor, 'read', definition)) return [];
  const asked = new Set(people.map(({ id }) => id));
  const owned = (ownerId: string) => (ownerId === NOBODY ? {} : { ownerId });
  return (await readOpenWarnings(table)).filter(
    ({ id, ownerId }) => asked.has(ownerId) && can(actor, 'read', definition, { id, ...owned(ownerId) }),
  );
}

async function readStandings(
  table: TenantTable,
  actor: Actor,
  people: readonly Person[],
  { risks, late }: { readonly risks: readonly OpenWarning[]; readonly late: ReadonlySet<string> },
  until: Instant,
): Promise<Map<string, Standing>> {
  const activity = definitionOf('activity');
  const standings = await eachOf(people, async ({ id, active }): Promise<[string, Standing]> => {
    const asks = active && late.has(id) && can(actor, 'read', activity, { ownerId: id });
    const { count, more } = asks ? await overdueOf(table, id, until) : { count: 0, more: false };
    return [id, { overdue: count, ...(more ? { moreOverdue: true } : {}), risks: risks.filter(({ ownerId }) => ownerId === id).length }];
  });
  return new Map(standings);
}

/** The new ones first, then those that are worth most. */
function nameRisks(risks: readonly OpenWarning[], since: Instant): DigestContents['risks'] {
  const worth = ({ value }: OpenWarning): number => value?.minor ?? 0;
  return risks
    .map((risk) => ({ risk, isNew: risk.since >= since }))
    .sort((a, b) => Number(b.isNew) - Number(a.isNew) || worth(b.risk) - worth(a.risk))
    .slice(0, MOST_RISKS)
    .map(({ risk: { id, customerId, name, value, ownerId }, isNew }) => ({
      ...{ id, customerId, name, isNew },
      ...(value ? { value } : {}),
      ...(ownerId === NOBODY ? {} : { ownerId }),
    }));
}

type NamedContents = Pick<DigestContents, 'leads' | 'customers' | 'opportunities' | 'orders'>;

/** As they stand now: what was removed meanwhile, or given to somebody out of reach, is counted but not named. */
async function nameRecords(table: TenantTable, actor: Actor, named: readonly Named[]): Promise<NamedContents> {
  const items = await table.getMany(named.map(({ type, id }) => recordKey(type, id)));
  const found = new Map(items.map((item) => [String(item['id']), item]));
  const contents: NamedContents = { leads: [], customers: [], opportunities: [], orders: [] };
  for (const one of named) {
    const definition = definitionOf(one.type);
    const item = found.get(one.id);
    if (!item || isRemoved(item) || !canSeeField(actor, definition, definition.title)) continue;
    const record = toRecord(definition, item);
    if (can(actor, 'read', definition, record))
      name(contents, one, maskRecord(actor, definition, record), String(record[definition.title]));
  }
  return contents;
}

function name(contents: NamedContents, one: Named, { id, ownerId, ...values }: AnyRecord, title: string): void {
  const owned = { id, name: title, ...(ownerId === undefined ? {} : { ownerId }) };
  const amount = (value: unknown) => (value === undefined ? {} : { amount: value as Money });
  switch (one.type) {
    case 'lead': {
      const { company, status } = values;
      const more = company === undefined ? {} : { company: String(company) };
      contents.leads.push({ ...owned, event: one.event, ...more, status: String(status) });
      return;
    }
    case 'opportunity':
      contents.opportunities.push({ ...owned, event: one.event, stage: String(values['stage']), ...amount(values['amount']) });
      return;
    case 'order':
      contents.orders.push({ ...owned, ...amount(values['net']) });
      return;
    case 'customer':
      contents.customers.push(owned);
      return;
    default:
      one satisfies never;
  }
}
