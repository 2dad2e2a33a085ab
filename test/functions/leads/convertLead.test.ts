import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { follow, toChange } from '../../../functions/records/follow.ts';
import { createRecord } from '../../../functions/records/operations.ts';
import { listTimeline } from '../../../functions/records/past.ts';
import type { Database } from '../../../functions/table/database.ts';
import { idOf } from '../../support/desk.ts';
import { openLeads, type Answered } from './leadsDesk.ts';

let firm: Awaited<ReturnType<typeof openLeads>>;
beforeAll(async () => {
  firm = await openLeads();
});

let count = 0;
/** A lead of Sam's, unless said otherwise. */
async function addLead(values: Values = {}): Promise<AnyRecord> {
  count++;
  const body = { id: idOf('lea', count), name: `Lead ${count}`, ownerId: firm.memberId('sam'), ...values };
  return createRecord(firm.system(), 'lead', body);
}
const convert = (lead: AnyRecord, body?: unknown, { as = 'sam', version = lead.version, headers = {} as Record<string, string> } = {}) =>
  firm.call('POST', `/leads/${lead.id}/convert`, { as, body, headers: { 'if-match': String(version), ...headers } });
const made = ({ body }: Answered) =>
  body as unknown as { lead: AnyRecord; customer: AnyRecord; contact?: AnyRecord; opportunity?: AnyRecord };
const standing = async (type: string, id: string) => (await firm.itemOf(firm.system(), type, id))?.['data'] as Values | undefined;

describe('a lead', () => {
  it('of a firm becomes the firm and the person in it, of one owner, in one go', async () => {
    const lead = await addLead({
      company: '云栖科技',
      position: 'CTO',
      phones: ['13800138001'],
      emails: ['a@yunqi.test'],
      source: 'exhibition',
    });

    const answer = await convert(lead);

    expect(answer.status).toBe(200);
    const { customer, contact, lead: converted } = made(answer);
    expect(customer).toMatchObject({
      name: '云栖科技',
      form: 'organisation',
      phones: ['13800138001'],
      emails: ['a@yunqi.test'],
      source: 'exhibition',
      leadIds: [lead.id],
      ownerId: firm.memberId('sam'),
      createdBy: firm.memberId('sam'),
    });
    expect(contact).toMatchObject({ name: lead['name'], position: 'CTO', customerId: customer.id, ownerId: firm.memberId('sam') });
    expect(converted).toMatchObject({
      version: 2,
      status: 'converted',
      convertedAt: '2026-03-02T10:00:00.000Z',
      customerId: customer.id,
      contactId: contact!.id,
    });
  });

  it('of a person becomes that person, with the words of whoever converts over its own', async () => {
    const lead = await addLead({ phones: ['13800138002'] });

    const { customer, contact } = made(
      await convert(lead, { customer: { name: 'Anna Bär', tags: ['vip'], phones: null }, contact: { preferredChannel: 'phone' } }),
    );

    expect(customer).toMatchObject({ name: 'Anna Bär', form: 'person', tags: ['vip'] });
    expect(customer).not.toHaveProperty('phones');
    expect(contact).toMatchObject({ name: lead['name'], phones: ['13800138002'], preferredChannel: 'phone' });
  });

  it('may become a customer without a contact', async () => {
    const answer = made(await convert(await addLead(), { contact: false }));

    expect(answer).not.toHaveProperty('contact');
    expect(answer.lead).not.toHaveProperty('contactId');
  });

  it('joins a customer and a contact that are there', async () => {
    const first = made(await convert(await addLead()));
    const lead = await addLead();

    const { customer, contact } = made(await convert(lead, { customer: { id: first.customer.id }, contact: { id: first.contact!.id } }));

    expect(customer).toMatchObject({ id: first.customer.id, version: 2, leadIds: [first.lead.id, lead.id] });
    expect(contact!.id).toBe(first.contact!.id);
  });

  it('becomes a deal too where one is wanted, of its customer and contact, called after what was asked for', async () => {
    const lead = await addLead({
      company: '云栖科技',
      interest: 'Ten kilos a week\nand a machine',
      message: 'Call me',
      source: 'exhibition',
    });

    const { opportunity, customer, contact, lead: converted } = made(await convert(lead, { opportunity: {} }));

    expect(opportunity).toMatchObject({
      title: '云栖科技 · Ten kilos a week',
      description: 'Ten kilos a week\nand a machine\n\nCall me',
      source: 'exhibition',
      customerId: customer.id,
      contactIds: [contact!.id],
      leadIds: [lead.id],
      ownerId: firm.memberId('sam'),
      stage: 'firstContact',
      outcome: 'open',
    });
    expect(converted).toMatchObject({ customerId: customer.id, contactId: contact!.id, opportunityId: opportunity!.id });
  });

  it('becomes a deal of a customer that is there, with the words of whoever converts over its own', async () => {
    const first = made(await convert(await addLead()));
    const wish = { customer: { id: first.customer.id }, contact: false };
    const said = { title: 'Machine', stage: 'needs', amount: { minor: 500_000, currency: 'CNY' } };

    const { opportunity } = made(await convert(await addLead({ interest: 'Beans' }), { ...wish, opportunity: said }));

    expect(opportunity).toMatchObject({ ...said, customerId: first.customer.id, description: 'Beans' });
    expect(opportunity).not.toHaveProperty('contactIds');
  });

  it('becomes no deal unless one is asked for', async () => {
    for (const body of [{}, { opportunity: false }]) {
      const answer = made(await convert(await addLead(), body));
      expect(answer).not.toHaveProperty('opportunity');
      expect(answer.lead).not.toHaveProperty('opportunityId');
    }
  });

  it('is converted for good', async () => {
    const { lead } = made(await convert(await addLead()));

    const back = await firm.call('PATCH', `/leads/${lead.id}`, { as: 'sam', body: { status: 'working' }, headers: { 'if-match': '2' } });

    expect(back).toMatchObject({ status: 400, body: { issues: [{ field: 'status', code: 'lead.status.final' }] } });
  });

  it('shows what happened to it in the timeline of its customer', async () => {
    const form = await firm.addForm(1);
    await firm.post(form, { name: 'Timeline', email: 'timeline@example.test', message: 'Hello' });
    await firm.post(form, { name: 'Timeline', email: 'timeline@example.test', message: 'Hello again' });
    const lead = (await firm.all('lead')).find(({ name }) => name === 'Timeline')!;
    const ctx = firm.system();
    const before = await firm.itemOf(ctx, 'lead', lead.id);
    const { customer } = made(await convert(lead, {}, { as: 'olga' }));
    const change = toChange(before, await firm.itemOf(ctx, 'lead', lead.id), ctx.now)!;

    await follow(ctx.table, [change], 'Asia/Shanghai');

    const { items } = await listTimeline(ctx, Buffer.alloc(32), 'customer', customer.id);
    expect(items.map(({ code, params }) => [code, params?.['message'] ?? params?.['to']])).toEqual(
      expect.arrayContaining([
        ['lead.submitted', 'Hello again'],
        ['record.changed', 'converted'],
      ]),
    );
  });
});

describe('converting again', () => {
  it('for the same is answered with what was made, under whatever key', async () => {
    const lead = await addLead({ company: 'Twice' });
    const wish = { customer: { size: 'small', industry: 'retail' } };

    const first = made(await convert(lead, wish, { headers: { 'idempotency-key': 'a' } }));
    const again = await convert(lead, { customer: { industry: 'retail', size: 'small' } }, { headers: { 'idempotency-key': 'b' } });

    expect(again.status).toBe(200);
    expect(made(again)).toEqual(first);
  });

  it('with a deal finds that deal, and is something else than without one', async () => {
    const [lead, plain] = [await addLead(), await addLead()];
    const first = made(await convert(lead, { opportunity: { title: 'Deal' } }));
    await convert(plain, {});

    expect(made(await convert(lead, { opportunity: { title: 'Deal' } }))).toEqual(first);
    for (const body of [{}, { opportunity: { title: 'Other' } }])
      expect(await convert(lead, body)).toMatchObject({
        status: 409,
        body: { code: 'lead.converted', params: { opportunityId: first.opportunity!.id } },
      });
    expect((await convert(plain, { opportunity: {} })).status).toBe(409);
  });

  it('for something else is refused', async () => {
    const lead = await addLead();
    const { customer, contact } = made(await convert(lead, {}));

    for (const body of [{ contact: false }, { customer: { name: 'Other' } }, { customer: { id: idOf('cus', 99) } }])
      expect(await convert(lead, body)).toMatchObject({
        status: 409,
        body: { code: 'lead.converted', params: { customerId: customer.id, contactId: contact!.id } },
      });
  });

  it('at the same moment makes one customer', async () => {
    const lead = await addLead({ company: 'Race', emails: ['race@firm.test'] });

    const answers = await Promise.all([convert(lead), convert(lead), convert(lead), convert(lead, { contact: false })]);

    const statuses = answers.map(({ status }) => status).sort();
    expect([
      [200, 200, 200, 409],
      [200, 409, 409, 409],
    ]).toContainEqual(statuses);
    const customers = (await firm.all('customer')).filter(({ name }) => name === 'Race');
    expect(customers).toHaveLength(1);
    expect(await standing('lead', lead.id)).toMatchObject({ customerId: customers[0]!.id });
  });

  it('after the answer was lost finds its own work', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValueOnce(true); // the fault is logged, and meant
    let lost = false;
    const shaky = await openLeads((inner: Database) => ({
      ...inner,
      send: (async (command: unknown) => {
        const answer: unknown = await inner.send(command as never);
        if (!lost && command instanceof TransactWriteCommand) {
          lost = true;
          throw Object.assign(new Error('hang up'), { name: 'TimeoutError' });
        }
        return answer;
      }) as Database['send'],
    }));
    const lead = await createRecord(shaky.system(), 'lead', { name: 'Lost', company: 'Lost', ownerId: shaky.memberId('sam') });
    const ask = () => shaky.call('POST', `/leads/${lead.id}/convert`, { as: 'sam', body: {}, headers: { 'if-match': '1' } });

    expect((await ask()).status).toBe(503);
    expect((await ask()).status).toBe(200);
    expect(await shaky.all('customer')).toHaveLength(1);
  });
});

describe('a conversion is refused', () => {
  it.each([
    ['without a version', {}, { 'if-match': '' }, 400, 'input.invalid'],
    ['that asks for nonsense', { custommer: {} }, {}, 400, 'input.invalid'],
    ['into a list', { customer: [] }, {}, 400, 'input.invalid'],
    ['with fields of the system', { customer: { version: 7, name: 'X' } }, {}, 400, 'input.invalid'],
    ['with a contact of one’s own id', { contact: { id: 'con_1', name: 'X' } }, {}, 400, 'input.invalid'],
    ['with a contact elsewhere', { contact: { customerId: idOf('cus', 1) } }, {}, 400, 'input.invalid'],
    ['into a customer that is not there', { customer: { id: idOf('cus', 77) } }, {}, 400, 'input.invalid'],
    ['into a deal that is there', { opportunity: { id: idOf('opp', 1) } }, {}, 400, 'input.invalid'],
    ['into a deal with another customer', { opportunity: { customerId: idOf('cus', 1) } }, {}, 400, 'input.invalid'],
    ['from an old version', {}, { 'if-match': '7' }, 409, 'record.stale'],
  ])('%s, and writes nothing', async (_what, body, headers, status, code) => {
    const lead = await addLead();
    const before = (await firm.all('customer')).length;

    expect(await convert(lead, body, { headers: headers as Record<string, string> })).toMatchObject({ status, body: { code } });
    expect((await firm.all('customer')).length).toBe(before);
    expect(await standing('lead', lead.id)).toMatchObject({ status: 'new' });
  });

  it('with issues under the names of all', async () => {
    const lead = await addLead();

    expect(await convert(lead, { customer: { size: 'tiny' }, contact: { emails: ['no'] }, opportunity: { stage: 'moon' } })).toMatchObject({
      status: 400,
      body: {
        issues: [
          { field: 'customer.size', code: 'choice.unknown' },
          { field: 'contact.emails.0', code: 'email.invalid' },
          { field: 'opportunity.stage', code: 'choice.unknown' },
        ],
      },
    });
  });

  it('once where the customer may be known already, and done when it is meant', async () => {
    await convert(await addLead({ company: 'Known', emails: ['known@firm.test'] }));
    const lead = await createRecord(firm.system(), 'lead', { name: 'Dup', company: 'Known too', ownerId: firm.memberId('sam') });

    const body = { customer: { emails: ['known@firm.test'] } };
    expect(await convert(lead, body)).toMatchObject({
      status: 409,
      body: { code: 'duplicate.possible', params: { field: 'emails', existing: { title: 'Known' } } },
    });
    expect((await convert(lead, { ...body, allowDuplicate: true })).status).toBe(200);
  });

  it('to those who may not change the lead or make customers', async () => {
    const lead = await addLead();

    expect(await convert(lead, {}, { as: 'mia' })).toMatchObject({ status: 403, body: { code: 'access.denied' } });
    expect(await convert(lead, {}, { as: 'sue' })).toMatchObject({ status: 404 });
    expect(await standing('lead', lead.id)).toMatchObject({ status: 'new' });
  });

  it('into a contact of another customer', async () => {
    const one = made(await convert(await addLead()));
    const two = made(await convert(await addLead()));
    const lead = await addLead();

    expect(await convert(lead, { customer: { id: one.customer.id }, contact: { id: two.contact!.id } })).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'contact.id', code: 'ref.ofAnother' }] },
    });
  });
});
