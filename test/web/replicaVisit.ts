/** A replica in front of a played server; a test may look at what was asked, and step in. */
import { beforeEach } from 'vitest';
import { definitionOf } from '../../shared/registry.ts';
import { createApi, type Api } from '../../web/src/kernel/api.ts';
import { NO_DISK, type Disk } from '../../web/src/kernel/replica/disk.ts';
import { Edits, type EditsWorld } from '../../web/src/kernel/replica/edits.ts';
import { Replica } from '../../web/src/kernel/replica/replica.svelte.ts';
import type { Conflict } from '../../web/src/kernel/replica/send.ts';
import type { ReplicaWorld, TabNews } from '../../web/src/kernel/replica/world.ts';
import { PlayedRecords } from '../support/playedRecords.ts';
import type { ApiAnswer, ApiRequest } from '../support/site.ts';

export let server: PlayedRecords;
export let told: TabNews[];
export let conflicts: Conflict[];
export let api: Api;

/** What a test looks at and changes between two steps. */
interface World {
  asked: ApiRequest[];
  /** Called before each answer; may change what the server holds, answer in its place, or refuse to answer. */
  meanwhile: (request: ApiRequest) => ApiAnswer | undefined | void;
  /** What happens between an answer being made and its arrival. */
  underWay: (request: ApiRequest) => Promise<void>;
  now: number;
  /** Edits that were named so far. */
  keys: number;
  /** Whose value counts where two have changed the same field. */
  whose: 'mine' | 'theirs';
}
const begin = (): World => ({
  asked: [],
  meanwhile: () => undefined,
  underWay: async () => undefined,
  now: Date.UTC(2026, 2, 2),
  keys: 0,
  whose: 'mine',
});
export const world = begin();

beforeEach(() => {
  Object.assign(world, begin());
  server = new PlayedRecords();
  told = [];
  conflicts = [];
  api = createApi({
    base: 'http://api.test',
    fetch: async (input, init) => {
      const url = new URL(String(input));
      const request: ApiRequest = {
        method: init?.method ?? 'GET',
        path: url.pathname.slice(1),
        query: url.searchParams,
        headers: init?.headers as Record<string, string>,
        body: init?.body ? JSON.parse(String(init.body)) : undefined,
      };
      world.asked.push(request);
      const { status = 200, body } = world.meanwhile(request) ?? server.answer(request) ?? { status: 404, body: {} };
      await world.underWay(request);
      return new Response(status === 204 ? null : JSON.stringify(body), { status });
    },
    exclusive: (_name, work) => work(),
    wait: async () => undefined,
    random: () => 0,
    nowMs: () => world.now,
  });
});

export const place = () => ({ position: server.position, epoch: server.epoch });
export const open = (disk: Disk = NO_DISK, more: Partial<ReplicaWorld> = {}): Replica =>
  new Replica({
    api,
    disk,
    definitionOf,
    place: place(),
    refresh: async () => place(),
    nowMs: () => world.now,
    tell: (news) => told.push(news),
    ...more,
  });
export const edit = (replica: Replica, more: Partial<EditsWorld> = {}): Edits =>
  new Edits({
    api,
    replica,
    newKey: () => `key-${++world.keys}`,
    stamp: () => ({ by: 'mem_1', at: new Date(world.now).toISOString() }),
    newId: (prefix) => `${prefix}_00000000000000000000000NEW`,
    decide: async (conflict) => {
      conflicts.push(conflict);
      return world.whose;
    },
    onWritten: () => undefined,
    ...more,
  });
export const names = (replica: Replica): unknown[] => replica.type('customer').rows.map(({ name }) => name);
export const paths = (): string[] => world.asked.map(({ path }) => path);
