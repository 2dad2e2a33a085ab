/** A person at work: creates, changes, removes and reads records of every type there is, and follows the feed. */
import { type AnyRecord, type RecordDefinition, segmentOf } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { ask } from './client.ts';
import { clearDemo, command, convert, handleWarning, handOver, raceToCommand, sell } from './commanding.ts';
import { changeOne, createOne, type Desk, headersOf, newWish, noteRefusal, pickSeen, seenBy, told } from './desk.ts';
import { attach, discuss } from './talk.ts';
import { newValues } from './values.ts';

const LONGEST_PAUSE_MS = 2_000;
const RACERS = 6;
/** Types that decide rights are changed now and then, records of daily work all the time. */
const RARELY = 0.15;

export async function work(desk: Desk, rounds: number): Promise<void> {
  const { world, replica } = desk;
  for (let round = 0; round < rounds; round++) {
    await world.timeline.sleep(world.random.int(0, LONGEST_PAUSE_MS));
    const step = world.random.pick([
      ...[create, create, create, change, change, change, race, race, remove, convert],
      ...[command, command, command, raceToCommand, sell, handleWarning, handleWarning, handOver],
      ...[discuss, discuss, attach, attach, read, follow],
      ...(desk.mayClear ? [clearDemo] : []),
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

async function create(desk: Desk): Promise<void> {
  const definition = typeFor(desk, 'create');
  await createOne(desk, definition, newValues(definition, desk.world.random, seenBy(desk)));
}

async function change(desk: Desk): Promise<void> {
  const definition = typeFor(desk, 'update');
  const record = pickSeen(desk, definition);
  if (record) await changeOne(desk, definition, record);
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
  if (answer?.status !== 204) return;
  ledger.gone({ ...told(desk, definition, record.id), from: record.version });
  if (world.random.chance(0.4)) await restore(desk, definition, { ...record, version: record.version + 1 });
}

/** Two of those who work there bring back what one of them has removed. */
async function restore({ colleagues }: Desk, definition: RecordDefinition, { id, version }: AnyRecord): Promise<void> {
  const bringBack = async (desk: Desk): Promise<void> => {
    const { world, ledger, person } = desk;
    const path = `/${segmentOf(definition)}/${id}/restore`;
    const answer = await ask(world, person, { method: 'POST', path, headers: { 'if-match': String(version) } });
    if (answer?.status === 200) ledger.wrote({ ...told(desk, definition, id), record: answer.body as unknown as AnyRecord });
  };
  await Promise.all(colleagues.slice(0, 2).map(bringBack));
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
