/** Where one person works, and what every piece of work there is made of: a wish, its answer, and what is noted of both. */
import { makeId } from '../../shared/kernel/ids.ts';
import { type AnyRecord, type RecordDefinition, segmentOf, type Values } from '../../shared/kernel/record.ts';
import { ask } from './client.ts';
import type { Person } from './firm.ts';
import type { HttpAnswer } from './gateway.ts';
import type { Ledger, Refused } from './ledger.ts';
import type { Objects } from './objectStore.ts';
import type { Replica } from './replica.ts';
import { changedValues, type SeenIds } from './values.ts';
import type { World } from './world.ts';

export interface Desk {
  readonly world: World;
  readonly ledger: Ledger;
  readonly objects: Objects;
  readonly person: Person;
  readonly replica: Replica;
  /** Whether it is a demo, and this person may have it removed. */
  readonly mayClear: boolean;
  /** Desks of the same workspace, this one among them. */
  readonly colleagues: readonly Desk[];
}

const NEWEST = 2;

export const seenBy =
  ({ ledger, person }: Desk): SeenIds =>
  (type) =>
    ledger.seen(person.tenant, type).map(({ id }) => id);

export async function createOne(desk: Desk, definition: RecordDefinition, values: Values): Promise<AnyRecord | undefined> {
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
  if (answer?.status !== 201) return undefined;
  const record = answer.body as unknown as AnyRecord;
  ledger.wrote({ ...told(desk, definition, id), record });
  return record;
}

export async function changeOne(desk: Desk, definition: RecordDefinition, record: AnyRecord): Promise<void> {
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

/** One wish, by whose key its repeats are known. */
export const newWish = ({ world }: Desk): { key: string } => ({ key: `wish-${(world.wishes += 1)}` });
export const headersOf = ({ key }: { key: string }) => ({ 'idempotency-key': key });

export function noteRefusal(
  { world, ledger, person }: Desk,
  wish: Pick<Refused, 'id' | 'version' | 'key'>,
  answer: HttpAnswer | undefined,
): void {
  if (!answer || answer.status < 400) return;
  const { tenant } = person;
  ledger.refused.push({ ...wish, tenant, refusedMs: world.timeline.nowMs, what: `${answer.status} ${answer.body.code ?? ''}` });
}

const pathOf = ({ world }: Desk, definition: RecordDefinition, id?: string): string =>
  `/${segmentOf(definition)}${id ? `/${id}` : ''}${world.random.chance(0.3) ? '?allowDuplicate=true' : ''}`;

export function pickSeen({ world, ledger, person }: Desk, { name }: RecordDefinition): AnyRecord | undefined {
  const seen = ledger.seen(person.tenant, name);
  // Often one of the newest, so that colleagues meet on it.
  return seen.length ? world.random.pick(world.random.chance(0.6) ? seen.slice(-NEWEST) : seen) : undefined;
}

export const told = ({ world, person }: Desk, { name }: RecordDefinition, id: string) => ({
  tenant: person.tenant,
  type: name,
  id,
  memberId: person.memberId,
  atMs: world.timeline.nowMs,
});
