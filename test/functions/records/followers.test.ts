import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../support/desk.ts';
import { memberOf, openDiscussion, type Person } from './discussionDesk.ts';

let firm: Awaited<ReturnType<typeof openDiscussion>>;
let lead: string;
beforeAll(async () => {
  firm = await openDiscussion();
  lead = await firm.make('lead', 1, 'sam', { name: 'Li Lei' });
  await firm.settle();
});
afterAll(() => firm.close());

const follow = async (as: Person, method = 'POST') => (await firm.call(method, `/leads/${lead}/follow`, { as })).status;
const followers = async (as: Person = 'olga') =>
  (await firm.call('GET', `/leads/${lead}/followers`, { as })).body.items.map(({ id }) => id);
const codes = async (name: Person) => (await firm.toldTo(name)).map(({ code }) => code);

describe('who follows a record', () => {
  it('is named once, until he follows it no longer', async () => {
    expect([await follow('sue'), await follow('sue'), await follow('vera')]).toEqual([204, 204, 204]);
    expect((await followers()).sort()).toEqual([memberOf('sue'), memberOf('vera')].sort());

    expect([await follow('vera', 'DELETE'), await follow('vera', 'DELETE')]).toEqual([204, 204]);
    expect(await followers()).toEqual([memberOf('sue')]);
  });

  it('may read it', async () => {
    expect([await follow('sid'), await follow('sid', 'DELETE')]).toEqual([404, 404]);
    expect((await firm.call('GET', `/leads/${lead}/followers`, { as: 'sid' })).status).toBe(404);
  });

  it('is told of a note, but not of his own, and once where it mentions him', async () => {
    await follow('olga');
    const note = (n: number, as: Person, mentions: Person[] = []) =>
      firm.call('POST', `/leads/${lead}/notes`, { as, body: { id: idOf('not', n), text: `Note ${n}`, mentions: mentions.map(memberOf) } });
    await note(1, 'sam');
    await firm.settle(2);
    await note(2, 'sue', ['olga']);
    await firm.settle();

    expect(await firm.toldTo('sue')).toEqual([
      { code: 'noteAdded', params: { by: memberOf('sam'), name: 'Li Lei', text: 'Note 1' }, recordType: 'lead', recordId: lead },
    ]);
    expect(await codes('olga')).toEqual(['noteAdded', 'mentioned']);
  });

  it('is told of a milestone, and of no other change', async () => {
    const before = await codes('sue');

    await firm.change('lead', lead, { company: 'Lotus' });
    await firm.settle();
    expect(await codes('sue')).toEqual(before);
    await firm.change('lead', lead, { status: 'working' });
    await firm.settle(2);

    expect((await firm.toldTo('sue')).filter(({ code }) => code === 'followedChanged')).toEqual([
      {
        code: 'followedChanged',
        params: { by: 'system', name: 'Li Lei', type: 'lead', field: 'status', to: 'working' },
        recordType: 'lead',
        recordId: lead,
      },
    ]);
  });

  it('hears nothing of what he does himself', async () => {
    const { body } = await firm.call('GET', `/leads/${lead}`, { as: 'olga' });
    const before = { olga: await codes('olga'), sue: await codes('sue') };
    const { version } = body as unknown as { version: number };

    await firm.call('PATCH', `/leads/${lead}`, { as: 'olga', body: { status: 'qualified' }, headers: { 'if-match': String(version) } });
    await firm.settle();

    expect(await codes('olga')).toEqual(before.olga);
    expect((await codes('sue')).length - before.sue.length).toBe(1);
  });

  it('falls silent when he may read it no longer, and hears again when he may', async () => {
    const before = await codes('sue');

    await firm.change('lead', lead, { status: 'working' }, { ownerId: memberOf('sid') });
    await firm.settle();
    expect(await codes('sue')).toEqual(before);
    expect(await followers()).not.toContain(memberOf('sue'));

    await firm.change('lead', lead, { status: 'qualified' }, { ownerId: memberOf('sam') });
    await firm.settle();
    expect((await codes('sue')).length - before.length).toBe(1);
  });
});
