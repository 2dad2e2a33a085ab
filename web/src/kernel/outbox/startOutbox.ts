import { m } from '#messages';
import { clock } from '../clock.svelte.ts';
import { api, connection } from '../connection.svelte.ts';
import { conflicts } from '../replica/conflicts.svelte.ts';
import { pendingOf } from '../replica/pending.ts';
import type { Replica } from '../replica/replica.svelte.ts';
import type { Edit } from '../replica/send.ts';
import { toasts } from '../toasts.svelte.ts';
import { waiting } from '../waiting.svelte.ts';
import { Outbox } from './outbox.ts';
import { indexedDbOutbox, NO_OUTBOX_DISK } from './outboxDisk.ts';
import { nextToSend, type WaitingEdit } from './queue.ts';
import { sendKept } from './sendKept.ts';

export interface Begin {
  /** Of database, lock and channel; holds workspace and member: nobody else sees or sends what he did. */
  readonly name: string;
  readonly memberId: string;
  /** It may lie on this computer. */
  readonly isOwnComputer: boolean;
  readonly replica: Replica;
  readonly onWritten: () => void;
}

export interface Running {
  readonly keep: (edit: Edit, isTried: boolean) => Promise<void>;
  readonly sendAll: () => Promise<void>;
  readonly discard: (key: string) => Promise<void>;
  readonly close: (forget: boolean) => Promise<void>;
}

/** The outbox of the member who is signed in, shown with his records, one for all tabs of this browser. */
export async function startOutbox({ name, memberId, isOwnComputer, replica, onWritten }: Begin): Promise<Running> {
  const channel = new BroadcastChannel(name);
  const outbox = new Outbox({
    disk: isOwnComputer ? indexedDbOutbox(name) : NO_OUTBOX_DISK,
    send: (edit) => sendKept(api, replica, edit),
    show: (edit) => replica.type(edit.type).show(pendingOf(edit, { by: memberId, at: new Date(clock.nowMs()).toISOString() })),
    titleOf: (edit) => titleOf(replica, edit),
    exclusive: (work) => (navigator.locks ? navigator.locks.request(name, work) : work()),
    nowMs: () => clock.nowMs(),
    changed: (line, isSafe) => {
      waiting.edits = line;
      waiting.isSafe = isSafe;
      waiting.hasNext = nextToSend(line) !== undefined;
    },
    tell: () => channel.postMessage('changed'),
  });
  const asked = new Set<string>();

  async function sendAll(): Promise<void> {
    const had = waiting.edits.length;
    await outbox.sendAll();
    if (had && !waiting.edits.length) toasts.show(m.kernel_waiting_sent, { tone: 'good' });
    if (had) onWritten();
    // Nobody answers in a tab that nobody looks at; whoever closed the question finds it in the list.
    if (document.visibilityState !== 'visible') return;
    for (const one of waiting.aside) if (one.conflict && !asked.has(one.edit.key)) void ask(one);
  }

  async function ask({ edit, conflict }: WaitingEdit): Promise<void> {
    if (!conflict) return;
    asked.add(edit.key);
    const whose = await conflicts.decide(conflict);
    if (whose === 'later') return;
    asked.delete(edit.key);
    await outbox.decide(edit.key, whose);
    await sendAll();
  }

  channel.addEventListener('message', () => void outbox.read());
  const stop = new AbortController();
  // What lives in this tab alone goes with it.
  addEventListener('beforeunload', (event) => void (!waiting.isSafe && waiting.edits.length && event.preventDefault()), {
    signal: stop.signal,
  });
  document.addEventListener('visibilitychange', () => void sendAll(), { signal: stop.signal });
  waiting.actions = {
    sendAll,
    discard: (key) => outbox.discard(key),
    retry: (key) => outbox.retry(key).then(sendAll),
    ask,
  };
  await outbox.read();
  return {
    sendAll,
    keep: async (edit, isTried) => {
      await outbox.keep(edit, isTried);
      if (!connection.offline) void sendAll();
    },
    discard: (key) => outbox.discard(key),
    close: (forget) => {
      stop.abort();
      channel.close();
      waiting.actions = undefined;
      return outbox.close(forget);
    },
  };
}

function titleOf(replica: Replica, edit: Edit): string {
  const set = replica.type(edit.type);
  const record =
    edit.kind === 'create' ? edit.values : (set.get(edit.id) ?? set.baseOf(edit.id) ?? ('record' in edit ? edit.record : undefined));
  return String(record?.[set.definition.title] ?? '');
}
