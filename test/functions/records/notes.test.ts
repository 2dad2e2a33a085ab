import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LONGEST_NOTE } from '../../../shared/workspace/note.ts';
import { idOf } from '../../support/desk.ts';
import { memberOf, openDiscussion, type Person } from './discussionDesk.ts';

type Firm = Awaited<ReturnType<typeof openDiscussion>>;
let firm: Firm;
let customer: string;
beforeAll(async () => {
  firm = await openDiscussion();
  customer = await firm.make('customer', 1, 'sam', { name: 'Lotus Tea' });
  await firm.settle();
});
afterAll(() => firm.close());

let notes = 0;
const freshId = () => idOf('not', (notes += 1));
const path = () => `/customers/${customer}/notes`;
const write = (as: Person, text: string, mentions: Person[] = [], id = freshId()) =>
  firm.call('POST', path(), { as, body: { id, text, mentions: mentions.map(memberOf) } });
const edit = (as: Person, id: string, body: unknown) => firm.call('PATCH', `${path()}/${id}`, { as, body });
const remove = (as: Person, id: string) => firm.call('DELETE', `${path()}/${id}`, { as });
const timeline = async (as: Person = 'sam') =>
  (await firm.call('GET', `/customers/${customer}/timeline`, { as })).body.items.filter(({ code }) => code === 'note');
const textOf = async (id: string) => (await timeline()).find((row) => row['id'] === id)?.['params'];

describe('a note', () => {
  it('stands in the timeline of its record, with who wrote it', async () => {
    const { status, body } = await write('sue', 'They want\r\nthe green one');

    expect(status).toBe(201);
    expect((await timeline())[0]).toEqual(body);
    expect(body).toMatchObject({
      code: 'note',
      by: memberOf('sue'),
      params: { text: 'They want\nthe green one', mentions: [] },
      on: { type: 'customer', id: customer },
    });
  });

  it('sent twice is one note; other words under its id are refused', async () => {
    const id = freshId();
    const before = (await timeline()).length;

    const answers = [await write('sam', 'Once', [], id), await write('sam', 'Once', [], id)];

    expect(answers[1]!.body).toEqual(answers[0]!.body);
    expect((await timeline()).length - before).toBe(1);
    expect(await write('sam', 'Twice', [], id)).toMatchObject({ status: 409, body: { code: 'record.exists' } });
    expect(await write('sue', 'Once', [], id)).toMatchObject({ status: 409, body: { code: 'record.exists' } });
  });

  it('sent at once from two places is one note', async () => {
    const id = freshId();
    const before = (await timeline()).length;

    const answers = await Promise.all([1, 2, 3].map(() => write('sam', 'Together', [], id)));

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await timeline()).length - before).toBe(1);
  });

  it('is written by who reads the record and may log activities', async () => {
    const statuses = await Promise.all(
      (['olga', 'sue', 'vera', 'dana', 'sid'] as const).map(async (as) => (await write(as, 'Hello')).status),
    );

    expect(statuses).toEqual([201, 201, 403, 403, 404]);
  });

  it('is changed by its writer alone, and says so', async () => {
    const { body } = await write('sue', 'Frist');

    const changed = await edit('sue', body.id, { text: 'First' });

    expect(changed).toMatchObject({ status: 200, body: { id: body.id, params: { text: 'First', editedAt: expect.any(String) } } });
    expect(await textOf(body.id)).toEqual(changed.body.params);
    expect(await edit('sue', body.id, { text: 'First' })).toEqual({ ...changed, headers: expect.anything() });
    expect((await edit('sam', body.id, { text: 'Mine' })).status).toBe(403);
    expect((await edit('olga', body.id, { text: 'Mine' })).status).toBe(403);
    expect((await edit('sid', body.id, { text: 'Mine' })).status).toBe(404);
    expect((await edit('sue', freshId(), { text: 'None' })).status).toBe(404);
  });

  it('is deleted by its writer, or by who may delete the record; its id stays taken', async () => {
    const [mine, theirs] = [await write('sue', 'Mine'), await write('sue', 'Theirs')];

    expect((await remove('sam', mine.body.id)).status).toBe(403);
    expect([(await remove('sue', mine.body.id)).status, (await remove('sue', mine.body.id)).status]).toEqual([204, 204]);
    expect((await remove('olga', theirs.body.id)).status).toBe(204);

    expect(await textOf(mine.body.id)).toBeUndefined();
    expect((await edit('sue', mine.body.id, { text: 'Back' })).status).toBe(404);
    expect((await write('sue', 'Mine', [], mine.body.id)).status).toBe(409);
  });

  it('is told by the feed to whoever looks at the record, when it comes, changes and goes', async () => {
    const position = async () => (await firm.desk.as('firm', 1).table.get({ pk: 'X', sk: 'H' }))!['position'] as number;
    await firm.settle();
    const start = await position();

    const { body } = await write('sue', 'Seen');
    await firm.settle();
    await edit('sue', body.id, { text: 'Seen again' });
    await firm.settle();
    await remove('sue', body.id);
    await firm.settle();

    expect((await position()) - start).toBe(3);
  });
});

describe('bad notes', () => {
  const fault = async (body: unknown) => {
    const { status, body: answer } = await firm.call('POST', path(), { as: 'sam', body });
    return [status, ...(answer.issues ?? []).map(({ field, code }) => `${field} ${code}`)];
  };

  it.each([
    ['without a text', { id: idOf('not', 200) }, 'text field.required'],
    ['of blanks', { id: idOf('not', 200), text: ' \n\u200b' }, 'text text.empty'],
    ['that is too long', { id: idOf('not', 200), text: '字'.repeat(LONGEST_NOTE + 1) }, 'text text.tooLong'],
    ['with a NUL', { id: idOf('not', 200), text: 'a\u0000b' }, 'text text.characters'],
    ['with text turned round', { id: idOf('not', 200), text: 'a\u202ebc' }, 'text text.characters'],
    ['with half a character', { id: idOf('not', 200), text: '\ud800' }, 'text text.characters'],
    ['with an id of another kind', { id: idOf('act', 1), text: 'x' }, 'id id.invalid'],
    ['with a key for an id', { id: 'not_x#A', text: 'x' }, 'id id.invalid'],
    ['that mentions nobody there is', { id: idOf('not', 200), text: 'x', mentions: ['Sue'] }, 'mentions.0 ref.invalid'],
    ['that mentions a crowd', { id: idOf('not', 200), text: 'x', mentions: Array(101).fill('x') }, 'mentions list.tooLong'],
    ['with more than it takes', { id: idOf('not', 200), text: 'x', by: 'me' }, 'by field.unknown'],
  ])('%s are refused by name', async (_what, body, expected) => {
    expect(await fault(body)).toEqual([400, expected]);
  });

  it('of the longest kind are kept whole', async () => {
    const text = `<script>alert(1)</script>=1+1 '"&\n${'𠮷'.repeat(LONGEST_NOTE - 40)}`;

    const { status, body } = await write('sam', text);

    expect([status, body.params['text']]).toEqual([201, text]);
  });
});

describe('a mention', () => {
  it('tells the member, once in the app and once by mail, and never who wrote it', async () => {
    firm.mails.length = 0;
    const { body } = await write('sam', 'Ask @sue & me', ['sue', 'sam']);
    await firm.settle(2);
    await edit('sam', body.id, { text: 'Ask @sue again', mentions: [memberOf('sue')] });
    await firm.settle(2);

    const told = (await firm.toldTo('sue')).filter(({ code }) => code === 'mentioned');
    expect(told).toEqual([
      {
        code: 'mentioned',
        params: { by: memberOf('sam'), name: 'Lotus Tea', text: 'Ask @sue & me' },
        recordType: 'customer',
        recordId: customer,
      },
    ]);
    expect(await firm.toldTo('sam')).toEqual([]);
    expect(new Set(firm.mails.map(({ key }) => key)).size).toBe(1);
    expect(firm.mails[0]).toMatchObject({ to: { memberId: memberOf('sue') }, mail: { subject: 'You were mentioned: Lotus Tea' } });
    expect(firm.mails[0]!.mail.text).toContain('sam: “Ask @sue & me”');
  });

  it('added by a later change tells of that moment; taken back and made again it is the same', async () => {
    const { body } = await write('sue', 'Nobody yet');
    await firm.settle();
    for (const mentions of [['olga'], [], ['olga']] as Person[][]) {
      await edit('sue', body.id, { text: `To ${mentions.length}`, mentions: mentions.map(memberOf) });
      await firm.settle();
    }

    expect((await firm.toldTo('olga')).map(({ code }) => code)).toEqual(['mentioned']);
  });

  it('of who may not read the record is refused, each by his place', async () => {
    const answer = await write('sam', 'Look', ['sue', 'sid']);

    expect(answer).toMatchObject({ status: 400, body: { issues: [{ field: 'mentions.1', code: 'mention.cannotRead' }] } });
    const { body } = await write('sam', 'Look', ['sue']);
    expect(await edit('sam', body.id, { text: 'Look', mentions: [memberOf('sue'), memberOf('sid')] })).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'mentions.1', code: 'mention.cannotRead' }] },
    });
  });

  it('is offered of who may read the record', async () => {
    const { body } = await firm.call('GET', `/customers/${customer}/readers`, { as: 'sue' });

    expect(body.items.map(({ id }) => id).sort()).toEqual((['olga', 'sam', 'sue', 'vera', 'dana'] as const).map(memberOf).sort());
    expect((await firm.call('GET', `/customers/${customer}/readers`, { as: 'sid' })).status).toBe(404);
  });

  it('of who lost the right before he was told tells him nothing', async () => {
    const lead = await firm.make('lead', 7, 'sam', { name: 'Li Lei' });
    await firm.settle();
    await firm.call('POST', `/leads/${lead}/notes`, { as: 'sam', body: { id: freshId(), text: 'x', mentions: [memberOf('sue')] } });
    const before = await firm.toldTo('sue');
    await firm.change('lead', lead, {}, { ownerId: memberOf('sid') });

    await firm.settle();

    expect(await firm.toldTo('sue')).toEqual(before);
  });
});
