import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uploadSite } from '../../infra/uploadSite.ts';

const s3 = mockClient(S3Client);
let dir: string;
beforeEach(() => {
  s3.reset();
  s3.on(PutObjectCommand).resolves({});
  dir = mkdtempSync(path.join(tmpdir(), 'site-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function build(...files: string[]): void {
  for (const file of files) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), `content of ${file}`);
  }
}

describe('the upload of the site', () => {
  it('puts pages last, lets browsers keep hashed files, and leaves the build’s notes at home', async () => {
    build('index.html', 'favicon.svg', 'assets/index-B1x2.js', '.vite/manifest.json');

    const count = await uploadSite(new S3Client(), 'site-bucket', dir);

    const sent = s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);
    expect(count).toBe(3);
    expect(sent.at(-1)).toMatchObject({
      Bucket: 'site-bucket',
      Key: 'index.html',
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'no-cache',
    });
    expect(sent.map(({ Key }) => Key).sort()).toEqual(['assets/index-B1x2.js', 'favicon.svg', 'index.html']);
    expect(sent.find(({ Key }) => Key === 'assets/index-B1x2.js')).toMatchObject({
      ContentType: 'text/javascript; charset=utf-8',
      CacheControl: 'public, max-age=31536000, immutable',
    });
  });

  it('sends nothing when there is no page, and refuses a file of unknown type', async () => {
    build('assets/index-B1x2.js');
    await expect(uploadSite(new S3Client(), 'site-bucket', dir)).rejects.toThrow('index.html');
    expect(s3.calls()).toHaveLength(0);

    build('index.html', 'sound.opus');
    await expect(uploadSite(new S3Client(), 'site-bucket', dir)).rejects.toThrow('sound.opus');
  });
});
