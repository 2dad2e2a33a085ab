import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gateway } from '../gateway/gateway.ts';
import { splitUrl } from '../gateway/httpEvent.ts';
import type { HttpResponse } from '../gateway/httpResponse.ts';
import { compress } from './compress.ts';
import type { Behaviour } from './distribution.ts';

export interface EdgeOptions {
  behaviours: readonly Behaviour[];
  gateway: Gateway;
  site(key: string, headers: Readonly<Record<string, string>>): Promise<HttpResponse>;
  /** Takes the site's place while somebody works on it: answers by itself, without the site's headers. */
  devSite?: (message: IncomingMessage, reply: ServerResponse) => void;
}

/** An address of CloudFront: whoever takes the connection's address for the visitor's sees everybody come from here. */
const edgeAddress = '130.176.0.1';
const bodyLimitBytes = 11 * 1024 * 1024;

/**
 * What CloudFront does between a browser and the two origins: behaviour by path, function on the way in, headers and
 * compression on the way out. Nothing is cached, and http stays http.
 */
export function createEdge({
  behaviours,
  gateway,
  site,
  devSite,
}: EdgeOptions): (message: IncomingMessage, reply: ServerResponse) => Promise<void> {
  async function answer(message: IncomingMessage, behaviour: Behaviour): Promise<HttpResponse> {
    const { method = 'GET', url = '/' } = message;
    if (!behaviour.methods.includes(method)) return refusal(403, 'This distribution is not configured to allow the HTTP request method.');
    const { rawPath, rawQueryString } = splitUrl(url);
    const headers = joinHeaders(message);
    const viewer = { method, uri: rawPath, headers, ip: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '') };
    const request = behaviour.onViewerRequest?.(viewer) ?? viewer;
    const { origin } = behaviour;
    if (origin.kind === 'site') return site(decodeKey(request.uri.slice(1)), request.headers);
    const body = await readBody(message);
    if (!body) return refusal(413, 'The request is too large.');
    return gateway.handle({
      method,
      url: rawQueryString === '' ? request.uri : `${request.uri}?${rawQueryString}`,
      headers: {
        ...request.headers,
        ...origin.headers,
        host: origin.domainName,
        via: '1.1 local.cloudfront.net (CloudFront)',
        // Begins with whatever the visitor claims, as on AWS.
        'x-forwarded-for': [headers['x-forwarded-for'], viewer.ip, edgeAddress].filter(Boolean).join(', '),
      },
      body,
      sourceIp: edgeAddress,
    });
  }

  return async (message, reply) => {
    const behaviour = behaviours.find(({ matches }) => matches(splitUrl(message.url ?? '/').rawPath))!; // the last one matches all
    if (devSite && behaviour.origin.kind === 'site') return devSite(message, reply);
    let response = await answer(message, behaviour);
    response = { ...response, headers: { ...response.headers } };
    behaviour.responseHeaders(response.headers);
    if (behaviour.compress) response = await compress(response, message.headers['accept-encoding']?.toString());
    send(message, reply, response);
  };
}

function send(message: IncomingMessage, reply: ServerResponse, { status, headers, body }: HttpResponse): void {
  const bare = status === 204 || status === 304;
  reply.writeHead(status, { ...headers, ...(!bare && { 'content-length': body.length }) });
  reply.end(message.method === 'HEAD' || bare ? undefined : body);
}

/** Lower-case names; repeated headers joined, as CloudFront hands them on. */
function joinHeaders(message: IncomingMessage): Record<string, string> {
  const entries = Object.entries(message.headersDistinct).map(([name, values = []]) => [name, values.join(name === 'cookie' ? '; ' : ',')]);
  return Object.fromEntries(entries) as Record<string, string>;
}

async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bodyLimitBytes) chunks.push(chunk); // the rest is read and dropped, so that the answer gets through
  }
  return length <= bodyLimitBytes ? Buffer.concat(chunks) : undefined;
}

function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function refusal(status: number, message: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(message) };
}
