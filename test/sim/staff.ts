/** A person at work: creates, changes, removes and reads records of every type there is, and follows the feed. */
import { makeId } from '../../shared/kernel/ids.ts';
import { type AnyRecord, type RecordDefinition, segmentOf, type Values } from '../../shared/kernel/record.ts';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import { NOTE_PREFIX } from '../../shared/workspace/note.ts';
import { ask } from './client.ts';
import { type Command, COMMANDS, READY, recordsIn } from './commands.ts';
import type { Person } from './firm.ts';
import type { HttpAnswer } from './gateway.ts';
import type { Ledger, Refused } from './ledger.ts';
import type { Replica } from './replica.ts';
import { changedValues, newValues, type SeenIds } from './values.ts';
import type { World } from './world.ts';

export interface Desk {
  readonly world: World;
  readonly ledger: Ledger;
  readonly person: Person;
  readonly replica: Replica;
  /** Desks of the same workspace, this one among them. */
  readonly colleagues: readonly Desk[];
}

const LONGEST_PAUSE_MS = 2_000;
const NEWEST = 2;
const RACERS = 6;
/** Types that decide rights are changed now and then, records of daily work all the time. */
const RARELY = 0.15;

export async function work(desk: Desk, rounds: number): Promise<void> {
  const { world, replica } = desk;
  for (let round = 0; round < rounds; round++) {
    await world.timeline.sleep(world.random.int(0, LONGEST_PAUSE_MS));
    const step = world.random.pick([
      ...[create, create, create, change, change, change, change, race, race, remove, convert],
      ...[command, command, command, raceToCommand, discuss, discuss, read, follow],
    ]);
    await step(desk);
  }
  await replica.follow();
}

const follow = ({ replica }: Desk): Promise<void> => replica.follow();

function typeFor({ world }: Desk, operation: RecordDefinition['operations'][number]): RecordDefinition {
  const open = REGISTRY.filter(({ operations }) => operations.includes(operation));
  const rare = open.filter(({ governs }) => governs);
  return rare.length && world.random.chance(RARELY) ? world.random.pick(rare) : world.random.pick(open.filter(({ governs }) => !governs));
}

const seenBy =
  ({ ledger, person }: Desk): SeenIds =>
  (type) =>
    ledger.seen(person.tenant, type).map(({ id }) => id);

async function create(desk: Desk): Promise<void> {
  const definition = typeFor(desk, 'create');
  return createOne(desk, definition, newValues(definition, desk.world.random, seenBy(desk)));
}

async function createOne(desk: Desk, definition: RecordDefinition, values: Values): Promise<void> {
  const { world, ledger, person } = desk;
  const id = makeId(definition.idPrefix, world.timeline.nowMs, world.random.bytes(10));
  const owner = definition.paths.owner && world.random.chance(0.2) ? { ownerId: world.random.pick(seenBy(desk)('member')) } : {};
  const wish = newWish(desk);
  const answer = await ask(world, person, {
    method: 'POST',
    path: pathOf(desk, definition),
    body: { id, ...owner, ...values },
    headers: headersOf(wish),
  });
  noteRefusal(desk, { ...wish, id, version: 1 }, answer);
  if (answer?.status === 201) ledger.wrote({ ...told(desk, definition, id), record: answer.body as unknown as AnyRecord });
}

async function change(desk: Desk): Promise<void> {
  const definition = typeFor(desk, 'update');
  const record = pickSeen(desk, definition);
  if (record) await changeOne(desk, definition, record);
}

async function changeOne(desk: Desk, definition: RecordDefinition, record: AnyRecord): Promise<void> {
  const { world, ledger, person } = desk;
  const owner = definition.paths.owner && world.random.chance(0.15) ? { ownerId: world.random.pick(seenBy(desk)('member')) } : {};
  const body = { ...owner, ...changedValues(definition, world.random, seenBy(desk)) };
  const wish = newWish(desk);
  const answer = await ask(world, person, {
    method: 'PATCH',
    path: pathOf(desk, definition, record.id),
    body,
    headers: { ...headersOf(wish), 'if-match': String(record.version) },
  });
  noteRefusal(desk, { ...wish, id: record.id, version: record.version + 1 }, answer);
  if (answer?.status === 200) ledger.wrote({ ...told(desk, definition, record.id), record: answer.body as unknown as AnyRecord });
  const standing = (answer?.body['params'] as { record?: AnyRecord } | undefined)?.record;
  if (answer?.status === 409 && standing) ledger.saw(person.tenant, definition.name, standing);
}

/** All colleagues at once: they change one record from one version, or enter one person. */
async function race(desk: Desk): Promise<void> {
  const { world, colleagues } = desk;
  const definition = world.random.pick(REGISTRY.filter(({ operations, fields }) => operations.includes('create') && 'emails' in fields));
  const record = pickSeen(desk, definition);
  if (record && world.random.chance(0.6)) await Promise.all(colleagues.map((each) => changeOne(each, definition, record)));
  else {
    const values = { ...newValues(definition, world.random, seenBy(desk)), emails: [`racer${world.random.int(0, RACERS)}@example.test`] };
    await Promise.all(colleagues.map((each) => createOne(each, definition, values)));
  }
}

/** One wish, by whose key its repeats are known. */
const newWish = ({ world }: Desk): { key: string } => ({ key: `wish-${(world.wishes += 1)}` });
const headersOf = ({ key }: { key: string }) => ({ 'idempotency-key': key });

function noteRefusal({ world, ledger, person }: Desk, wish: Pick<Refused, 'id' | 'version' | 'key'>, answer: HttpAnswer | undefined): void {
  if (!answer || answer.status < 400) return;
  const { tenant } = person;
  ledger.refused.push({ ...wish, tenant, refusedMs: world.timeline.nowMs, what: `${answer.status} ${answer.body.code ?? ''}` });
}

const pathOf = ({ world }: Desk, definition: RecordDefinition, id?: string): string =>
  `/${segmentOf(definition)}${id ? `/${id}` : ''}${world.random.chance(0.3) ? '?allowDuplicate=true' : ''}`;

async function remove(desk: Desk): Promise<void> {
  const { world, ledger, person } = desk;
  const definition = typeFor(desk, 'remove');
  const record = pickSeen(desk, definition);
  // Without roles and departments nobody could work on.
  if (!record || definition.governs) return;
  const wish = newWish(desk);
  const answer = await ask(world, person, {
    method: 'DELETE',
    path: `/${segmentOf(definition)}/${record.id}`,
    headers: { ...headersOf(wish), 'if-match': String(record.version) },
  });
  noteRefusal(desk, { ...wish, id: record.id, version: record.version + 1 }, answer);
  if (answer?.status === 204) ledger.gone({ ...told(desk, definition, record.id), from: record.version });
}

async function convert(desk: Desk): Promise<void> {
  const { world, ledger, person } = desk;
  const record = pickSeen(desk, definitionOf('lead'));
  if (!record) return;
  const customers = seenBy(desk)('customer');
  const body = {
    ...(customers.length && world.random.chance(0.3) ? { customer: { id: world.random.pick(customers) } } : {}),
    ...(world.random.chance(0.2) ? { contact: false } : {}),
    allowDuplicate: world.random.chance(0.7),
  };
  const headers = { 'if-match': String(record.version) };
  const answer = await ask(world, person, { method: 'POST', path: `/leads/${record.id}/convert`, body, headers });
  if (answer?.status !== 200) return;
  for (const name of ['lead', 'customer', 'contact']) {
    const written = answer.body[name] as AnyRecord | undefined;
    if (written) ledger.wrote({ ...told(desk, definitionOf(name), written.id), record: written });
  }
}

async function command(desk: Desk): Promise<void> {
  const wanted = desk.world.random.pick(COMMANDS);
  const record = await findOrMake(desk, definitionOf(wanted.type));
  if (record) await commandOne(desk, wanted, record);
}

/** A record that somebody has seen; when there is none, a new one, with whatever it must belong to. */
async function findOrMake(desk: Desk, definition: RecordDefinition): Promise<AnyRecord | undefined> {
  const { random } = desk.world;
  if (random.chance(0.3) || !pickSeen(desk, definition)) {
    for (const field of Object.values(definition.fields)) {
      const { required, to } = field as { required?: boolean; to?: string };
      if (required && to && !pickSeen(desk, definitionOf(to))) await findOrMake(desk, definitionOf(to));
    }
    await createOne(desk, definition, { ...newValues(definition, random, seenBy(desk)), ...READY[definition.name]?.(random) });
  }
  return pickSeen(desk, definition);
}

/** Writes under a record, now and then to a colleague, or follows it. */
async function discuss(desk: Desk): Promise<void> {
  const { world, ledger, person } = desk;
  const { random } = world;
  const definition = random.pick(REGISTRY.filter(({ discussed }) => discussed));
  const record = pickSeen(desk, definition);
  if (!record) return;
  const path = `/${segmentOf(definition)}/${record.id}`;
  if (random.chance(0.4)) {
    ledger.follows.push({ tenant: person.tenant, id: record.id, memberId: person.memberId });
    await ask(world, person, { method: 'POST', path: `${path}/follow` });
    return;
  }
  const id = makeId(NOTE_PREFIX, world.timeline.nowMs, random.bytes(10));
  const mentions = random.chance(0.5) ? [random.pick(seenBy(desk)('member'))] : [];
  const text = `Note ${random.int(1, 9)}`;
  const answer = await ask(world, person, { method: 'POST', path: `${path}/notes`, body: { id, text, mentions } });
  const isAcknowledged = answer?.status === 201;
  ledger.notes.push({ tenant: person.tenant, type: definition.name, on: record.id, id, text, mentions, isAcknowledged });
}

/** Colleagues close one deal, or finish one task, at the same moment. */
async function raceToCommand(desk: Desk): Promise<void> {
  const { world, colleagues } = desk;
  const wanted = world.random.pick(COMMANDS.filter(({ makes }) => !makes));
  const record = await findOrMake(desk, definitionOf(wanted.type));
  if (record) await Promise.all(colleagues.map((each) => commandOne(each, wanted, record)));
}

async function commandOne(desk: Desk, wanted: Command, record: AnyRecord): Promise<void> {
  const { world, ledger, person } = desk;
  const wish = newWish(desk);
  if (wanted.parts?.['activity']) ledger.closings.add(wish.key);
  const answer = await ask(world, person, {
    method: 'POST',
    path: `/${segmentOf(definitionOf(wanted.type))}/${record.id}/${wanted.name}`,
    body: wanted.body?.(world.random) ?? {},
    headers: { ...headersOf(wish), ...(wanted.makes ? {} : { 'if-match': String(record.version) }) },
  });
  const standing = (answer?.body['params'] as { record?: AnyRecord } | undefined)?.record;
  if (answer?.status === 409 && standing) ledger.saw(person.tenant, wanted.type, standing);
  if (!answer || answer.status > 201) return;
  for (const [type, written] of recordsIn(wanted, answer.body))
    ledger.wrote({ ...told(desk, definitionOf(type), written.id), record: written });
}

/** Whatever can be read answers, or says why not; that nothing else is read is seen at the seam. */
async function read(desk: Desk): Promise<void> {
  const { world, ledger, person } = desk;
  const definition = typeFor(desk, 'read');
  const path = `/${segmentOf(definition)}`;
  const record = pickSeen(desk, definition);
  const one = record ? [`${path}/${record.id}`, `${path}/${record.id}/history`, `${path}/${record.id}/timeline`] : [];
  const answer = await ask(world, person, {
    method: 'GET',
    path: world.random.pick([path, `${path}?limit=3`, '/search?q=a', '/session', ...one]),
  });
  const items = (answer?.body['items'] ?? []) as AnyRecord[];
  if (answer?.status === 200 && items.length && !record) for (const item of items) ledger.saw(person.tenant, definition.name, item);
}

function pickSeen({ world, ledger, person }: Desk, { name }: RecordDefinition): AnyRecord | undefined {
  const seen = ledger.seen(person.tenant, name);
  // Often one of the newest, so that colleagues meet on it.
  return seen.length ? world.random.pick(world.random.chance(0.6) ? seen.slice(-NEWEST) : seen) : undefined;
}

const told = ({ world, person }: Desk, { name }: RecordDefinition, id: string) => ({
  tenant: person.tenant,
  type: name,
  id,
  memberId: person.memberId,
  atMs: world.timeline.nowMs,
});
