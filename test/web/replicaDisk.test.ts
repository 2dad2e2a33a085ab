import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { nextState, type Disk, type DiskState } from '../../web/src/kernel/replica/disk.ts';
import { Replica } from '../../web/src/kernel/replica/replica.svelte.ts';
import { server, api, place, open, names, paths, world } from './replicaVisit.ts';

const DAY_MS = 86_400_000;

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

describe('the replica on disk', () => {
  let disk: PlayedDisk;

  beforeEach(async () => {
    disk = new PlayedDisk();
    server.add('customer', { name: 'Tea' });
    const visit = open(disk);
    visit.type('customer');
    await visit.settled();
    world.asked = [];
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
    world.now += 14 * DAY_MS;
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

  it('may be further than a session that was kept, and is then read without the server', async () => {
    const kept = place();
    server.add('customer', { name: 'Rice' });
    await open(disk).follow();
    world.meanwhile = () => {
      throw new TypeError('no network');
    };
    const offline = open(disk, { place: kept, isKept: true });
    offline.type('customer');
    offline.type('lead');
    await offline.settled();
    expect(names(offline)).toEqual(['Tea', 'Rice']);
    expect(offline.type('lead').state).toBe('failed');

    world.meanwhile = () => undefined;
    await offline.follow();
    await offline.settled();

    expect(offline.type('lead').state).toBe('complete');
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
      nowMs: () => world.now,
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
