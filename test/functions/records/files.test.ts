import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toInstant } from '../../../shared/kernel/dates.ts';
import { readEnds } from '../../../functions/services/fileStore.ts';
import { fileKey, recordKey } from '../../../functions/table/keys.ts';
import { createClock } from '../../../infra/local/clock.ts';
import { type ObjectStore, startObjectStore } from '../../../infra/local/objectStore/server.ts';
import { idOf } from '../../support/desk.ts';
import { NOW } from '../../support/visitors.ts';
import { stubAwsEnvironment } from '../services/awsEnvironment.ts';
import { memberOf, openDiscussion, type Person } from './discussionDesk.ts';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'files-'));
let store: ObjectStore;
let firm: Awaited<ReturnType<typeof openDiscussion>>;
let customer: string;
beforeAll(async () => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  store = await startObjectStore({ dataDir, clock: createClock(() => NOW), buckets: ['files'], credentials });
  stubAwsEnvironment({ AWS_ENDPOINT_URL_S3: store.url, FILES_BUCKET: 'files' });
  firm = await openDiscussion();
  customer = await firm.make('customer', 1, 'sam', { name: 'Lotus Tea' });
  await firm.settle();
});
afterAll(async () => {
  firm.close();
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

let files = 0;
const freshId = () => idOf('fil', (files += 1));
const PDF = '%PDF-1.7 the offer';
const at = (rest = '') => `/customers/${customer}/files${rest}`;
const bodyOf = (id: string, name: string, content: string) => {
  const bytes = Buffer.from(content, 'latin1');
  return { id, name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
};
const announce = (as: Person, id: string, name = 'Offer.pdf', content = PDF) =>
  firm.call('POST', at(), { as, body: bodyOf(id, name, content) });
async function send({ body }: Awaited<ReturnType<typeof announce>>, content = PDF): Promise<number> {
  const { url, headers } = body.upload;
  return (await fetch(url, { method: 'PUT', body: Buffer.from(content, 'latin1'), headers })).status;
}
const complete = (as: Person, id: string) => firm.call('POST', at(`/${id}/complete`), { as });
const list = async (as: Person = 'sam') => (await firm.call('GET', at(), { as })).body.items;
const download = (as: Person, id: string) => firm.call('GET', at(`/${id}`), { as });
const remove = async (as: Person, id: string) => (await firm.call('DELETE', at(`/${id}`), { as })).status;
const stored = async (id: string) => (await readEnds(`firm/customer/${customer}/${id}`, 10)) !== undefined;
const rows = async (id: string) =>
  (await firm.call('GET', `/customers/${customer}/timeline`, { as: 'sam' })).body.items.filter((row) => String(row['id']).startsWith(id));
/** Announced, sent and taken. */
async function put(as: Person, id = freshId(), name = 'Offer.pdf', content = PDF): Promise<string> {
  await send(await announce(as, id, name, content), content);
  expect((await complete(as, id)).status).toBe(200);
  return id;
}
/** What has expired goes, as the table lets it. */
const expire = async (id: string) => {
  await firm.system().table.writeMany([{ delete: fileKey('customer', customer, id) }]);
  await firm.settle();
};

describe('a file', () => {
  it('is announced, sent to the store, taken and listed; the timeline says who put it there', async () => {
    const id = freshId();
    const announced = await announce('sue', id, '  报价  单.pdf ');
    expect(announced.status).toBe(201);
    expect(await list()).toEqual([]);
    expect(await send(announced)).toBe(200);
    expect(await list()).toEqual([]);

    const taken = await complete('sue', id);

    const file = { id, name: '报价 单.pdf', size: PDF.length, by: memberOf('sue'), at: toInstant(NOW) };
    expect(taken).toMatchObject({ status: 200, body: file });
    expect(await list()).toEqual([file]);
    expect(await rows(id)).toMatchObject([
      { code: 'file.added', by: memberOf('sue'), params: { fileId: id, name: '报价 单.pdf', size: PDF.length } },
    ]);
  });

  it('comes back from another origin, to be stored under its name', async () => {
    const id = await put('sam');

    const { status, body } = await download('vera', id);
    const answer = await fetch(body.url);

    expect(status).toBe(200);
    expect(await answer.text()).toBe(PDF);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="Offer.pdf"; filename*=UTF-8''Offer.pdf`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  });

  it('announced, sent and taken twice is one', async () => {
    const id = freshId();
    const before = (await list()).length;
    await announce('sam', id);
    await send(await announce('sam', id));
    const [once, twice] = [await complete('sam', id), await complete('sam', id)];

    expect(twice.body).toEqual(once.body);
    expect((await list()).length - before).toBe(1);
    expect(await rows(id)).toHaveLength(1);
    expect(await announce('sam', id)).toMatchObject({ status: 409, body: { code: 'record.exists' } });
    expect(await announce('sue', id)).toMatchObject({ status: 409 });
  });

  it('cannot be others’ bytes, nor be taken before it is there', async () => {
    const id = freshId();
    const announced = await announce('sam', id);

    expect(await send(announced, '%PDF-1.7 another!')).not.toBe(200);
    expect(await complete('sam', id)).toMatchObject({ status: 409, body: { code: 'file.missing' } });
    expect(await download('sam', id)).toMatchObject({ status: 404 });
  });

  it('that is not what its name says is refused, and stays refused', async () => {
    const id = freshId();
    await send(await announce('sam', id, 'a.pdf', '<html><script>alert(1)</script>'), '<html><script>alert(1)</script>');

    for (let i = 0; i < 2; i++)
      expect(await complete('sam', id)).toMatchObject({ status: 400, body: { issues: [{ field: 'name', code: 'file.contents' }] } });

    expect((await list()).some((file) => file['id'] === id)).toBe(false);
    expect(await download('sam', id)).toMatchObject({ status: 404 });
    await expire(id);
    expect(await stored(id)).toBe(false);
  });

  it('is announced by who may write notes, and taken by who announced it', async () => {
    const statuses = await Promise.all(
      (['olga', 'sue', 'vera', 'dana', 'sid'] as const).map(async (as) => (await announce(as, freshId())).status),
    );
    const id = freshId();
    await send(await announce('sam', id));

    expect(statuses).toEqual([201, 201, 403, 403, 404]);
    expect((await complete('sue', id)).status).toBe(403);
    expect((await complete('sid', id)).status).toBe(404);
    expect((await download('sid', await put('sam'))).status).toBe(404);
  });

  it('is taken away by who put it there, or by who may delete the record; the timeline says so', async () => {
    const [mine, theirs] = [await put('sue'), await put('sue')];

    expect(await remove('sam', mine)).toBe(403);
    expect([await remove('sue', mine), await remove('sue', mine), await remove('olga', theirs)]).toEqual([204, 204, 204]);

    expect((await list()).filter(({ id }) => id === mine || id === theirs)).toEqual([]);
    expect(await download('sue', mine)).toMatchObject({ status: 404 });
    expect((await complete('sue', mine)).status).toBe(404);
    expect((await rows(mine)).map(({ code }) => code).sort()).toEqual(['file.added', 'file.removed']);
    expect((await announce('sue', mine)).status).toBe(409);
  });
});

describe('bytes', () => {
  it('lie in the store as long as their item does', async () => {
    const id = await put('sam');
    await remove('sam', id);
    await firm.settle();
    expect(await stored(id)).toBe(true);

    await expire(id);

    expect(await stored(id)).toBe(false);
  });

  it('that were announced and never taken go with their announcement', async () => {
    const id = freshId();
    await send(await announce('sam', id));
    const item = await firm.system().table.get(fileKey('customer', customer, id));
    expect(item!['expiresAt']).toBe(NOW / 1000 + 86_400);

    await expire(id);

    expect(await stored(id)).toBe(false);
  });

  it('of a file that is there again are left alone', async () => {
    const id = await put('sam');
    await firm.settle();
    await firm.system().table.writeMany([{ delete: fileKey('customer', customer, id) }]);
    await announce('sam', id);

    await firm.settle();

    expect(await stored(id)).toBe(true);
  });

  it('go when their record has left the bin', async () => {
    const lead = await firm.make('lead', 1, 'sam', { name: 'Li Lei' });
    const id = freshId();
    const body = bodyOf(id, 'a.pdf', PDF);
    await send(await firm.call('POST', `/leads/${lead}/files`, { as: 'sam', body }));
    await firm.call('POST', `/leads/${lead}/files/${id}/complete`, { as: 'sam' });
    await firm.call('DELETE', `/leads/${lead}`, { as: 'olga', headers: { 'if-match': '1' } });
    await firm.settle();
    const there = async () => (await readEnds(`firm/lead/${lead}/${id}`, 10)) !== undefined;
    expect(await there()).toBe(true);

    await firm.system().table.writeMany([{ delete: recordKey('lead', lead) }]);
    await firm.settle();
    await firm.settle();

    expect(await there()).toBe(false);
  });
});
