import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

interface EdgeRequest {
  uri: string;
  headers: Record<string, { value: string }>;
}

/** Runs a CloudFront function as CloudFront does: a script that leaves `handler` behind. */
function run(file: string, event: { request: EdgeRequest; viewer: { ip: string } }): EdgeRequest {
  const script = readFileSync(path.join(import.meta.dirname, '../../infra/edge', file), 'utf8');
  return runInNewContext(`${script}; handler(event)`, { event }) as EdgeRequest;
}

const request = (uri: string, headers: EdgeRequest['headers'] = {}) => ({
  request: { uri, headers },
  viewer: { ip: '2001:db8::7' },
});

describe('the edge of the site', () => {
  it.each(['/', '/customers', '/customers/cus_01J00000000000000000000000', '/settings/members/', '/v1.2/x'])(
    'answers the page %s with the one HTML file',
    (uri) => {
      expect(run('sitePaths.js', request(uri)).uri).toBe('/index.html');
    },
  );

  it.each(['/assets/index-B1x2.js', '/favicon.svg', '/index.html'])('leaves the file %s alone', (uri) => {
    expect(run('sitePaths.js', request(uri)).uri).toBe(uri);
  });
});

describe('the edge of the API', () => {
  it('says which address it saw, whatever the client says', () => {
    const forged = { 'x-client-ip': { value: '10.0.0.1' }, accept: { value: '*/*' } };

    const passed = run('clientAddress.js', request('/api/v1/session', forged));

    expect(passed.uri).toBe('/api/v1/session');
    expect({ ...passed.headers }).toEqual({ 'x-client-ip': { value: '2001:db8::7' }, accept: { value: '*/*' } });
  });
});
