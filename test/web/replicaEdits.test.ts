import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { NetworkError } from '../../web/src/kernel/api.ts';
import type { Edits } from '../../web/src/kernel/replica/edits.ts';
import { inverseOf } from '../../web/src/kernel/replica/edits.ts';
import type { Replica } from '../../web/src/kernel/replica/replica.svelte.ts';
import { disputed } from '../../web/src/kernel/replica/send.ts';
import { server, conflicts, open, edit, names, world } from './replicaVisit.ts';

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
    world.asked = [];
  });
  const shown = () => replica.type('customer').get(tea.id);

  it('shows at once and is sent with the version it was made from', async () => {
    const saving = edits.update('customer', tea.id, { name: 'Green tea' });
    expect(shown()).toMatchObject({ name: 'Green tea', version: 1 });

    await saving;

    expect(shown()).toMatchObject({ name: 'Green tea', version: 2 });
    expect(world.asked[0]).toMatchObject({ method: 'PATCH', body: { name: 'Green tea' }, headers: { 'if-match': '1' } });
  });

  it('is taken back when the server refuses, and its issues are told', async () => {
    const saving = edits.update('customer', tea.id, { website: 'javascript:alert(1)' });
    expect(shown()?.['website']).toBeDefined();

    await expect(saving).rejects.toMatchObject({ code: 'input.invalid', issues: [{ field: 'website', code: 'url.invalid' }] });

    expect(shown()?.['website']).toBeUndefined();
  });

  it('is taken back when there is no answer', async () => {
    world.meanwhile = () => {
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
    world.whose = 'theirs';

    await edits.update('customer', tea.id, { name: 'Green tea', size: 'small' });

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Black tea', size: 'small' });
    expect(shown()).toMatchObject({ name: 'Black tea', size: 'small' });
  });

  it('that began before the feed told of another’s asks as well, and is not sent over it in silence', async () => {
    const seen = shown()!;
    server.change('customer', tea.id, { name: 'Black tea' });
    await replica.follow();
    world.whose = 'theirs';
    world.asked = [];

    await edits.update('customer', tea.id, { name: 'Green tea' }, { seen });

    expect(conflicts).toMatchObject([{ fields: ['name'], theirs: { name: 'Black tea' } }]);
    expect(world.asked).toEqual([]);
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
    world.whose = 'theirs';

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
    world.asked = [];
  });

  it('hides the record before the server has heard of it', async () => {
    const removal = edit(replica).remove('customer', tea.id);

    expect(names(replica)).toEqual([]);
    expect(world.asked).toEqual([]);

    await removal.send();
    expect(names(replica)).toEqual([]);
    expect(server.get('customer', tea.id)).toBeUndefined();
  });

  it('is taken back by what it answered, once the feed has told of it too', async () => {
    const edits = edit(replica);
    const removed = await edits.remove('customer', tea.id).send();
    await replica.follow();

    await edits.restore(removed);

    expect(names(replica)).toEqual(['Tea']);
    expect(server.get('customer', tea.id)).toMatchObject({ version: 3 });
    await replica.follow();
    expect(names(replica)).toEqual(['Tea']);
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
