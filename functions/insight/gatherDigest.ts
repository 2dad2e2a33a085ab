import { can, canSeeField, maskRecord, ownersIn, reachOf, type Actor } from '../../shared/kernel/access.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Instant, Locale, Money } from '../../shared/kernel/types.ts';
import type { DigestContents } from '../../shared/insight/digest.ts';
import {
  amountsOf,
  countPeople,
  withoutTakenBack,
  type JournalRow,
  type Person,
  type Standing,
} from '../../shared/insight/digestFigures.ts';
import { pickNamed, type Named } from '../../shared/insight/digestNamed.ts';
import { definitionOf } from '../../shared/registry.ts';
import * as m from '#messages';
import { NOBODY } from '../records/follow.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { readOpenWarnings, type OpenWarning } from '../records/openWarnings.ts';
import { overdueIn, type Overdue } from '../records/dueMarks.ts';
import type { Directory } from '../runtime/directory.ts';
import type { Item } from '../table/failures.ts';
import { dueMarkKey, recordKey, toldIn } from '../table/keys.ts';
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
 * What happened in the reader's reach between two moments, and how things stand at the second. Costs one read for each
 * person, whatever the size of the workspace: half a unit for twenty events; and a unit for fifty customers at risk.
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
  const seen = journals
    .flatMap((journal) => journal.rows)
    .filter(({ type, id, owner }) => can(actor, 'read', definitionOf(type), { id, ...(owner === NOBODY ? {} : { ownerId: owner }) }));
  const rows = withoutTakenBack(seen);
  const risks = await readRisks(table, actor, people);
  const standings = people.map((person, i): [string, Standing] => [person.id, standingOf(actor, person, risks, journals[i]!.overdue)]);
  return {
    people: countPeople(people, rows, new Map(standings)),
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
  readonly overdue: Overdue;
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
    .filter(({ sk }) => sk !== mark.sk)
    .map(({ sk, metrics }): JournalRow => ({ owner, ...toldIn(sk), metrics: metrics as JournalRow['metrics'] }))
    .filter(({ at }) => at < to);
  const overdue = overdueIn(
    items.find(({ sk }) => sk === mark.sk),
    to,
  );
  return { rows, overdue };
}

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

/** How things stand with a person; who has left is late with nothing. */
function standingOf(actor: Actor, { id, active }: Person, risks: readonly OpenWarning[], overdue: Overdue): Standing {
  const isAsked = active && can(actor, 'read', definitionOf('activity'), { ownerId: id });
  const { count, more } = isAsked ? overdue : { count: 0, more: false };
  return { overdue: count, ...(more ? { moreOverdue: true } : {}), risks: risks.filter(({ ownerId }) => ownerId === id).length };
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
  const found = await readSeen(table, actor, named);
  const buyers = named.flatMap(({ type, id }) => (type === 'order' ? String(found.get(id)?.['customerId'] ?? '') || [] : []));
  const customers = await readSeen(
    table,
    actor,
    [...new Set(buyers)].map((id) => ({ type: 'customer', id })),
  );
  const contents: NamedContents = { leads: [], customers: [], opportunities: [], orders: [] };
  for (const one of named) {
    const record = found.get(one.id);
    if (record) name(contents, one, record, customers);
  }
  return contents;
}

/** Those of some records that are there and within the actor's reach, their titles included, as he may see them. */
async function readSeen(
  table: TenantTable,
  actor: Actor,
  wanted: readonly { readonly type: string; readonly id: string }[],
): Promise<ReadonlyMap<string, AnyRecord>> {
  const items = new Map((await table.getMany(wanted.map(({ type, id }) => recordKey(type, id)))).map((item) => [String(item['id']), item]));
  return new Map(
    wanted.flatMap(({ type, id }): [string, AnyRecord][] => {
      const [definition, item] = [definitionOf(type), items.get(id)];
      if (!item || isRemoved(item) || !canSeeField(actor, definition, definition.title)) return [];
      const record = toRecord(definition, item);
      return can(actor, 'read', definition, record) ? [[id, maskRecord(actor, definition, record)]] : [];
    }),
  );
}

const titleOf = (type: string, record: AnyRecord): string => String(record[definitionOf(type).title]);

function name(contents: NamedContents, one: Named, record: AnyRecord, customers: ReadonlyMap<string, AnyRecord>): void {
  const { id, ownerId, ...values } = record;
  const owned = { id, name: titleOf(one.type, record), ...(ownerId === undefined ? {} : { ownerId }) };
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
    case 'order': {
      // Cancelled since: it is told of with the day on which that was.
      if (values['status'] === 'cancelled') return;
      const buyer = customers.get(String(values['customerId']));
      contents.orders.push({ ...owned, ...(buyer ? { customer: titleOf('customer', buyer) } : {}), ...amount(values['net']) });
      return;
    }
    case 'customer':
      contents.customers.push(owned);
      return;
    default:
      one satisfies never;
  }
}
