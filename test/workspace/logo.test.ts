import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { APIGatewayProxyStructuredResultV2, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitPlan } from '../../functions/records/operations.ts';
import { toChange } from '../../functions/records/follow.ts';
import { httpHandler } from '../../functions/runtime/http.ts';
import { findStored } from '../../functions/services/fileStore.ts';
import { workOffEffects } from '../../functions/workspace/effects.queue.ts';
import { goneLogos } from '../../functions/workspace/logo.ts';
import { routes } from '../../functions/workspace/routes.ts';
import { routes as leadRoutes } from '../../functions/leads/routes.ts';
import { putDoor } from '../../functions/table/entry.ts';
import { createClock } from '../../infra/local/clock.ts';
import { type ObjectStore, startObjectStore } from '../../infra/local/objectStore/server.ts';
import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import type { Logo } from '../../shared/workspace/logo.ts';
import { stubAwsEnvironment } from '../functions/services/awsEnvironment.ts';
import { type Desk, idOf, openDesk } from '../support/desk.ts';
import { employ } from '../support/staff.ts';
import { httpEvent, NOW, visitorsOf, type Call, type CallOptions } from '../support/visitors.ts';

const WORKSPACE = idOf('wsp', 1);
/** One pixel in the corner of 320 by 80: all that is asked of a picture here is what it says of itself. */
const PNG = Buffer.from([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
  ...[0, 0, 1, 64, 0, 0, 0, 80, 8, 6, 0, 0, 0],
]).toString('base64');
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'logos-'));
let store: ObjectStore;
let desk: Desk;
let call: Call<{ logo?: Logo; issues: { field: string; code: string }[] } & Record<string, unknown>>;

beforeAll(async () => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  store = await startObjectStore({ dataDir, clock: createClock(() => NOW), buckets: ['files'], credentials });
  stubAwsEnvironment({ AWS_ENDPOINT_URL_S3: store.url, FILES_BUCKET: 'files' });
  desk = await openDesk();
  for (const tenant of ['firm', 'rival']) {
    await employ(desk, tenant, [
      { name: tenant === 'firm' ? 'olga' : 'ron', role: 'owner' },
      { name: tenant === 'firm' ? 'sam' : 'rita', role: 'sales' },
    ]);
    const values = { name: 'Tea <& Co', zone: 'UTC', currency: 'EUR', language: 'en' };
    const create = { op: 'create' as const, type: 'workspace', id: tenant === 'firm' ? WORKSPACE : idOf('wsp', 2), values };
    await commitPlan({ ...desk.as(tenant, 0), actor: SYSTEM_ACTOR }, { writes: [create] });
  }
  call = visitorsOf(routes, desk);
});
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const set = (more: CallOptions = {}, image = PNG) =>
  call('POST', `/workspaces/${WORKSPACE}/logo`, { as: 'olga', body: { image, ground: 'light' }, ...more });
async function serve(file: string, handlerRoutes = routes, at = '/logos/'): Promise<APIGatewayProxyStructuredResultV2> {
  const database = desk.forVisitor();
  return httpHandler(handlerRoutes, () => database)(httpEvent('GET', `${at}${file}`, { headers: {} }, 'r'), { awsRequestId: 'r' } as never);
}
const isStored = async (file: string) => (await findStored(`logos/${file}`)) !== undefined;

describe('a logo', () => {
  it('is kept under a name of chance, with its size, and once however often it is sent', async () => {
    const headers = { 'idempotency-key': 'first' };

    const { status, body } = await set({ headers });

    expect(status).toBe(200);
    expect(body.logo).toEqual({ file: expect.stringMatching(/^[0-9a-f]{40}$/) as unknown, width: 320, height: 80, ground: 'light' });
    const again = await set({ headers });
    expect([again.body.logo, again.body['version']]).toEqual([body.logo, body['version']]);
    const session = await call('GET', '/session', { as: 'sam' });
    expect((session.body as unknown as { workspace: { logo: Logo } }).workspace.logo).toEqual(body.logo);
  });

  it('is served to everybody, as what it is and nothing else', async () => {
    const { logo } = (await set()).body;

    const answer = await serve(logo!.file);

    expect(answer).toMatchObject({
      statusCode: 200,
      isBase64Encoded: true,
      body: PNG,
      headers: {
        'content-type': 'image/png',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      },
    });
    for (const forged of ['0'.repeat(40), '..%2Ffirm', 'x'])
      expect(await serve(forged)).toMatchObject({ statusCode: 404, headers: { 'cache-control': 'no-store' } });
  });

  it.each([
    ['a drawing in markup', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'), 'file.kind'],
    ['a page behind a picture', Buffer.from(`${atob(PNG)}<script>alert(1)</script>`, 'latin1').toString('base64'), 'file.mixed'],
    ['nothing', '', 'text.characters'],
  ])('is refused as %s', async (_what, image, code) => {
    expect(await set({}, image)).toMatchObject({ status: 400, body: { issues: [{ field: 'image', code }] } });
  });

  it('belongs to who may set the workspace up', async () => {
    expect((await set({ as: 'sam' })).status).toBe(403);
    expect((await set({ as: 'ron' })).status).toBe(404);
    expect((await call('DELETE', `/workspaces/${WORKSPACE}/logo`, { as: 'ron' })).status).toBe(404);
    const { body } = await set();
    const headers = { 'if-match': String(body['version']) };
    expect(await call('PATCH', `/workspaces/${WORKSPACE}`, { as: 'olga', body: { logo: body.logo }, headers })).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'logo' }] },
    });
  });

  it('that was replaced or taken away loses its file, and no other', async () => {
    const ctx = desk.as('firm', 1);
    const removeFrom = async (file: string) => {
      const gone = { tenant: 'firm', gone: { type: 'workspace', id: WORKSPACE, fileId: file } };
      const event = { Records: [{ messageId: 'm', body: JSON.stringify(gone) }] } as unknown as SQSEvent;
      expect(await workOffEffects(desk.db, event, async () => {})).toEqual({ batchItemFailures: [] });
    };
    const old = (await set()).body.logo!;
    const before = await desk.itemOf(ctx, 'workspace', WORKSPACE);
    const fresh = (await set()).body.logo!;
    const after = await desk.itemOf(ctx, 'workspace', WORKSPACE);

    const gone = { type: 'workspace', id: WORKSPACE, fileId: old.file };
    expect(goneLogos([toChange(before, after, ctx.now)!])).toEqual([gone]);
    await removeFrom(old.file);
    await removeFrom(fresh.file);

    expect([await isStored(old.file), await isStored(fresh.file)]).toEqual([false, true]);
    expect((await call('DELETE', `/workspaces/${WORKSPACE}/logo`, { as: 'olga' })).body).not.toHaveProperty('logo');
    const none = await desk.itemOf(ctx, 'workspace', WORKSPACE);
    expect(goneLogos([toChange(after, none, ctx.now)!])).toEqual([{ ...gone, fileId: fresh.file }]);
    await removeFrom(fresh.file);
    expect(await isStored(fresh.file)).toBe(false);
    expect((await call('DELETE', `/workspaces/${WORKSPACE}/logo`, { as: 'olga' })).status).toBe(200);
  });

  it('stands on the page after a form was sent, which goes without it where nothing is known', async () => {
    const { logo } = (await set()).body;
    const form = idOf('frm', 1);
    await putDoor(desk.db, 'form', form, { tenant: 'firm', target: form });
    const pageOf = async (id: string) => String((await serve(`${id}/thanks`, leadRoutes, '/f/')).body);

    expect(await pageOf(form)).toContain(`<img class="light" src="/logos/${logo!.file}" alt="Tea &lt;&amp; Co" width="320" height="80">`);
    expect(await pageOf(idOf('frm', 2))).not.toContain('<img');
  });
});
