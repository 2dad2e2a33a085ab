/** S3: keeps what browsers send, hands parts of it to functions, forgets what it is told to; or is silent about it. */
import { createHash } from 'node:crypto';
import type { Presigned } from '../../functions/services/fileStore.ts';
import { currentContainer } from './container.ts';
import { commonFate, draw, onTheWire } from './wire.ts';
import type { World } from './world.ts';

/** Bytes by their keys. */
export type Objects = Map<string, Buffer>;

const BUCKET = 'files';
/** What the template gives to functions that reach the bucket, and what Lambda adds to it. */
export const OBJECT_ENVIRONMENT = {
  FILES_BUCKET: BUCKET,
  AWS_ENDPOINT_URL_S3: 'https://objects.test',
  AWS_ACCESS_KEY_ID: 'simulated',
  AWS_SECRET_ACCESS_KEY: 'simulated',
};
const START = `${OBJECT_ENVIRONMENT.AWS_ENDPOINT_URL_S3}/${BUCKET}/`;
const MOST_TRIES = 3;

const keyIn = (url: string): string => url.slice(START.length).split('?')[0]!;

/** Makes every request of functions over HTTP one to a world's store. @returns the way back */
export function takeOverObjects(world: World, objects: Objects): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = ((url: string, { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> }) => {
    if (!url.startsWith(START)) throw new Error(`${url} is not modelled`);
    const fate = commonFate(world);
    return onTheWire({
      world,
      container: currentContainer(),
      label: `${method} ${keyIn(url)}`,
      fate,
      carryOut: async () => {
        if (fate === 'throttled') return { answer: new Response(undefined, { status: 503 }) };
        const answer = answerTo(objects, method, keyIn(url), headers['range']);
        return fate === 'ambiguous' ? { error: new TypeError('fetch failed') } : { answer };
      },
    });
  }) as typeof fetch;
  return () => {
    globalThis.fetch = fetch;
  };
}

function answerTo(objects: Objects, method: string, key: string, range: string | undefined): Response {
  if (method === 'DELETE') {
    objects.delete(key);
    return new Response(undefined, { status: 204 });
  }
  const bounds = /^bytes=(\d+)-(\d+)$/.exec(range ?? '');
  if (method !== 'GET' || !bounds) throw new Error(`${method} without a range is not modelled`);
  const bytes = objects.get(key);
  if (!bytes) return new Response(undefined, { status: 404 });
  const [from, to] = [Number(bounds[1]), Math.min(Number(bounds[2]), bytes.length - 1)];
  const part = new Uint8Array(bytes.subarray(from, to + 1));
  return new Response(part, { status: 206, headers: { 'content-range': `bytes ${from}-${to}/${bytes.length}` } });
}

/**
 * Sends a file as a browser does, again when it hears nothing. That S3 takes no other bytes than those the address was
 * signed for is told by their hash, which is all of the signature that is looked at here.
 * @returns whether the sender heard that it arrived
 */
export async function upload(world: World, objects: Objects, { url, headers, expiresAt }: Presigned, bytes: Buffer): Promise<boolean> {
  const { timeline, random, weather, trace } = world;
  for (let round = 0; round < MOST_TRIES; round++) {
    await timeline.sleep(random.int(5, 300));
    if (draw(random, weather.lost)) continue;
    const hash = createHash('sha256').update(bytes).digest('base64');
    if (Date.parse(expiresAt) < timeline.nowMs || headers['x-amz-checksum-sha256'] !== hash) return false;
    objects.set(keyIn(url), bytes);
    trace.add(`${timeline.nowMs} PUT ${keyIn(url)}`);
    if (!draw(random, weather.lost)) return true;
  }
  return false;
}
