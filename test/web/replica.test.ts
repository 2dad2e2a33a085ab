import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { createApi, NetworkError, type Api } from '../../web/src/kernel/api.ts';
import { nextState, NO_DISK, type Disk, type DiskState } from '../../web/src/kernel/replica/disk.ts';
import { disputed, Edits, inverseOf, type Conflict } from '../../web/src/kernel/replica/edits.ts';
import { Follower, pauseMs } from '../../web/src/kernel/replica/follower.ts';
import { Replica, type TabNews } from '../../web/src/kernel/replica/replica.svelte.ts';
import { PlayedRecords } from '../support/playedRecords.ts';
import type { ApiRequest } from '../support/site.ts';

const DAY_MS = 86_400_000;

let server: PlayedRecords;
let asked: ApiRequest[];
/** Called before each answer; may change what the server holds, or refuse to answer. */
let meanwhile: (request: ApiRequest) => void;
/** What happens between an answer being made and its arrival. */
let underWay: (request: ApiRequest) => Promise<void>;
let now: number;
let told: TabNews[];
let conflicts: Conflict[];
let whose: 'mine' | 'theirs';
let api: Api;

beforeEach(() => {
  server = new PlayedRecords();
  asked = [];
  meanwhile = () => undefined;
  underWay = async () => undefined;
  now = Date.UTC(2026, 2, 2);
  told = [];
  conflicts = [];
  whose = 'mine';
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
      asked.push(request);
      meanwhile(request);
      const { status = 200, body } = server.answer(request) ?? { status: 404, body: {} };
      await underWay(request);
      return new Response(status === 204 ? null : JSON.stringify(body), { status });
    },
    exclusive: (_name, work) => work(),
    wait: async () => undefined,
    random: () => 0,
    nowMs: () => now,
  });
});

const place = () => ({ position: server.position, epoch: server.epoch });
const open = (disk: Disk = NO_DISK): Replica =>
  new Replica({ api, disk, definitionOf, place: place(), refresh: async () => place(), nowMs: () => now, tell: (news) => told.push(news) });
const edit = (replica: Replica): Edits =>
  new Edits({
    api,
    replica,
    newId: (prefix) => `${prefix}_00000000000000000000000NEW`,
    decide: async (conflict) => {
      conflicts.push(conflict);
      return whose;
    },
    onWritten: () => undefined,
  });
const names = (replica: Replica): unknown[] => replica.type('customer').rows.map(({ name }) => name);
const paths = (): string[] => asked.map(({ path }) => path);

/** A disk in memory that behaves as the browser's: whole batches, the state decides. */
class PlayedDisk implements Disk {
  state: DiskState | undefined;
  readonly kept = new Map<string, AnyRecord>();

  open = async () => this.state;
  read = async (type: string) => [...this.kept].filter(([key]) => key.startsWith(`${type}/`)).map(([, record]) => record);
  wipe = async () => {
    this.state = undefined;
    this.kept.clear();
  };
  write: Disk['write'] = async (batch) => {
    const next = nextState(this.state, batch);
    if (next === 'skip') return;
    if (next === 'reset') return this.wipe();
    this.state = next;
    for (const { type, record } of batch.put) if (next.types.includes(type)) this.kept.set(`${type}/${record.id}`, record);
    for (const { type, id } of batch.drop) this.kept.delete(`${type}/${id}`);
  };
}

describe('the replica', () => {
  it('loads a type once, over all its pages, when it is first asked for', async () => {
    for (let i = 0; i < 450; i++) server.add('customer', { name: `Shop ${i}` });
    const replica = open();

    expect(replica.type('customer').state).toBe('loading');
    await replica.settled();

    expect(replica.type('customer').state).toBe('complete');
    expect(replica.type('customer').rows).toHaveLength(450);
    expect(paths()).toEqual(['customers', 'customers', 'customers']);
  });

  it('follows what others create, change and remove', async () => {
    const tea = server.add('customer', { name: 'Tea' });
    const rice = server.add('customer', { name: 'Rice' });
    const replica = open();
    replica.type('customer');
    await replica.settled();

    server.change('customer', tea.id, { name: 'Green tea' });
    server.remove('customer', rice.id);
    server.add('customer', { name: 'Salt' });
    await replica.follow();

    expect(names(replica)).toEqual(['Green tea', 'Salt']);
  });

  it('tells when the feed has told of a record, so that what follows from a change is looked for', async () => {
    const tea = server.add('customer', { name: 'Tea' });
    const replica = open();
    const set = replica.type('customer');
    await replica.settled();
    replica.accept('customer', server.change('customer', tea.id, { name: 'Green tea' }));
    expect(set.heardOf(tea.id)).toBe(0);

    await replica.follow();

    expect(set.heardOf(tea.id)).toBe(1);
  });

  it('keeps a removed record away although a page that was read before still holds it', async () => {
    for (let i = 0; i < 201; i++) server.add('customer', { name: `Shop ${i}` });
    const last = server.all('customer').at(-1)!;
    const replica = open();
    underWay = async ({ query }) => {
      if (query.get('cursor') === null) return;
      server.remove('customer', last.id);
      await replica.follow();
    };
    replica.type('customer');
    await replica.settled();

    expect(replica.type('customer').rows).toHaveLength(200);
    expect(names(replica)).not.toContain('Shop 200');
  });

  it('never goes back to an older version', async () => {
    const tea = server.add('customer', { name: 'Tea' });
    const replica = open();
    replica.type('customer');
    await replica.settled();
    replica.accept('customer', { ...tea, name: 'Newest', version: 5 });

    replica.hear({ type: 'customer', record: { ...tea, name: 'Old', version: 4 } });

    expect(names(replica)).toEqual(['Newest']);
  });

  it('goes through the feed until there is no more', async () => {
    const replica = open();
    replica.type('customer');
    await replica.settled();
    server.add('customer', { name: 'One' });
    server.add('customer', { name: 'Two' });
    const whole = server.answer.bind(server);
    server.answer = (request) => {
      const answer = whole(request);
      if (request.path !== 'changes' || !answer) return answer;
      const body = answer.body as { items: { id: string }[]; position: number; epoch: number };
      const since = Number(request.query.get('since'));
      return { body: { ...body, items: body.items.slice(0, 1), position: since + 1, more: since + 1 < server.position } };
    };

    await replica.follow();

    expect(names(replica)).toEqual(['One', 'Two']);
  });

  it('loads everything anew when its place in the feed is forgotten', async () => {
    const tea = server.add('customer', { name: 'Tea' });
    const replica = open();
    replica.type('customer');
    await replica.settled();
    server.remove('customer', tea.id);
    server.add('customer', { name: 'Rice' });
    server.forgotten = 1;

    await replica.follow();

    expect(names(replica)).toEqual(['Rice']);
    expect(replica.type('customer').state).toBe('complete');
  });

  it('loads everything anew when rights may have changed, and drops what it may no longer see', async () => {
    server.add('customer', { name: 'Tea' });
    server.add('contact', { name: 'Li Lei', customerId: 'cus_1' });
    const replica = open();
    replica.type('customer');
    replica.type('contact');
    await replica.settled();
    server.epoch = 2;
    const before = server.answer.bind(server);
    server.answer = (request) => (request.path === 'contacts' ? { status: 403, body: { code: 'access.denied' } } : before(request));

    await replica.follow();

    expect(names(replica)).toEqual(['Tea']);
    expect(replica.type('contact').rows).toEqual([]);
  });

  it('tries again what it could not load anew, before it follows on', async () => {
    server.add('customer', { name: 'Tea' });
    const replica = open();
    replica.type('customer');
    await replica.settled();
    server.epoch = 2;
    server.change('customer', server.all('customer')[0]!.id, { name: 'Green tea' });
    meanwhile = ({ path }) => {
      if (path === 'customers') throw new TypeError('cut');
    };
    await replica.follow();
    expect(names(replica)).toEqual(['Tea']);

    meanwhile = () => undefined;
    await replica.follow();

    expect(names(replica)).toEqual(['Green tea']);
  });

  it('says why a type could not be loaded, and loads it when asked again', async () => {
    server.add('customer', { name: 'Tea' });
    meanwhile = () => {
      throw new TypeError('cut');
    };
    const replica = open();
    replica.type('customer');
    await replica.settled();
    expect(replica.type('customer')).toMatchObject({ state: 'failed', failure: expect.any(NetworkError) as unknown });

    meanwhile = () => undefined;
    await replica.retry('customer');

    expect(replica.type('customer').state).toBe('complete');
    expect(names(replica)).toEqual(['Tea']);
  });

  it('hears what another tab has written, and tells it what it wrote', async () => {
    const tea = server.add('customer', { name: 'Tea' });
    const [one, other] = [open(), open()];
    one.type('customer');
    other.type('customer');
    await Promise.all([one.settled(), other.settled()]);

    one.accept('customer', { ...tea, version: 2, name: 'Green tea' });
    for (const news of told) other.hear(news);
    one.acceptGone('customer', 'cus_unknown');

    expect(names(other)).toEqual(['Green tea']);
    expect(told).toHaveLength(2);
  });
});

describe('the replica on disk', () => {
  let disk: PlayedDisk;

  beforeEach(async () => {
    disk = new PlayedDisk();
    server.add('customer', { name: 'Tea' });
    const visit = open(disk);
    visit.type('customer');
    await visit.settled();
    asked = [];
  });

  it('spares the next visit the loading: only what has changed is fetched', async () => {
    server.add('customer', { name: 'Rice' });
    const next = open(disk);
    next.type('customer');
    await next.settled();

    expect(names(next)).toEqual(['Tea', 'Rice']);
    expect(paths()).toEqual(['changes']);
  });

  it('stays up to date for types that this visit has not asked for', async () => {
    const visit = open(disk);
    visit.type('contact');
    await visit.settled();
    server.add('customer', { name: 'Rice' });
    await visit.follow();

    expect((await disk.read('customer')).map(({ name }) => name)).toEqual(['Tea', 'Rice']);
  });

  it('is loaded anew after fourteen days without a word', async () => {
    now += 14 * DAY_MS;
    const next = open(disk);
    next.type('customer');
    await next.settled();

    expect(paths()).toEqual(['customers']);
  });

  it('is loaded anew when rights have changed meanwhile', async () => {
    server.epoch = 2;
    const next = open(disk);
    next.type('customer');
    await next.settled();

    expect(paths()).toEqual(['customers']);
  });

  it('is wiped when the session ends, and from memory too', async () => {
    const visit = open(disk);
    const set = visit.type('customer');
    await visit.settled();

    await visit.close();

    expect(disk.kept.size).toBe(0);
    expect(disk.state).toBeUndefined();
    expect(set.rows).toEqual([]);
  });

  it('that fails costs nothing but the loading', async () => {
    const broken: Disk = {
      open: () => Promise.reject(new Error('closed')),
      read: () => Promise.reject(new Error('closed')),
      write: () => Promise.reject(new Error('full')),
      wipe: () => Promise.reject(new Error('closed')),
    };
    const visit = open(broken);
    visit.type('customer');
    await visit.settled();

    expect(names(visit)).toEqual(['Tea']);
  });

  it('never holds a type with a sensitive field', async () => {
    const customer = definitionOf('customer');
    const secret = {
      ...customer,
      fields: { ...customer.fields, passport: { kind: 'text', label: { en: '', zh: '' }, sensitivity: 'sensitive' as const } },
    };
    const empty = new PlayedDisk();
    const visit = new Replica({
      api,
      disk: empty,
      definitionOf: (type) => (type === 'customer' ? secret : definitionOf(type)),
      place: place(),
      refresh: async () => place(),
      nowMs: () => now,
      tell: () => undefined,
    });
    visit.type('customer');
    await visit.settled();
    server.add('customer', { name: 'Rice' });
    await visit.follow();

    expect(names(visit)).toEqual(['Tea', 'Rice']);
    expect(empty.kept.size).toBe(0);
  });

  const batch = { put: [], drop: [], syncedAt: 1, epoch: 1 };
  const stored = { position: 100, epoch: 1, syncedAt: 0, types: ['customer'] };
  it.each([
    ['a batch that follows on', stored, { ...batch, from: 100, to: 110 }, { position: 110, epoch: 1, syncedAt: 1, types: ['customer'] }],
    ['a batch of a tab that is ahead already', stored, { ...batch, from: 90, to: 95 }, 'skip'],
    ['a batch that would leave a gap', stored, { ...batch, from: 105, to: 110 }, 'reset'],
    ['a batch of an older epoch', { ...stored, epoch: 2 }, { ...batch, from: 100, to: 110 }, 'skip'],
    ['a batch of a newer epoch', stored, { ...batch, epoch: 2, from: 100, to: 110 }, 'reset'],
    ['a batch for an empty disk', undefined, { ...batch, from: 100, to: 110 }, 'skip'],
    [
      'another type, whole',
      stored,
      { ...batch, from: 100, to: 100, whole: 'contact' },
      { position: 100, epoch: 1, syncedAt: 1, types: ['customer', 'contact'] },
    ],
  ] as const)('takes %s rightly', (_name, before, given, after) => {
    expect(nextState(before, given)).toEqual(after);
  });
});

describe('an edit', () => {
  let tea: AnyRecord;
  let replica: Replica;
  let edits: Edits;

  beforeEach(async () => {
    tea = server.add('customer', { name: 'Tea', industry: 'retail' });
    replica = open();
    replica.type('customer');
    await replica.settled();
    edits = edit(replica);
    asked = [];
  });
  const shown = () => replica.type('customer').get(tea.id);

  it('shows at once and is sent with the version it was made from', async () => {
    const saving = edits.update('customer', tea.id, { name: 'Green tea' });
    expect(shown()).toMatchObject({ name: 'Green tea', version: 1 });

    await saving;

    expect(shown()).toMatchObject({ name: 'Green tea', version: 2 });
    expect(asked[0]).toMatchObject({ method: 'PATCH', body: { name: 'Green tea' }, headers: { 'if-match': '1' } });
  });

  it('is taken back when the server refuses, and its issues are told', async () => {
    const saving = edits.update('customer', tea.id, { website: 'javascript:alert(1)' });
    expect(shown()?.['website']).toBeDefined();

    await expect(saving).rejects.toMatchObject({ code: 'input.invalid', issues: [{ field: 'website', code: 'url.invalid' }] });

    expect(shown()?.['website']).toBeUndefined();
  });

  it('is taken back when there is no answer', async () => {
    meanwhile = () => {
      throw new TypeError('cut');
    };

    await expect(edits.update('customer', tea.id, { name: 'Green tea' })).rejects.toBeInstanceOf(NetworkError);

    expect(shown()).toMatchObject({ name: 'Tea', version: 1 });
  });

  it('waits for the one before, so that they do not refuse each other', async () => {
    await Promise.all([
      edits.update('customer', tea.id, { name: 'Green tea' }),
      edits.update('customer', tea.id, { industry: 'services' }),
      edits.update('customer', tea.id, { size: 'small' }),
    ]);

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Green tea', industry: 'services', size: 'small', version: 4 });
    expect(conflicts).toEqual([]);
  });

  it('of a field that nobody else touched is sent again by itself', async () => {
    server.change('customer', tea.id, { industry: 'services' });

    await edits.update('customer', tea.id, { name: 'Green tea' });

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Green tea', industry: 'services', version: 3 });
    expect(conflicts).toEqual([]);
  });

  it('of a field that somebody else changed asks whose value counts: mine', async () => {
    server.change('customer', tea.id, { name: 'Black tea' });

    await edits.update('customer', tea.id, { name: 'Green tea' });

    expect(conflicts).toMatchObject([{ type: 'customer', fields: ['name'], mine: { name: 'Green tea' }, theirs: { name: 'Black tea' } }]);
    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Green tea', version: 3 });
  });

  it('of a field that somebody else changed asks whose value counts: theirs, and the rest is still mine', async () => {
    server.change('customer', tea.id, { name: 'Black tea' });
    whose = 'theirs';

    await edits.update('customer', tea.id, { name: 'Green tea', size: 'small' });

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Black tea', size: 'small' });
    expect(shown()).toMatchObject({ name: 'Black tea', size: 'small' });
  });

  it('that began before the feed told of another’s asks as well, and is not sent over it in silence', async () => {
    const seen = shown()!;
    server.change('customer', tea.id, { name: 'Black tea' });
    await replica.follow();
    whose = 'theirs';
    asked = [];

    await edits.update('customer', tea.id, { name: 'Green tea' }, { seen });

    expect(conflicts).toMatchObject([{ fields: ['name'], theirs: { name: 'Black tea' } }]);
    expect(asked).toEqual([]);
    expect(shown()).toMatchObject({ name: 'Black tea' });
  });

  it('of a field that no screen shows asks nobody: the last one wins', async () => {
    const deal = server.add('opportunity', { title: 'Spring order', stage: 'needs', rank: 'c' });
    server.change('opportunity', deal.id, { rank: 'k' });

    await edits.update('opportunity', deal.id, { stage: 'solution', rank: 'e' }, { seen: deal });

    expect(conflicts).toEqual([]);
    expect(server.get('opportunity', deal.id)).toMatchObject({ stage: 'solution', rank: 'e' });
  });

  it('of hidden fields goes with those beside it when the other’s values count', async () => {
    const deal = server.add('opportunity', { title: 'Spring order', stage: 'needs', rank: 'c' });
    server.change('opportunity', deal.id, { stage: 'demonstration' });
    whose = 'theirs';

    await edits.update('opportunity', deal.id, { stage: 'solution', rank: 'e' }, { seen: deal });

    expect(conflicts).toMatchObject([{ fields: ['stage'] }]);
    expect(server.get('opportunity', deal.id)).toMatchObject({ stage: 'demonstration', rank: 'c' });
  });

  it('to what somebody else has made of it already asks nothing', async () => {
    server.change('customer', tea.id, { name: 'Green tea' });

    await edits.update('customer', tea.id, { name: 'Green tea' });

    expect(conflicts).toEqual([]);
  });

  it('is undone by the values from before, blank ones cleared', async () => {
    const change = { name: 'Green tea', size: 'small' };
    const before = shown()!;
    await edits.update('customer', tea.id, change);

    await edits.update('customer', tea.id, inverseOf(before, change));

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Tea', version: 3 });
    expect(server.get('customer', tea.id)).not.toHaveProperty('size');
  });

  it('tells disputed fields from those that only one side changed', () => {
    const now = { ...tea, name: 'Black tea', industry: 'services', version: 2 };

    expect(disputed(tea, now, { name: 'Green tea', size: 'small' })).toEqual(['name']);
    expect(disputed(tea, now, { industry: null })).toEqual(['industry']);
    expect(disputed(tea, now, { industry: 'services' })).toEqual([]);
  });
});

describe('a removal', () => {
  let tea: AnyRecord;
  let replica: Replica;

  beforeEach(async () => {
    tea = server.add('customer', { name: 'Tea' });
    replica = open();
    replica.type('customer');
    await replica.settled();
    asked = [];
  });

  it('hides the record at once and can be called off without a word to the server', () => {
    const removal = edit(replica).remove('customer', tea.id);
    expect(names(replica)).toEqual([]);

    removal.undo();

    expect(names(replica)).toEqual(['Tea']);
    expect(asked).toEqual([]);
  });

  it('is sent once', async () => {
    const removal = edit(replica).remove('customer', tea.id);
    await Promise.all([removal.send(), removal.send()]);
    removal.undo();

    expect(asked.map(({ method }) => method)).toEqual(['DELETE']);
    expect(names(replica)).toEqual([]);
  });

  it('that is refused brings the record back', async () => {
    server.change('customer', tea.id, { name: 'Green tea' });
    const removal = edit(replica).remove('customer', tea.id);

    await expect(removal.send()).rejects.toMatchObject({ code: 'record.stale' });

    expect(names(replica)).toEqual(['Tea']);
  });
});

describe('a new record', () => {
  it('is there at once, under the id that was made here', async () => {
    const replica = open();
    replica.type('customer');
    await replica.settled();

    await edit(replica).create('customer', { name: 'Tea' });

    expect(names(replica)).toEqual(['Tea']);
    expect(replica.type('customer').rows[0]!.id).toBe('cus_00000000000000000000000NEW');
  });

  it('that may be there already is refused once', async () => {
    const there = server.add('customer', { name: 'Tea', phones: ['13800138000'] });
    const edits = edit(open());
    const values = { name: 'Tea House', phones: ['13800138000'] };

    await expect(edits.create('customer', values)).rejects.toMatchObject({
      code: 'duplicate.possible',
      params: { existing: { id: there.id, title: 'Tea' } },
    });
    await edits.create('customer', values, { allowDuplicate: true });

    expect(server.all('customer')).toHaveLength(2);
  });
});

describe('looking for changes', () => {
  it.each([
    ['often while somebody is at work', true, 1_000, 20_000],
    ['seldom while nobody touches anything', true, 90_000, 120_000],
    ['never while hidden', false, 0, undefined],
  ])('%s', (_name, isVisible, idleMs, pause) => {
    expect(pauseMs(isVisible, idleMs)).toBe(pause);
  });

  it('goes on after a failure, stops when hidden, and comes at once with the focus', async () => {
    let visible = true;
    let follows = 0;
    const timers: (() => void)[] = [];
    const follower = new Follower({
      follow: async () => {
        follows++;
        throw new NetworkError();
      },
      isVisible: () => visible,
      idleMs: () => 0,
      after: (_ms, run) => {
        timers.push(run);
        return () => void timers.splice(timers.indexOf(run), 1);
      },
    });
    await follower.now();
    expect([follows, timers.length]).toEqual([1, 1]);

    visible = false;
    await follower.now();
    expect([follows, timers.length]).toEqual([1, 0]);

    visible = true;
    await follower.now();
    expect([follows, timers.length]).toEqual([2, 1]);

    follower.stop();
    await follower.now();
    expect([follows, timers.length]).toEqual([2, 0]);
  });
});
