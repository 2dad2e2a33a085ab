import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../infra/app.ts';
import { entries } from '../../../infra/entries.ts';
import { DataInUseError } from '../../../infra/local/dataLock.ts';
import { createLocalHost, type LocalHost } from '../../../infra/local/host.ts';
import { PortInUseError } from '../../../infra/local/httpServer.ts';

/**
 * Tiny functions in the place of the product's, on its own template: each tells what started it, by way of a file.
 * What a function sees of the cloud it says itself, since the host's own view is what is under test.
 */
const prelude = `
  const fs = require('node:fs');
  const note = (what) => fs.appendFileSync(__dirname + '/../notes', JSON.stringify(what) + '\\n');
  const call = (url, target, body, type = 'application/x-amz-json-1.0') => fetch(url, { method: 'POST', body: JSON.stringify(body),
    headers: { 'content-type': type, 'x-amz-target': target,
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0' } }).then((r) => r.json());
  const env = process.env;
  const put = (pk, sk, more = {}) => call(env.AWS_ENDPOINT_URL_DYNAMODB, 'DynamoDB_20120810.PutItem',
    { TableName: env.TABLE_NAME, Item: { pk: { S: pk }, sk: { S: sk }, ...more } });
  const send = (QueueUrl, MessageBody) => call(env.AWS_ENDPOINT_URL_SQS, 'AmazonSQS.SendMessage', { QueueUrl, MessageBody });
`;
const sources: Record<string, string> = {
  workspace: `exports.handler = async (event) => event.rawPath.endsWith('/health')
    ? { statusCode: 200, body: JSON.stringify({ publicUrl: env.PUBLIC_URL, secret: env.EDGE_SECRET, headers: event.headers, context: event.requestContext }) }
    : { statusCode: 200, body: 'session' };`,
  leads: `exports.handler = async (event) => {
    await put('T#t#lead#' + event.rawPath, 'A'); await put('T#t#lead#' + event.rawPath, 'D');
    return { statusCode: 201, headers: { 'content-type': 'text/html' }, body: 'thanks' }; };`,
  'changes-stream': `exports.handler = async ({ Records }) => {
    const poison = Records.find((r) => r.dynamodb.Keys.pk.S.includes('poison'));
    if (poison && Records.length > 1) throw new Error('poison');
    if (poison) return { batchItemFailures: [{ itemIdentifier: poison.dynamodb.SequenceNumber }] };
    for (const r of Records) { note({ stream: r.dynamodb.Keys.pk.S, sk: r.dynamodb.Keys.sk.S, arn: r.eventSourceARN }); await send(env.EFFECTS_QUEUE_URL, r.dynamodb.Keys.pk.S); } };`,
  'effects-queue': `exports.handler = async ({ Records }) => { for (const r of Records) { note({ effect: r.body }); await send(env.MAIL_QUEUE_URL, r.body); } };`,
  'mail-queue': `exports.handler = async ({ Records }) => { for (const r of Records) {
    const response = await fetch(env.AWS_ENDPOINT_URL_SESV2 + '/v2/email/outbound-emails', { method: 'POST', headers: { authorization: 'AWS4-HMAC-SHA256 x' },
      body: JSON.stringify({ FromEmailAddress: env.MAIL_FROM, ConfigurationSetName: env.MAIL_CONFIGURATION_SET, Destination: { ToAddresses: ['bounce@simulator.amazonses.com'] },
        Content: { Simple: { Subject: { Data: r.body }, Body: { Text: { Data: 'x' } } } } }) });
    note({ mail: response.status }); } };`,
  'mail-events': `exports.handler = async ({ Records }) => { note({ event: JSON.parse(Records[0].Sns.Message).eventType }); };`,
  tick: `exports.handler = async (event) => { note({ tick: event.time }); };`,
  maintenance: `exports.handler = async (event) => ({ did: event.command });`,
};

const dir = mkdtempSync(path.join(os.tmpdir(), 'host-'));
const at = (name: string) => path.join(dir, name);
const options = { templateDir: at('template'), functionsDir: at('functions'), webDir: at('web') };
let host: LocalHost;

beforeAll(async () => {
  for (const { name } of entries) {
    mkdirSync(at(`functions/${name}`), { recursive: true });
    writeFileSync(at(`functions/${name}/index.js`), prelude + (sources[name] ?? 'exports.handler = async () => ({ statusCode: 501 });'));
  }
  mkdirSync(at('web/assets'), { recursive: true });
  writeFileSync(at('web/index.html'), '<!doctype html><title>site</title>');
  writeFileSync(at('web/assets/app-1.js'), `console.log(1);${' '.repeat(2000)}`);
  createApp({ codeDir: at('functions'), outdir: at('template') }).synth();
  const template = readFileSync(at('template/regulars-app.template.json'), 'utf8');
  writeFileSync(at('template/regulars-app.template.json'), template.replace(/("MaximumRetryAttempts": )10/, '$12')); // 7 seconds less
  host = await createLocalHost(options);
}, 60_000);
afterAll(async () => {
  await host?.close();
  rmSync(dir, { recursive: true, force: true });
});

const get = (pathname: string, headers: Record<string, string> = {}) => fetch(host.url + pathname, { headers, redirect: 'manual' });
const notes = () =>
  existsSync(at('functions/notes'))
    ? readFileSync(at('functions/notes'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, string>)
    : [];

describe('the local host', () => {
  it('serves the API with what CloudFront adds, and its own address as the public one', async () => {
    const response = await get('/api/v1/health', { 'x-client-ip': '6.6.6.6', 'x-origin-secret': 'guess', host: 'evil.test' });

    const seen = (await response.json()) as {
      publicUrl: string;
      secret: string;
      headers: Record<string, string>;
      context: { http: { sourceIp: string } };
    };
    expect(response.status).toBe(200);
    expect(seen.publicUrl).toBe(host.url);
    expect(seen.headers['x-client-ip']).toMatch(/^(127\.0\.0\.1|::1)$/);
    expect(seen.headers['x-origin-secret']).toBe(seen.secret);
    expect(seen.headers['host']).toMatch(/execute-api/);
    expect(seen.context.http.sourceIp).not.toBe(seen.headers['x-client-ip']);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  });

  it('asks for an access token where the template does', async () => {
    expect((await get('/api/v1/session')).status).toBe(401);
    expect((await get('/api/v1/session', { authorization: 'Bearer a.b.c' })).status).toBe(401);
    expect((await get('/api/v1/nothing')).status).toBe(404);
  });

  it('serves the site with its policy: pages are index.html, files are cached, missing ones are missing', async () => {
    const page = await get('/customers/cus_1');
    const script = await get('/assets/app-1.js', { 'accept-encoding': 'br' });
    const policy = page.headers.get('content-security-policy')!;

    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html><title>site</title>',
    ]);
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain(`connect-src 'self' ${host.endpoints['S3']}/`); // no address of the cloud is left
    expect(policy).not.toContain('amazonaws');
    expect([script.headers.get('content-encoding'), script.headers.get('cache-control')]).toEqual([
      'br',
      'public, max-age=31536000, immutable',
    ]);
    expect((await get('/assets/app-1.js', { 'if-none-match': script.headers.get('etag')! })).status).toBe(304);
    expect((await get('/assets/gone.js')).status).toBe(404);
    expect((await get('/..%2ffunctions%2fnotes.js')).status).toBe(404);
    expect((await fetch(host.url, { method: 'POST' })).status).toBe(403);
  });

  it('carries a form from the public route through stream, queues and mail to the bounce', { timeout: 20_000 }, async () => {
    const response = await fetch(`${host.url}/f/form-1`, { method: 'POST', body: 'name=Mei' });

    expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([201, 'thanks', 'text/html']);
    await expect.poll(notes, { timeout: 15_000 }).toContainEqual({ event: 'Bounce' });
    const key = 'T#t#lead#/f/form-1';
    expect(notes().filter((note) => note['stream'])).toEqual([
      { stream: key, sk: 'A', arn: expect.stringMatching(/^arn:aws:dynamodb:us-east-1:/) as string },
    ]);
    expect(notes()).toContainEqual({ effect: key });
    expect(notes()).toContainEqual({ mail: 200 });
    expect(host.mail.list()[0]).toMatchObject({ subject: key });
  });

  it('stores a batch that can never pass in the bucket for failed batches', { timeout: 20_000 }, async () => {
    const s3 = new S3Client({
      endpoint: host.endpoints['S3'],
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      forcePathStyle: true,
    });
    const list = async () => (await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? [];
    const template = JSON.parse(readFileSync(at('template/regulars-data.template.json'), 'utf8')) as {
      Resources: Record<string, { Type: string }>;
    };
    const bucket = `regulars-data-${Object.keys(template.Resources).find((id) => /^FailedBatches[^P]*$/.test(id))}`.toLowerCase();

    await fetch(`${host.url}/f/poison`, { method: 'POST' });

    await expect.poll(async () => (await list()).length, { timeout: 15_000, interval: 100 }).toBe(1);
    const stored = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: (await list())[0]!.Key }));
    const batch = JSON.parse(await stored.Body!.transformToString()) as { requestContext: object; payload: string };
    expect(batch.requestContext).toMatchObject({ condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 });
    expect(JSON.parse(batch.payload)).toMatchObject({ Records: [{ dynamodb: { Keys: { pk: { S: 'T#t#lead#/f/poison' } } } }] });
    s3.destroy();
  });

  it('shifts the clock for requests and fires the tick at the new time', async () => {
    const move = (body: object) =>
      fetch(`${host.url}/_local/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

    const moved = await move({ now: '2031-05-06T08:00:30Z' });

    expect(await moved.json()).toMatchObject({ now: expect.stringMatching(/^2031-05-06T08:00:3/) as string });
    await expect.poll(notes).toContainEqual({ tick: '2031-05-06T08:00:00Z' });
    const { context } = (await (await get('/api/v1/health')).json()) as { context: { timeEpoch: number } };
    expect(new Date(context.timeEpoch).toISOString()).toMatch(/^2031-05-06T08:0/);
    expect((await move({ shift: 'soon' })).status).toBe(400);
    await move({ shift: '-1d' });
    expect(await (await get('/_local/clock')).json()).toMatchObject({ now: expect.stringMatching(/^2031-05-05/) as string });
  });

  it('shows the mails as pages and as JSON', async () => {
    const { mails } = (await (await get('/_local/mail.json?to=bounce')).json()) as { mails: { id: string }[] };

    expect(await (await get('/_local/mail')).text()).toContain(mails[0]!.id);
    expect(await (await get(`/_local/mail/${mails[0]!.id}`)).text()).toContain('T#t#lead#/f/form-1');
    expect((await get('/_local/mail/none')).status).toBe(404);
  });

  it('runs an operator’s command', async () => {
    const headers = { 'content-type': 'application/json' };
    const invoke = (name: string) => fetch(`${host.url}/_local/invoke/${name}`, { method: 'POST', headers, body: '{"command":"rebuild"}' });

    expect(await (await invoke('maintenance')).json()).toEqual({ did: 'rebuild' });
    expect((await invoke('nobody')).status).toBe(404);
  });

  it('keeps its own pages from other sites', async () => {
    const plain = await fetch(`${host.url}/_local/clock`, { method: 'POST', body: '{"shift":"+1d"}' });

    expect(plain.status).toBe(415);
    expect(await statusByHost('evil.test')).toBe(403);
  });

  it('refuses a taken port in one sentence', async () => {
    const port = Number(new URL(host.url).port);

    await expect(createLocalHost({ ...options, port })).rejects.toThrow(PortInUseError);
  });
});

describe('a local host with data on disk', () => {
  it('keeps mails and queues over a restart, and refuses a second start meanwhile', { timeout: 60_000 }, async () => {
    const kept = { ...options, dataDir: at('data') };
    const before = await createLocalHost(kept);
    await expect(createLocalHost(kept)).rejects.toThrow(DataInUseError);
    await fetch(`${before.url}/f/kept`, { method: 'POST' });
    await expect.poll(() => before.mail.list().length, { timeout: 15_000 }).toBe(1);
    await before.close();

    const after = await createLocalHost(kept);

    expect(after.mail.list()).toHaveLength(1);
    expect(readFileSync(at('data/logs/leads.log'), 'utf8')).toContain('START RequestId');
    await after.close();
    expect(notes().filter((note) => note['stream']?.endsWith('/f/kept'))).toHaveLength(1); // the position was kept too
  });
});

/** fetch() sets its own Host header. */
function statusByHost(name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .get(`${host.url}/_local/mail.json`, { headers: { host: name } }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      })
      .on('error', reject);
  });
}
