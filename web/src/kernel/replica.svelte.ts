import { untrack } from 'svelte';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { definitionOf, REGISTRY } from '../../../shared/registry.ts';
import { clock } from './clock.svelte.ts';
import { api, connection } from './connection.svelte.ts';
import { newId } from './newId.ts';
import { outboxKeeper, type OutboxKeeper } from './outboxKeeper.ts';
import { conflicts } from './replica/conflicts.svelte.ts';
import { NO_DISK } from './replica/disk.ts';
import { Edits, type EditOptions, type Removed } from './replica/edits.ts';
import { Follower } from './replica/follower.ts';
import { indexedDbDisk } from './replica/indexedDbDisk.ts';
import type { RecordSet } from './replica/recordSet.svelte.ts';
import { Replica } from './replica/replica.svelte.ts';
import { shapeOfRecords } from './replica/shape.ts';
import type { TabNews } from './replica/world.ts';
import { session, type SessionData } from './session.svelte.ts';

interface Open {
  readonly replica: Replica;
  readonly edits: Edits;
  readonly follower: Follower;
  readonly keeper: OutboxKeeper;
  readonly stop: () => void;
}

let open: Open | undefined;

/** The records of the member who is signed in: read from memory, written to the server, the same in every tab. */
export const replica = {
  /** All records of a type within reach, loaded on first use and kept up to date. Reactive. */
  type: (name: string): RecordSet => here().replica.type(name),

  /** The same, unless nobody has asked for the type yet: then nothing is loaded. Reactive. */
  known: (name: string): RecordSet | undefined => here().replica.known(name),

  /** @throws ApiError with issues per field */
  create: (type: string, values: Values, options?: Omit<EditOptions, 'seen'> & { id?: string }): Promise<AnyRecord> =>
    here().edits.create(type, values, options),

  /** Changes fields at once, null clearing one. @throws ApiError when the server refuses; the change is then taken back */
  update: (type: string, id: string, change: Values, options?: EditOptions): Promise<AnyRecord> =>
    here().edits.update(type, id, change, options),

  /** Hides a record; `send` removes it. */
  remove: (type: string, id: string): ReturnType<Edits['remove']> => here().edits.remove(type, id),

  /** @throws ApiError unique.taken (409) when somebody else has by now what only one may have */
  restore: (removed: Removed): Promise<AnyRecord | undefined> => here().edits.restore(removed),

  /** Takes what a command was answered with. */
  accept(type: string, record: AnyRecord): void {
    here().replica.accept(type, record);
  },

  /** Takes records that a list has read page by page. */
  take(type: string, records: readonly AnyRecord[]): void {
    here().replica.take(type, records);
  },

  /** Looks for changes now, and again in a moment: a command was sent whose work shows in several records. */
  expectNews(): void {
    void here().follower.now();
    here().follower.written();
  },

  /** Settles when everything asked for so far is here, or could not be had. */
  settled: (): Promise<void> => here().replica.settled(),

  retry: (type: string): Promise<void> => here().replica.retry(type),
};

function here(): Open {
  // Untracked: whoever asks depends on the records, not on who is signed in.
  return untrack(() => {
    if (!session.data) throw new Error('no records without a session');
    return (open ??= start(session.data));
  });
}

function start(data: SessionData): Open {
  const name = `${data.workspace.id}:${data.member.id}:${shapeOfRecords()}`;
  const channel = new BroadcastChannel(`regulars:records:${name}`);
  const kept = new Replica({
    api,
    disk: session.privateComputer ? indexedDbDisk(name) : NO_DISK,
    definitionOf,
    place: data.feed,
    isKept: session.isKept,
    refresh: async () => {
      await session.load();
      return session.data!.feed;
    },
    nowMs: () => clock.nowMs(),
    tell: (news) => channel.postMessage(news),
  });
  kept.prepare(REGISTRY);
  channel.addEventListener('message', ({ data: news }: MessageEvent<TabNews>) => kept.hear(news));

  const keeper = outboxKeeper(
    {
      owner: `${data.workspace.id}:${data.member.id}`,
      memberId: data.member.id,
      isOwnComputer: session.privateComputer,
      replica: kept,
      onWritten: () => follower.written(),
    },
    definitionOf,
  );
  const stop = new AbortController();
  let lastActed = performance.now();
  const follower = new Follower({
    follow: () => kept.follow().then(() => keeper.sendAll()),
    isVisible: () => document.visibilityState === 'visible',
    idleMs: () => performance.now() - lastActed,
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  const acted = (): void => {
    const idle = follower.isResting(performance.now() - lastActed);
    lastActed = performance.now();
    if (idle) void follower.now();
  };
  const on = { signal: stop.signal, passive: true };
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, acted, on);
  addEventListener('focus', () => void follower.now(), on);
  document.addEventListener('visibilitychange', () => void follower.now(), on);
  const offBack = connection.onBack(() => void follower.now());
  follower.start();

  const edits = new Edits({
    api,
    replica: kept,
    newId,
    newKey: () => crypto.randomUUID(),
    stamp: () => ({ by: data.member.id, at: new Date(clock.nowMs()).toISOString() }),
    keeper,
    // Who is asked while he waits for an answer either gives one or leaves theirs.
    decide: async (conflict) => ((await conflicts.decide(conflict)) === 'mine' ? 'mine' : 'theirs'),
    onWritten: () => follower.written(),
  });
  return {
    replica: kept,
    edits,
    follower,
    keeper,
    stop: () => {
      stop.abort();
      offBack();
      follower.stop();
      channel.close();
    },
  };
}

session.onStart(() => void here());

session.onEnd(async (how) => {
  const ending = open;
  open = undefined;
  ending?.stop();
  conflicts.end();
  // Whom the server has signed out comes back to what he did; who leaves was asked.
  await ending?.keeper.close(how === 'left').catch(() => undefined);
  // Also without an open replica: one of a visit before may lie on the disk.
  await (ending
    ? ending.replica.close()
    : indexedDbDisk('')
        .wipe()
        .catch(() => undefined));
});
