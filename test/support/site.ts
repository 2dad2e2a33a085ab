/**
 * A site for browser tests: files of a build under the policy and the paths that hold in the cloud, and an API played
 * by the test.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sitePolicy } from '../../infra/contentSecurity.ts';

export interface ApiRequest {
  method: string;
  /** `session`, without the base path. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export interface ApiAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Site {
  url: string;
  /** Requests to the API so far, oldest first. */
  requests: ApiRequest[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * @param answer  plays `/api/v1`; without it every call gets 404
 * @param options.compress  sends text as small as the cloud would, for whoever measures bytes and seconds
 */
export async function openSite(
  folder: string,
  answer?: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>,
  { compress = false } = {},
): Promise<Site> {
  const requests: ApiRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const url = new URL(incoming.url ?? '/', 'http://localhost');
      if (url.pathname.startsWith('/api/v1/')) {
        const request: ApiRequest = {
          method: incoming.method ?? 'GET',
          path: url.pathname.slice('/api/v1/'.length),
          query: url.searchParams,
          headers: incoming.headers,
          body: await readJson(incoming),
        };
        requests.push(request);
        const { status = 200, headers = {}, body } = (await answer?.(request)) ?? { status: 404, body: { code: 'http.404' } };
        outgoing.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers });
        outgoing.end(status === 204 ? undefined : JSON.stringify(body ?? {}));
        return;
      }
      const path = normalize(url.pathname);
      const file = join(folder, extname(path) ? path : 'index.html');
      if (!file.startsWith(folder) || !existsSync(file)) {
        outgoing.writeHead(404).end();
        return;
      }
      const isSmaller = compress && extname(file) !== '.woff2';
      outgoing.writeHead(200, {
        ...(isSmaller ? { 'content-encoding': 'gzip' } : {}),
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        'content-security-policy': sitePolicy('https://files.invalid/'),
        'x-content-type-options': 'nosniff',
      });
      const contents = await readFile(file);
      outgoing.end(isSmaller ? gzipSync(contents) : contents);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text ? (JSON.parse(text) as unknown) : undefined;
}
