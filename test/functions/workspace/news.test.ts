import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { publishDue } from '../../../functions/records/newsTimes.ts';
import { routes } from '../../../functions/workspace/routes.ts';
import { runTick, type DueMessage } from '../../../functions/workspace/tick.scheduled.ts';
import { idOf } from '../../support/desk.ts';
import { openDiscussion, type Person } from '../records/discussionDesk.ts';

type Firm = Awaited<ReturnType<typeof openDiscussion>>;
let firm: Firm;
beforeAll(async () => {
  firm = await openDiscussion(routes);
});
afterAll(() => firm.close());

let count = 0;
type Listed = { readonly items: readonly (Values & { readonly record?: AnyRecord })[] };

async function call(as: Person, method: string, path: string, body?: unknown, version?: number) {
  const answer = await firm.call(method, path, { as, body, ...(version ? { headers: { 'if-match': String(version) } } : {}) });
  return { status: answer.status, body: answer.body as unknown as AnyRecord & Listed };
}

/** A draft of the owner's, with a title that is found nowhere else. */
async function write(values: Values = {}): Promise<AnyRecord> {
  const title = `Quagga${(count += 1)}`;
  const id = idOf('nwd', count);
  const { status, body } = await call('olga', 'POST', '/news-drafts', { id, title, category: 'company', body: 'Read this.', ...values });
  expect(status).toBe(201);
  await firm.settle();
  return body;
}
const publish = ({ id, version }: AnyRecord, as: Person = 'olga') => call(as, 'POST', `/news-drafts/${id}/publish`, {}, version);

/** Everything that a person's browser can ask for, as one text. */
async function seenBy(as: Person, { title, id }: AnyRecord): Promise<string> {
  const paths = [
    '/news',
    '/news-drafts',
    `/news-drafts/${id}`,
    `/news-drafts/${id}/history`,
    '/changes?since=0',
    `/search?q=${String(title)}`,
    '/bin',
  ];
  return JSON.stringify(await Promise.all(paths.map((path) => call(as, 'GET', path))));
}

describe('a draft of news', () => {
  it('reaches nobody who does not keep the news, by whatever way he asks', async () => {
    const draft = await write();

    expect(await seenBy('olga', draft)).toContain(draft['title']);
    for (const reader of ['sam', 'vera', 'dana'] as const) {
      expect(await seenBy(reader, draft)).not.toContain(draft['title']);
      expect((await call(reader, 'POST', '/news-drafts', { title: 'Mine', category: 'company', body: 'No.' })).status).toBe(403);
      expect((await publish(draft, reader)).status).toBe(403);
    }
  });

  it('becomes news that everybody reads, without its own past, and that no reader changes', async () => {
    const secret = await write({ body: 'Not yet for everybody.' });
    const { body: draft } = await call('olga', 'PATCH', `/news-drafts/${secret.id}`, { body: 'For everybody.' }, secret.version);

    const { status, body: made } = await publish(draft);
    await firm.settle();

    expect(status).toBe(200);
    expect(made).toMatchObject({ title: draft['title'], body: 'For everybody.', version: 1 });
    const seen = await seenBy('sam', { ...draft, id: made.id });
    expect(seen).toContain('For everybody.');
    expect(seen + JSON.stringify(await call('sam', 'GET', `/news/${made.id}/history`))).not.toContain('Not yet');
    expect((await call('sam', 'PATCH', `/news/${made.id}`, { title: 'Mine' }, 1)).status).toBe(403);
    expect((await call('olga', 'GET', `/news-drafts/${draft.id}`)).status).toBe(404);
  });

  it('published twice is one piece of news, and one notification for everybody else', async () => {
    const draft = await write();

    const [first, second] = [await publish(draft), await publish(draft)];
    await firm.settle(2);

    expect(second.body.id).toBe(first.body.id);
    const aboutIt = async (name: Person): Promise<number> =>
      (await firm.toldTo(name)).filter(({ recordId }) => recordId === first.body.id).length;
    expect([await aboutIt('olga'), await aboutIt('sam'), await aboutIt('vera')]).toEqual([0, 1, 1]);
  });

  it('that has changed since is not published as it was', async () => {
    const draft = await write();
    await call('olga', 'PATCH', `/news-drafts/${draft.id}`, { pinned: true }, draft.version);

    expect((await publish(draft)).status).toBe(409);
  });

  it('that comes out of the bin is published anew', async () => {
    const draft = await write();
    const { body: first } = await publish(draft);
    await firm.settle();
    await call('olga', 'DELETE', `/news/${first.id}`, undefined, 1);
    await call('olga', 'POST', `/news-drafts/${draft.id}/restore`, {}, draft.version + 1);

    const { body: back } = await call('olga', 'GET', `/news-drafts/${draft.id}`);
    const { status, body: again } = await publish(back);

    expect(status).toBe(200);
    expect(again.id).not.toBe(first.id);
  });
});

describe('a draft with a moment', () => {
  const tick = async (now: string): Promise<void> => {
    const due: DueMessage[] = [];
    await runTick(firm.desk.db, now, async (messages) => void due.push(...messages));
    for (const work of [...due, ...due].filter(({ kind }) => kind === 'publishNews')) await publishDue({ ...firm.desk.db }, work);
    await firm.settle();
  };

  it('publishes itself then, and once', async () => {
    const draft = await write({ publishAt: '2026-03-03T08:00:00.000Z' });

    await tick('2026-03-03T07:59:00.000Z');
    expect(await seenBy('sam', draft)).not.toContain(draft['title']);
    await tick('2026-03-03T08:00:00.000Z');

    const { body } = await call('sam', 'GET', '/news');
    expect(body.items.filter(({ title }) => title === draft['title'])).toMatchObject([{ publishedAt: '2026-03-03T08:00:00.000Z' }]);
  });

  it('that was put off, or taken from it, waits', async () => {
    const [later, never] = [await write({ publishAt: '2026-03-03T09:00:00.000Z' }), await write({ publishAt: '2026-03-03T09:00:00.000Z' })];
    await call('olga', 'PATCH', `/news-drafts/${later.id}`, { publishAt: '2026-03-04T09:00:00.000Z' }, 1);
    await call('olga', 'PATCH', `/news-drafts/${never.id}`, { publishAt: null }, 1);
    await firm.settle();

    await tick('2026-03-03T09:00:00.000Z');

    expect(await seenBy('sam', later)).not.toContain(later['title']);
    await tick('2026-03-04T09:00:00.000Z');
    expect(await seenBy('sam', later)).toContain(later['title']);
    expect(await seenBy('sam', never)).not.toContain(never['title']);
  });
});

describe('what a page remembers of its reader', () => {
  it('is told with the session, on whatever computer, and is nobody else’s', async () => {
    const at = '2026-03-02T09:00:00.000Z';
    expect((await call('sam', 'PATCH', '/session/marks', { newsReadAt: at })).body).toEqual({ newsReadAt: at });
    await call('sam', 'PATCH', '/session/marks', { newsReadAt: '2026-03-01T09:00:00.000Z', firstStepsClosedAt: at });

    expect((await call('sam', 'GET', '/session')).body['marks']).toEqual({ newsReadAt: at, firstStepsClosedAt: at });
    expect((await call('sue', 'GET', '/session')).body['marks']).toEqual({});
    expect((await call('sam', 'PATCH', '/session/marks', { colour: at })).status).toBe(400);
  });
});
