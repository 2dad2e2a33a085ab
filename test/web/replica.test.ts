import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../web/src/kernel/api.ts';
import { server, told, open, names, paths, world } from './replicaVisit.ts';

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
    world.underWay = async ({ query }) => {
      if (query.get('cursor') === null) return;
      server.remove('customer', last.id);
      await replica.follow();
    };
    replica.type('customer');
    await replica.settled();

    expect(replica.type('customer').rows).toHaveLength(200);
    expect(names(replica)).not.toContain('Shop 200');
  });

  it('shows a large type in growing steps while it loads, and all of it at the end', async () => {
    for (let i = 0; i < 5_000; i++) server.add('customer', { name: `Shop ${i}` });
    const replica = open();
    const set = replica.type('customer');
    const counts = new Set<number>();
    world.underWay = async () => void counts.add(set.rows.length);
    await replica.settled();

    expect(set.rows).toHaveLength(5_000);
    expect([...counts].slice(0, 4)).toEqual([0, 50, 250, 450]);
    // 26 pages, and fewer pictures of them than pages.
    expect(counts.size).toBeLessThan(22);
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
    world.meanwhile = ({ path }) => {
      if (path === 'customers') throw new TypeError('cut');
    };
    await replica.follow();
    expect(names(replica)).toEqual(['Tea']);

    world.meanwhile = () => undefined;
    await replica.follow();

    expect(names(replica)).toEqual(['Green tea']);
  });

  it('says why a type could not be loaded, and loads it when asked again', async () => {
    server.add('customer', { name: 'Tea' });
    world.meanwhile = () => {
      throw new TypeError('cut');
    };
    const replica = open();
    replica.type('customer');
    await replica.settled();
    expect(replica.type('customer')).toMatchObject({ state: 'failed', failure: expect.any(NetworkError) as unknown });

    world.meanwhile = () => undefined;
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
