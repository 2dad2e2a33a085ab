/** What people say and put beside records: notes, files; and whom they follow. */
import { createHash } from 'node:crypto';
import { makeId } from '../../shared/kernel/ids.ts';
import { segmentOf } from '../../shared/kernel/record.ts';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import { NOTE_PREFIX } from '../../shared/workspace/note.ts';
import { FILE_PREFIX } from '../../shared/workspace/recordFile.ts';
import type { Presigned } from '../../functions/services/fileStore.ts';
import { ask } from './client.ts';
import { type Desk, pickSeen, seenBy } from './desk.ts';
import type { SentFile } from './ledger.ts';
import { upload } from './objectStore.ts';

/** Writes under a record, now and then to a colleague, or follows it. */
export async function discuss(desk: Desk): Promise<void> {
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

const FILES_SAID = 3;
const WRONG = Buffer.from('other bytes');

/** Puts a file beside a record, or goes on with one: now and then nothing follows, other bytes are sent, or it is taken away. */
export async function attach(desk: Desk): Promise<void> {
  const { world, ledger, person } = desk;
  const { random } = world;
  const mine = ledger.files.filter(({ tenant }) => tenant === person.tenant);
  const known = mine.length && random.chance(0.5) ? random.pick(mine) : undefined;
  const file = known ?? newFile(desk);
  if (!file) return;
  const wish = (method: 'POST' | 'DELETE', rest: string, body?: object) =>
    ask(world, person, { method, path: `/${segmentOf(definitionOf(file.type))}/${file.on}/files${rest}`, ...(body ? { body } : {}) });

  if (!known || random.chance(0.5)) {
    const { id, name, bytes } = file;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const answer = await wish('POST', '', { id, name, size: bytes.length, sha256 });
    if (answer?.status === 201 && random.chance(0.9)) {
      const sent = random.chance(0.1) ? WRONG : bytes;
      await upload(world, desk.objects, (answer.body as unknown as { upload: Presigned }).upload, sent);
    }
  }
  if (random.chance(0.8)) {
    file.completion ??= 'asked';
    const answer = await wish('POST', `/${file.id}/complete`);
    if (answer?.status === 200) file.completion = 'told';
  }
  if (random.chance(0.2)) {
    file.removal ??= 'asked';
    const answer = await wish('DELETE', `/${file.id}`);
    if (answer?.status === 204) file.removal = 'told';
  }
}

function newFile(desk: Desk): SentFile | undefined {
  const { world, ledger, person } = desk;
  const { random } = world;
  const definition = random.pick(REGISTRY.filter(({ discussed }) => discussed));
  const record = pickSeen(desk, definition);
  if (!record) return undefined;
  const number = random.int(1, FILES_SAID);
  const file: SentFile = {
    tenant: person.tenant,
    type: definition.name,
    on: record.id,
    id: makeId(FILE_PREFIX, world.timeline.nowMs, random.bytes(10)),
    // A page under the name of a text is refused when it has arrived.
    ...(random.chance(0.1)
      ? { name: 'page.txt', bytes: Buffer.from('<html>') }
      : { name: `file ${number}.txt`, bytes: Buffer.from(`What ${number} says`) }),
  };
  ledger.files.push(file);
  return file;
}
