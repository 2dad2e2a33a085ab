/** A person at work: creates, changes, removes and reads records of every type there is, and follows the feed. */
import { makeId } from '../../shared/kernel/ids.ts';
import { type AnyRecord, type RecordDefinition, segmentOf } from '../../shared/kernel/record.ts';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import { ask } from './client.ts';
import type { Person } from './firm.ts';
import type { Ledger } from './ledger.ts';
import type { Replica } from './replica.ts';
import { changedValues, newValues, type SeenIds } from './values.ts';
import type { World } from './world.ts';

export interface Desk {
  readonly world: World;
  readonly ledger: Ledger;
  readonly person: Person;
  readonly replica: Replica;
}

const LONGEST_PAUSE_MS = 2_000;
const NEWEST = 2;
/** Types that decide rights are changed now and then, records of daily work all the time. */
const RARELY = 0.15;

export async function work(desk: Desk, rounds: number): Promise<void> {
  const { world, replica } = desk;
  for (let round = 0; round < rounds; round++) {
    await world.timeline.sleep(world.random.int(0, LONGEST_PAUSE_MS));
    const step = world.random.pick([create, create, create, change, change, change, change, remove, convert, read, follow]);
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
  const { world, ledger, person } = desk;
  const definition = typeFor(desk, 'create');
  const id = makeId(definition.idPrefix, world.timeline.nowMs, world.random.bytes(10));
  const owner = definition.paths.owner && world.random.chance(0.2) ? { ownerId: world.random.pick(seenBy(desk)('member')) } : {};
  const body = { id, ...owner, ...newValues(definition, world.random, seenBy(desk)) };
  const path = `/${segmentOf(definition)}${world.random.chance(0.4) ? '?allowDuplicate=true' : ''}`;
  const answer = await ask(world, person, { method: 'POST', path, body });
  if (answer?.status === 201) ledger.wrote({ ...told(desk, definition, id), record: answer.body as unknown as AnyRecord });
}

async function change(desk: Desk): Promise<void> {
  const { world, ledger, person } = desk;
  const definition = typeFor(desk, 'update');
  const record = pickSeen(desk, definition);
  if (!record) return;
  const owner = definition.paths.owner && world.random.chance(0.15) ? { ownerId: world.random.pick(seenBy(desk)('member')) } : {};
  const body = { ...owner, ...changedValues(definition, world.random, seenBy(desk)) };
  const answer = await ask(world, person, {
    method: 'PATCH',
    path: `/${segmentOf(definition)}/${record.id}${world.random.chance(0.4) ? '?allowDuplicate=true' : ''}`,
    body,
    headers: { 'if-match': String(record.version) },
  });
  if (answer?.status === 200) ledger.wrote({ ...told(desk, definition, record.id), record: answer.body as unknown as AnyRecord });
  const standing = (answer?.body['params'] as { record?: AnyRecord } | undefined)?.record;
  if (answer?.status === 409 && standing) ledger.saw(person.tenant, definition.name, standing);
}

async function remove(desk: Desk): Promise<void> {
  const { world, ledger, person } = desk;
  const definition = typeFor(desk, 'remove');
  const record = pickSeen(desk, definition);
  // Without roles and departments nobody could work on.
  if (!record || definition.governs) return;
  const answer = await ask(world, person, {
    method: 'DELETE',
    path: `/${segmentOf(definition)}/${record.id}`,
    headers: { 'if-match': String(record.version) },
  });
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
