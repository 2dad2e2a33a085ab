/** What people do with records beside changing them: commands, alone and at the same moment. */
import { type AnyRecord, type RecordDefinition, segmentOf } from '../../shared/kernel/record.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import { definitionOf } from '../../shared/registry.ts';
import { ask } from './client.ts';
import { type Command, COMMANDS, READY, recordsIn } from './commands.ts';
import { createOne, type Desk, headersOf, newWish, pickSeen, seenBy, told } from './desk.ts';
import { newValues } from './values.ts';

export async function convert(desk: Desk): Promise<void> {
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

export async function command(desk: Desk): Promise<void> {
  const wanted = desk.world.random.pick(COMMANDS);
  const record = await findOrMake(desk, definitionOf(wanted.type));
  if (record) await commandOne(desk, wanted, record);
}

/** Somebody does something about a warning. */
export async function handleWarning(desk: Desk): Promise<void> {
  const wanted = desk.world.random.pick(COMMANDS.filter(({ type }) => type === 'churnWarning'));
  const record = await findOrMake(desk, definitionOf(wanted.type));
  if (record) await commandOne(desk, wanted, record);
}

/** A record that somebody has seen; when there is none, a new one, with whatever it must belong to. */
async function findOrMake(desk: Desk, definition: RecordDefinition): Promise<AnyRecord | undefined> {
  const { random } = desk.world;
  if (!definition.operations.includes('create')) await lookAt(desk, definition);
  else if (random.chance(0.3) || !pickSeen(desk, definition)) {
    for (const field of Object.values(definition.fields)) {
      const { required, to } = field as { required?: boolean; to?: string };
      if (required && to && !pickSeen(desk, definitionOf(to))) await findOrMake(desk, definitionOf(to));
    }
    await createOne(desk, definition, { ...newValues(definition, random, seenBy(desk)), ...READY[definition.name]?.(random) });
  }
  return pickSeen(desk, definition);
}

/** Nobody makes them but the product itself: what there is, is learnt from their list. */
async function lookAt({ world, ledger, person }: Desk, definition: RecordDefinition): Promise<void> {
  const answer = await ask(world, person, { method: 'GET', path: `/${segmentOf(definition)}` });
  if (answer?.status === 200) for (const item of answer.body['items'] as AnyRecord[]) ledger.saw(person.tenant, definition.name, item);
}

/** A customer buys, often one who was given up already: ordered and confirmed. */
export async function sell(desk: Desk): Promise<void> {
  const { random } = desk.world;
  const warning = random.chance(0.5) ? pickSeen(desk, definitionOf('churnWarning')) : undefined;
  const customerId = (warning?.['customerId'] as string | undefined) ?? pickSeen(desk, definitionOf('customer'))?.id;
  if (customerId === undefined) return;
  const order = await createOne(desk, definitionOf('order'), { ...READY['order']!(random), customerId });
  if (order) await commandOne(desk, CONFIRM, order);
}
const CONFIRM = COMMANDS.find(({ type, name }) => type === 'order' && name === 'confirm')!;

/** Whoever has seen enough of a demo has its records removed. */
export async function clearDemo({ world, ledger, person }: Desk): Promise<void> {
  ledger.clearings.add(person.tenant);
  await ask(world, person, { method: 'POST', path: `/workspaces/${person.tenant}/clear-demo` });
}

/** What a colleague holds goes to another, and now and then comes back; who does not decide about people is refused. */
export async function handOver({ world, ledger, person }: Desk): Promise<void> {
  const members = ledger.seen(person.tenant, 'member').map(({ id }) => id);
  if (members.length < 2) return;
  const [from, to] = [world.random.pick(members), world.random.pick(members)];
  const newJob = (): string => makeId('job', world.timeline.nowMs, world.random.bytes(10));
  const [handover, path] = [newJob(), `/members/${from}/hand-over`];
  const types = world.random.chance(0.3) ? { types: { opportunity: world.random.pick(members) } } : {};
  const answer = await ask(world, person, { method: 'POST', path, body: { id: handover, to, ...types } });
  if (answer?.status !== 202 || world.random.chance(0.4)) return;
  await world.timeline.sleep(world.random.int(0, LONGEST_HANDOVER_MS));
  await ask(world, person, { method: 'POST', path: `${path}/take-back`, body: { id: newJob(), handover } });
}
const LONGEST_HANDOVER_MS = 5_000;

/** Colleagues close one deal, or finish one task, at the same moment. */
export async function raceToCommand(desk: Desk): Promise<void> {
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
