import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { NetworkError } from '../../web/src/kernel/api.ts';
import { Outbox } from '../../web/src/kernel/outbox/outbox.ts';
import type { OutboxDisk } from '../../web/src/kernel/outbox/outboxDisk.ts';
import type { Line } from '../../web/src/kernel/outbox/queue.ts';
import { sendKept } from '../../web/src/kernel/outbox/sendKept.ts';
import type { Edits, Keeper } from '../../web/src/kernel/replica/edits.ts';
import { pendingOf } from '../../web/src/kernel/replica/pending.ts';
import type { Replica } from '../../web/src/kernel/replica/replica.svelte.ts';
import { api, edit, open, server, world } from './replicaVisit.ts';

/** A disk in memory that all tabs share, and that may be full. */
class PlayedDisk implements OutboxDisk {
  line: Line = [];
  isFull = false;

  change: OutboxDisk['change'] = async (change) => {
    if (this.isFull) throw new Error('full');
    this.line = JSON.parse(JSON.stringify(change(this.line))) as Line;
    return this.line;
  };
  wipe = async () => void (this.line = []);
}

/** A browser's tab, with or without a network. */
interface Tab {
  readonly replica: Replica;
  readonly edits: Edits;
  readonly outbox: Outbox;
  /** What its list of waiting edits shows. */
  seen: { line: Line; isSafe: boolean };
  shown(id: string): AnyRecord | undefined;
}

let disk: PlayedDisk;
let isOffline: boolean;
let tabs: Tab[];
let lock: Promise<unknown>;

beforeEach(() => {
  disk = new PlayedDisk();
  isOffline = true;
  tabs = [];
  lock = Promise.resolve();
  world.meanwhile = () => {
    if (isOffline) throw new TypeError('no network');
  };
});

/** Opens a tab while there is a network, as the records are there from then on. */
async function openTab(): Promise<Tab> {
  const wasOffline = isOffline;
  isOffline = false;
  const replica = open();
  replica.type('customer');
  await replica.settled();
  isOffline = wasOffline;
  const tab: Partial<Tab> & { seen: Tab['seen'] } = { replica, seen: { line: [], isSafe: true } };
  const outbox = new Outbox({
    disk,
    send: (one) => sendKept(api, replica, one),
    show: (one) => replica.type(one.type).show(pendingOf(one, { by: 'mem_1', at: '2026-03-02T00:00:00.000Z' })),
    titleOf: () => '',
    exclusive: (work) => {
      const mine = lock.then(work);
      lock = mine.catch(() => undefined);
      return mine;
    },
    nowMs: () => world.now,
    changed: (line, isSafe) => (tab.seen = { line, isSafe }),
    tell: () => void tabs.filter((other) => other.outbox !== outbox).map((other) => other.outbox.read()),
  });
  const keeper: Keeper = {
    takes: () => true,
    mustWait: (one, instead) => isOffline || outbox.line.some((before) => before.edit.key !== instead && before.edit.id === one.id),
    keep: (one, isTried) => outbox.keep(one, isTried),
    discard: (key) => outbox.discard(key),
  };
  const whole = Object.assign(tab, {
    edits: edit(replica, { keeper }),
    outbox,
    shown: (id: string) => replica.type('customer').get(id),
  }) as Tab;
  tabs.push(whole);
  return whole;
}

const back = async (tab: Tab): Promise<void> => {
  isOffline = false;
  world.asked = [];
  await tab.outbox.sendAll();
};
const sent = (): string[] => world.asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

describe('an edit without a network', () => {
  let tea: AnyRecord;
  let tab: Tab;
  beforeEach(async () => {
    tea = server.add('customer', { name: 'Tea' });
    tab = await openTab();
  });

  it('is done for whoever asked, shows at once, and waits', async () => {
    const after = await tab.edits.update('customer', tea.id, { name: 'Green tea' });

    expect(after).toMatchObject({ name: 'Green tea', updatedBy: 'mem_1' });
    expect(tab.shown(tea.id)).toMatchObject({ name: 'Green tea' });
    expect(tab.seen).toMatchObject({ line: [{ edit: { kind: 'update', id: tea.id } }], isSafe: true });
    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Tea' });
  });

  it('is sent when the network is back, in the order in which all were made', async () => {
    const rice = await tab.edits.create('customer', { name: 'Rice' });
    await tab.edits.update('customer', tea.id, { name: 'Green tea' });
    await tab.edits.remove('customer', rice.id).send();
    await tab.edits.create('contact', { name: 'Ann', customerId: tea.id }, { id: 'con_00000000000000000000000ANN' });
    await back(tab);

    // What was made and removed again before anybody heard of it is not sent at all.
    expect(sent()).toEqual([`PATCH customers/${tea.id}`, 'POST contacts']);
    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Green tea', version: 2 });
    expect(tab.seen.line).toEqual([]);
    expect(tab.shown(tea.id)).toMatchObject({ name: 'Green tea', version: 2 });
  });

  it('outlives the tab', async () => {
    await tab.edits.create('customer', { name: 'Rice' }, { id: 'cus_00000000000000000000000RYE' });
    const next = await openTab();
    await next.outbox.read();

    expect(next.shown('cus_00000000000000000000000RYE')).toMatchObject({ name: 'Rice', ownerId: 'mem_1' });
    await back(next);

    expect(server.all('customer').map(({ name }) => name)).toEqual(['Tea', 'Rice']);
  });

  it('hides what is removed, and shows it again when that is taken back', async () => {
    const removed = await tab.edits.remove('customer', tea.id).send();
    expect(tab.shown(tea.id)).toBeUndefined();

    await tab.edits.restore(removed);
    expect(tab.shown(tea.id)).toMatchObject({ name: 'Tea' });
    await back(tab);

    expect(sent()).toEqual([]);
  });

  it('removes and brings back in one go what another visit had begun to send', async () => {
    const removed = await tab.edits.remove('customer', tea.id).send();
    await tab.outbox.sendAll();
    await tab.edits.restore(removed);
    expect(tab.shown(tea.id)).toMatchObject({ name: 'Tea' });
    await back(tab);

    expect(sent()).toEqual([`DELETE customers/${tea.id}`, `POST customers/${tea.id}/restore`]);
    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Tea', version: 3 });
  });

  it('where nothing may lie on the disk lives in this tab, which is said', async () => {
    disk.isFull = true;
    await tab.edits.update('customer', tea.id, { name: 'Green tea' });
    expect(tab.seen).toMatchObject({ line: [{}], isSafe: false });

    await back(tab);

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Green tea' });
    expect(tab.seen.line).toEqual([]);
  });

  it('is not the next member’s: what is given up with the session is gone, what is not stays for its own', async () => {
    await tab.edits.update('customer', tea.id, { name: 'Green tea' });

    await tab.outbox.close(false);
    expect(tab.shown(tea.id)).toMatchObject({ name: 'Tea' });
    expect(disk.line).toHaveLength(1);

    await tab.outbox.close(true);
    expect(disk.line).toEqual([]);
  });
});

describe('an edit whose answer was lost', () => {
  let tea: AnyRecord;
  let tab: Tab;
  beforeEach(async () => {
    isOffline = false;
    tea = server.add('customer', { name: 'Tea' });
    tab = await openTab();
  });
  /** The server carries it out, and nobody hears. */
  const loseAnswers = (): void => {
    world.underWay = async ({ method }) => {
      if (method === 'GET') return;
      isOffline = true;
      throw new TypeError('cut');
    };
  };
  const hearAgain = async (): Promise<void> => {
    world.underWay = async () => undefined;
    await back(tab);
  };

  it('counts once', async () => {
    loseAnswers();
    await tab.edits.update('customer', tea.id, { name: 'Green tea' });
    expect(server.get('customer', tea.id)).toMatchObject({ version: 2 });

    await hearAgain();

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Green tea', version: 2 });
    expect(tab.seen.line).toEqual([]);
  });

  it('counts once, also where a colleague has changed something else since', async () => {
    loseAnswers();
    await tab.edits.update('customer', tea.id, { name: 'Green tea' });
    server.change('customer', tea.id, { size: 'large' });

    await hearAgain();

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Green tea', size: 'large', version: 3 });
    expect(tab.seen.line).toEqual([]);
  });

  it('makes one record', async () => {
    loseAnswers();
    const rice = await tab.edits.create('customer', { name: 'Rice' });
    server.change('customer', rice.id, { size: 'large' });

    await hearAgain();

    expect(server.all('customer')).toHaveLength(2);
    expect(tab.shown(rice.id)).toMatchObject({ size: 'large', version: 2 });
    expect(tab.seen.line).toEqual([]);
  });

  it('removes once', async () => {
    loseAnswers();
    await tab.edits.remove('customer', tea.id).send();

    await hearAgain();

    expect(tab.seen.line).toEqual([]);
    expect(server.get('customer', tea.id)).toBeUndefined();
  });

  it('keeps its name through all tries', async () => {
    loseAnswers();
    await tab.edits.update('customer', tea.id, { name: 'Green tea' });
    const [first] = world.asked.filter(({ method }) => method === 'PATCH');

    await hearAgain();

    const again = world.asked.find(({ method }) => method === 'PATCH');
    expect(again?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(first?.headers['idempotency-key']).toBeDefined();
  });
});

describe('what the server does not take', () => {
  let tea: AnyRecord;
  let tab: Tab;
  beforeEach(async () => {
    tea = server.add('customer', { name: 'Tea' });
    tab = await openTab();
  });

  it('is set aside with the reason, and the others go on', async () => {
    await tab.edits.update('customer', tea.id, { website: 'javascript:alert(1)' });
    await tab.edits.create('customer', { name: 'Rice' });
    await back(tab);

    expect(tab.seen.line).toMatchObject([{ edit: { id: tea.id }, refusal: { code: 'input.invalid', issues: [{ field: 'website' }] } }]);
    expect(server.all('customer').map(({ name }) => name)).toEqual(['Tea', 'Rice']);
    expect(tab.shown(tea.id)?.['website']).toBe('javascript:alert(1)');
  });

  it('goes away when it is corrected', async () => {
    await tab.edits.update('customer', tea.id, { website: 'javascript:alert(1)' });
    await back(tab);
    const { key } = tab.seen.line[0]!.edit;

    await tab.edits.update('customer', tea.id, { website: 'https://tea.example' }, { instead: key });

    expect(tab.seen.line).toEqual([]);
    expect(server.get('customer', tea.id)).toMatchObject({ website: 'https://tea.example/' });
  });

  it('goes away when it is given up', async () => {
    await tab.edits.update('customer', tea.id, { website: 'javascript:alert(1)' });
    await back(tab);

    await tab.outbox.discard(tab.seen.line[0]!.edit.key);

    expect(tab.seen.line).toEqual([]);
    expect(tab.shown(tea.id)?.['website']).toBeUndefined();
  });

  it('is asked about when a colleague has changed the same: the answer is sent, and waits when nobody is there', async () => {
    await tab.edits.update('customer', tea.id, { name: 'Green tea' });
    server.change('customer', tea.id, { name: 'Black tea' });
    await back(tab);
    expect(tab.seen.line).toMatchObject([{ conflict: { fields: ['name'], theirs: { name: 'Black tea' }, mayWait: true } }]);

    await tab.outbox.decide(tab.seen.line[0]!.edit.key, 'mine');
    await tab.outbox.sendAll();

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Green tea', version: 3 });
    expect(tab.seen.line).toEqual([]);
  });

  it('is asked about again when it was changed once more before the answer', async () => {
    await tab.edits.update('customer', tea.id, { name: 'Green tea' });
    server.change('customer', tea.id, { name: 'Black tea' });
    await back(tab);
    server.change('customer', tea.id, { name: 'White tea' });

    await tab.outbox.decide(tab.seen.line[0]!.edit.key, 'mine');
    await tab.outbox.sendAll();

    expect(tab.seen.line).toMatchObject([{ conflict: { theirs: { name: 'White tea' } } }]);
  });

  it.each([401, 429, 503])('for a while only (%i) stays where it is in the line', async (status) => {
    await tab.edits.update('customer', tea.id, { name: 'Green tea' });
    world.meanwhile = () => ({ status });
    await tab.outbox.sendAll();

    expect(tab.seen.line).toMatchObject([{ edit: { id: tea.id } }]);
    expect(tab.seen.line[0]).not.toHaveProperty('refusal');
    world.meanwhile = () => undefined;
    await tab.outbox.sendAll();
    expect(tab.seen.line).toEqual([]);
  });
});

describe('two tabs', () => {
  let tea: AnyRecord;
  let first: Tab;
  let second: Tab;
  beforeEach(async () => {
    tea = server.add('customer', { name: 'Tea' });
    [first, second] = [await openTab(), await openTab()];
  });

  it('show and send what either has done, each edit once', async () => {
    await first.edits.update('customer', tea.id, { name: 'Green tea' });
    await second.edits.create('customer', { name: 'Rice' });
    await expect.poll(() => first.seen.line.length).toBe(2);
    isOffline = false;
    world.asked = [];

    await Promise.all([first.outbox.sendAll(), second.outbox.sendAll()]);

    expect(sent()).toEqual([`PATCH customers/${tea.id}`, 'POST customers']);
    await expect.poll(() => [first.seen.line.length, second.seen.line.length]).toEqual([0, 0]);
  });

  it('that have both changed one record send it once, the last word of each field', async () => {
    await first.edits.update('customer', tea.id, { name: 'Green tea', size: 'small' });
    await expect.poll(() => second.seen.line.length).toBe(1);
    await second.edits.update('customer', tea.id, { name: 'Black tea' });
    await back(second);

    expect(sent()).toEqual([`PATCH customers/${tea.id}`]);
    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Black tea', size: 'small', version: 2 });
  });
});

it('without a keeper an edit fails without a network, as one that must not wait does', async () => {
  const tea = server.add('customer', { name: 'Tea' });
  const { replica } = await openTab();

  await expect(edit(replica).update('customer', tea.id, { name: 'Green tea' })).rejects.toBeInstanceOf(NetworkError);
});
