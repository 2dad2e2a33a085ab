import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../shared/insight/digest.ts';
import { NO_SHAPE } from '../../../shared/kernel/shape.ts';
import { digestMail } from '../../../functions/insight/digestMail.ts';
import { sendDigest } from '../../../functions/insight/sendDigest.ts';
import { markDue } from '../../../functions/records/dueMarks.ts';
import { listRecords } from '../../../functions/records/list.ts';
import { listWarnings } from '../../../functions/records/openWarnings.ts';
import type { MailMessage } from '../../../functions/services/mailQueue.ts';
import { isArmed } from '../../../functions/table/dueWork.ts';
import { byOwner } from '../../../functions/table/keys.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { departmentId, makeFirm, memberId, type Firm } from '../../support/firm.ts';

const desk = deskOn(memoryDatabase());

const SITE = 'https://crm.test';
const MANAGER = 1;
const [HAN, MEI, SAM] = [2, 3, 4];
const PEOPLE = [
  { n: MANAGER, role: 'salesManager', name: 'Mona Manager', department: 'sales' as const },
  { n: HAN, role: 'sales', name: 'Han', department: 'sales' as const },
  { n: MEI, role: 'sales', name: 'Mei', department: 'north' as const },
  { n: SAM, role: 'service', name: 'Sam', department: 'service' as const },
];
const lead = (n: number) => idOf('lea', n);
const customer = (n: number) => idOf('cus', n);

/** Sends as a job would, in a fresh container. */
async function send(firm: Firm, now: string, reader = MANAGER): Promise<MailMessage[]> {
  const mails: MailMessage[] = [];
  await sendDigest({ ...desk.db }, { tenant: firm.tenant, id: memberId(reader), now }, SITE, async (mail) => void mails.push(mail));
  return mails;
}
async function kept(firm: Firm, reader = MANAGER): Promise<Digest[]> {
  const ctx = { ...desk.as(firm.tenant, reader), table: firm.table };
  return (await listRecords(ctx, Buffer.from('x'), 'digest', { owner: 'me' })).items as unknown as Digest[];
}
const order = (n: number, buyer = customer(1)) => ({
  ...{ number: `A-${n}`, customerId: buyer, orderedOn: '2026-03-10', status: 'confirmed', currency: 'EUR' },
  lines: [{ id: 'l1', name: 'Beans', quantity: '2', unitPrice: 5_000, tax: 700 }],
});
const figuresOf = ({ contents }: Digest) =>
  contents.people.map(({ name, newLeads, workingLeads, convertedLeads, newCustomers }) => [
    name,
    newLeads,
    workingLeads,
    convertedLeads,
    newCustomers,
  ]);

const SALES = [
  'newOpportunities',
  'movedOpportunities',
  'wonOpportunities',
  'orders',
  'activitiesDone',
  'overdue',
  'risks',
  'newRisks',
] as const;

describe('the digest', () => {
  it('counts what all staff in the span did yesterday, keeps it and mails it', async () => {
    const firm = await makeFirm(desk, 'span', PEOPLE, { zone: 'UTC' });
    await firm.create('2026-03-09T23:59:59.999Z', 'lead', lead(1), { name: 'Too early' }, memberId(HAN));
    await firm.create('2026-03-10T00:00:00.000Z', 'lead', lead(2), { name: 'Ada', company: 'Engines' }, memberId(HAN));
    await firm.create('2026-03-10T09:00:00.000Z', 'lead', lead(3), { name: 'Ben' }, memberId(MEI));
    await firm.change('2026-03-10T10:00:00.000Z', 'lead', lead(1), { status: 'working' });
    await firm.change('2026-03-10T11:00:00.000Z', 'lead', lead(3), { status: 'converted', convertedAt: '2026-03-10T11:00:00.000Z' });
    await firm.create('2026-03-10T11:00:00.000Z', 'customer', customer(1), { name: 'Ben & Sons' }, memberId(MEI));
    await firm.create('2026-03-10T12:00:00.000Z', 'lead', lead(4), { name: 'Out of span' }, memberId(SAM));
    await firm.create('2026-03-11T00:00:00.000Z', 'lead', lead(5), { name: 'Too late' }, memberId(HAN));

    const [mail, ...more] = await send(firm, '2026-03-11T08:00:00.000Z');

    expect(more).toEqual([]);
    const [digest] = await kept(firm);
    expect(figuresOf(digest!)).toEqual([
      ['Mei', 1, 0, 1, 1],
      ['Han', 1, 1, 0, 0],
      ['Mona Manager', 0, 0, 0, 0],
    ]);
    expect(digest).toMatchObject({ period: 'day', from: '2026-03-10', to: '2026-03-10', ownerId: memberId(MANAGER) });
    expect(digest!.contents.leads.map(({ name, event }) => [name, event])).toEqual([
      ['Ben', 'converted'],
      ['Ada', 'new'],
      ['Too early', 'working'],
    ]);
    expect(mail).toMatchObject({
      tenant: 'span',
      key: `digest-${digest!.id}`,
      to: { memberId: memberId(MANAGER) },
      mail: { subject: 'Tuesday 10 March: 1 lead converted, 2 new leads, 1 new customer, 1 lead taken up' },
    });
    expect(mail!.mail.text).toContain(`- Ben & Sons (Mei)\n  ${SITE}/customers/${customer(1)}`);
    expect(mail!.mail.html).toContain('Ben &amp; Sons');
    expect(mail!.mail.html).not.toContain('Out of span');
  });

  it('arms the next morning and no other', async () => {
    const firm = await makeFirm(desk, 'arms', PEOPLE, { zone: 'Asia/Shanghai' });

    await send(firm, '2026-03-11T00:00:00.000Z');

    const work = { tenant: 'arms', id: memberId(MANAGER), kind: 'digest' };
    expect(await isArmed(desk.db, { ...work, at: '2026-03-12T00:00:00.000Z' })).toBe(true);
  });

  it('delivered twice, also at once, is one digest and one key of a mail', async () => {
    const firm = await makeFirm(desk, 'twice', PEOPLE);

    const mails = (await Promise.all([send(firm, '2026-03-11T08:00:00.000Z'), send(firm, '2026-03-11T08:00:00.000Z')])).flat();
    mails.push(...(await send(firm, '2026-03-11T08:07:00.000Z')));

    expect(await kept(firm)).toHaveLength(1);
    expect(mails).toHaveLength(3);
    expect(new Set(mails.map(({ key }) => key)).size).toBe(1);
    expect(new Set(mails.map(({ mail }) => JSON.stringify(mail))).size).toBe(1);
  });

  it('says an empty day kindly', async () => {
    const firm = await makeFirm(desk, 'quiet', PEOPLE);

    const [mail] = await send(firm, '2026-03-11T08:00:00.000Z');

    expect(mail!.mail.subject).toBe('Tuesday 10 March: a quiet day');
    expect(mail!.mail.text).toContain('There are days like that');
  });

  it('is not for who is disabled, has switched it off, or leads nobody', async () => {
    const firm = await makeFirm(desk, 'none', [
      { n: 1, role: 'salesManager', department: 'sales', values: { status: 'disabled' } },
      { n: 2, role: 'salesManager', department: 'sales', values: { digestDaily: false } },
      { n: 3, role: 'sales', department: 'sales' },
      { n: 4, role: 'sales', department: 'sales', values: { digestDaily: true } },
      { n: 5, role: 'vicePresident', department: 'sales' },
      { n: 6, role: 'owner' },
    ]);

    const sent = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => send(firm, '2026-03-11T08:00:00.000Z', n)));

    expect(sent.map((mails) => mails.length)).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('follows a person who moves to another department', async () => {
    const firm = await makeFirm(desk, 'moved', PEOPLE);
    await firm.create('2026-03-10T09:00:00.000Z', 'lead', lead(1), { name: 'Ada' }, memberId(SAM));
    await firm.change('2026-03-10T20:00:00.000Z', 'member', memberId(SAM), { departmentId: departmentId('north') });
    await firm.change('2026-03-10T20:00:01.000Z', 'member', memberId(HAN), { departmentId: departmentId('service') });

    await send(firm, '2026-03-11T08:00:00.000Z');

    const [digest] = await kept(firm);
    expect(figuresOf(digest!).map(([name]) => name)).toEqual(['Sam', 'Mei', 'Mona Manager']);
  });

  it('counts but does not name what was removed or has gone out of reach', async () => {
    const firm = await makeFirm(desk, 'gone', PEOPLE);
    await firm.create('2026-03-10T09:00:00.000Z', 'lead', lead(1), { name: 'Removed' }, memberId(HAN));
    await firm.create('2026-03-10T09:00:00.000Z', 'lead', lead(2), { name: 'Given away' }, memberId(HAN));
    await firm.remove('2026-03-10T10:00:00.000Z', 'lead', lead(1));
    await firm.change('2026-03-10T10:00:00.000Z', 'lead', lead(2), {}, memberId(SAM));

    const [mail] = await send(firm, '2026-03-11T08:00:00.000Z');

    const [digest] = await kept(firm);
    expect(figuresOf(digest!)[0]).toEqual(['Han', 2, 0, 0, 0]);
    expect(digest!.contents.leads).toEqual([]);
    expect(JSON.stringify(mail)).not.toMatch(/Removed|Given away/);
  });

  it('names no record to who may not see the names of persons', async () => {
    const firm = await makeFirm(desk, 'masked', [
      { n: MANAGER, role: 'dataAnalyst', values: { digestDaily: true } },
      { n: HAN, role: 'sales', name: 'Han', department: 'sales' },
    ]);
    await firm.create('2026-03-10T09:00:00.000Z', 'lead', lead(1), { name: 'Ada Secret', company: 'Engines' }, memberId(HAN));
    await firm.create('2026-03-10T09:00:00.000Z', 'customer', customer(1), { name: 'Bakery' }, memberId(HAN));

    const [mail] = await send(firm, '2026-03-11T08:00:00.000Z');

    const [digest] = await kept(firm);
    expect(figuresOf(digest!)[0]).toEqual(['Han', 1, 0, 0, 1]);
    expect(digest!.contents).toMatchObject({ leads: [], customers: [{ name: 'Bakery' }] });
    expect(JSON.stringify(mail)).not.toContain('Ada');
  });

  it('tells who reads everything also what belongs to nobody', async () => {
    const firm = await makeFirm(desk, 'nobody', [{ n: MANAGER, role: 'owner', name: 'Olga' }]);
    await firm.create('2026-03-10T09:00:00.000Z', 'lead', lead(1), { name: 'Unassigned Una' });

    const [mail] = await send(firm, '2026-03-11T08:00:00.000Z');

    const [digest] = await kept(firm);
    expect(figuresOf(digest!)[0]).toEqual(['Without an owner', 1, 0, 0, 0]);
    expect(mail!.mail.text).toContain('Unassigned Una');
  });

  it('tells of deals, orders, work done and left undone, and customers at risk, with what they come to', async () => {
    const firm = await makeFirm(desk, 'sales', PEOPLE, { zone: 'UTC' });
    const [day, before] = ['2026-03-10T09:00:00.000Z', '2026-03-09T09:00:00.000Z'];
    const deal = (n: number, amount: number) => ({
      title: `Deal ${n}`,
      customerId: customer(1),
      amount: { minor: amount, currency: 'EUR' },
    });
    await firm.create(before, 'customer', customer(1), { name: 'Café Blau' }, memberId(MEI));
    await firm.create(before, 'opportunity', idOf('opp', 1), deal(1, 100_00), memberId(HAN));
    await firm.change(day, 'opportunity', idOf('opp', 1), { outcome: 'won', stage: 'signed' });
    await firm.create(day, 'opportunity', idOf('opp', 2), deal(2, 70_00), memberId(MEI));
    await firm.change(day, 'opportunity', idOf('opp', 2), { stage: 'solution' });
    await firm.create(day, 'order', idOf('ord', 1), order(1), memberId(MEI));
    await firm.create(day, 'order', idOf('ord', 2), order(2), memberId(SAM));
    await firm.create(day, 'activity', idOf('act', 1), { subject: 'Done', type: 'call', status: 'done' }, memberId(HAN));
    const late = await firm.create(day, 'activity', idOf('act', 2), { subject: 'Late', type: 'call', plannedEnd: day }, memberId(HAN));
    await firm.create(
      day,
      'activity',
      idOf('act', 3),
      { subject: 'Today', type: 'call', plannedEnd: '2026-03-11T00:00:00.000Z' },
      memberId(HAN),
    );
    const warning = await firm.create(
      day,
      'churnWarning',
      idOf('chw', 1),
      {
        name: 'Café Blau',
        customerId: customer(1),
        status: 'open',
        lastOrderOn: '2026-01-01',
        valueAtRisk: { minor: 900_00, currency: 'EUR' },
      },
      memberId(MEI),
    );
    const watch = { db: desk.db, table: firm.table, zone: 'UTC', ctx: () => ({ ...desk.as('sales', 0) }) };
    await listWarnings(watch, [warning]);
    await markDue(firm.table, [late]);

    const [mail] = await send(firm, '2026-03-11T08:00:00.000Z');

    const [{ contents }] = (await kept(firm)) as [Digest];
    expect(contents.people.map(({ name, ...figures }) => [name, ...SALES.map((figure) => figures[figure])])).toEqual([
      ['Mei', 1, 1, 0, 1, 0, 0, 1, 1],
      ['Han', 0, 0, 1, 0, 1, 1, 0, 0],
      ['Mona Manager', 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    expect(contents.amounts).toEqual({
      wonOpportunities: [{ minor: 100_00, currency: 'EUR' }],
      newOpportunities: [{ minor: 70_00, currency: 'EUR' }],
      orders: [{ minor: 100_00, currency: 'EUR' }],
    });
    expect(contents.opportunities.map(({ name, event }) => [name, event])).toEqual([
      ['Deal 1', 'won'],
      ['Deal 2', 'new'],
    ]);
    expect(contents.orders).toMatchObject([{ name: 'A-1', customer: 'Café Blau', amount: { minor: 100_00, currency: 'EUR' } }]);
    expect(contents.risks).toMatchObject([{ name: 'Café Blau', isNew: true, ownerId: memberId(MEI) }]);
    expect(mail!.mail.subject).toBe('Tuesday 10 March: 1 opportunity won, 1 order, 1 new opportunity, 1 activity done');
  });

  it('leaves out orders that were cancelled, takes those of before off the sum, and names no customer out of reach', async () => {
    const firm = await makeFirm(desk, 'cancelled', PEOPLE, { zone: 'UTC' });
    const [before, day, after] = ['2026-03-09T09:00:00.000Z', '2026-03-10T09:00:00.000Z', '2026-03-11T07:00:00.000Z'];
    const cancel = (now: string, n: number) => firm.change(now, 'order', idOf('ord', n), { status: 'cancelled' });
    await firm.create(before, 'customer', customer(1), { name: 'Café Blau' }, memberId(MEI));
    await firm.create(before, 'customer', customer(2), { name: 'Secret Service' }, memberId(SAM));
    await firm.create(before, 'order', idOf('ord', 1), order(1), memberId(HAN));
    for (const n of [2, 3, 4, 5]) await firm.create(day, 'order', idOf('ord', n), order(n, customer(n === 5 ? 2 : 1)), memberId(HAN));
    await cancel(day, 1);
    await cancel('2026-03-10T10:00:00.000Z', 2);
    await cancel(after, 3);

    const [mail] = await send(firm, '2026-03-11T08:00:00.000Z');

    const [{ contents }] = (await kept(firm)) as [Digest];
    expect(contents.people[0]).toMatchObject({ name: 'Han', orders: 3 });
    expect(contents.amounts).toEqual({ orders: [{ minor: 200_00, currency: 'EUR' }] });
    expect(contents.orders.map(({ name, customer: of }) => [name, of])).toEqual([
      ['A-5', undefined],
      ['A-4', 'Café Blau'],
    ]);
    expect(mail!.mail.text).toContain('- A-4 (Café Blau · €100.00 · Han)');
    expect(JSON.stringify(mail)).not.toMatch(/A-[123]|Secret/);
  });

  it('tells a vice president of the whole subtree, and the manager below of his own branch', async () => {
    const firm = await makeFirm(desk, 'tree', [
      { n: 1, role: 'vicePresident', name: 'Vera', department: 'sales' },
      { n: 2, role: 'salesManager', name: 'Norbert', department: 'north' },
      { n: 3, role: 'sales', name: 'Nina', department: 'north' },
      { n: 4, role: 'sales', name: 'Siegfried', department: 'sales' },
      { n: 5, role: 'service', name: 'Sam', department: 'service' },
    ]);
    for (const n of [2, 3, 4, 5]) await firm.create('2026-03-10T09:00:00.000Z', 'lead', lead(n), { name: `Of ${n}` }, memberId(n));

    const names = async (reader: number) => {
      await send(firm, '2026-03-11T08:00:00.000Z', reader);
      await sendDigest(
        { ...desk.db },
        { tenant: 'tree', id: `${memberId(reader)}.week`, now: '2026-03-16T08:00:00.000Z' },
        SITE,
        async () => {},
      );
      return (await kept(firm, reader)).map(({ period, contents }) => [period, ...contents.people.map(({ name }) => name).sort()]);
    };

    expect(await names(1)).toEqual([
      ['day', 'Nina', 'Norbert', 'Siegfried', 'Vera'],
      ['week', 'Nina', 'Norbert', 'Siegfried', 'Vera'],
    ]);
    expect(await names(2)).toEqual([
      ['day', 'Nina', 'Norbert'],
      ['week', 'Nina', 'Norbert'],
    ]);
  });

  it('of a day and of a week, at one and the same moment, are two', async () => {
    const firm = await makeFirm(desk, 'both', PEOPLE, { zone: 'UTC' });
    await firm.create('2026-03-15T09:00:00.000Z', 'lead', lead(1), { name: 'Ada' }, memberId(HAN));
    const work = (id: string) =>
      sendDigest({ ...desk.db }, { tenant: 'both', id, now: '2026-03-16T08:00:00.000Z' }, SITE, async ({ key }) => void keys.add(key));
    const keys = new Set<string>();

    for (const id of [`${memberId(MANAGER)}.week`, memberId(MANAGER), `${memberId(MANAGER)}.week`, memberId(MANAGER)]) await work(id);
    await sendDigest({ ...desk.db }, { tenant: 'both', id: memberId(MANAGER), now: '2026-03-17T08:00:00.000Z' }, SITE, async () => {});

    expect(keys.size).toBe(2);
    expect((await kept(firm)).map(({ period, from, to }) => [period, from, to]).sort()).toEqual([
      ['day', '2026-03-15', '2026-03-15'],
      ['day', '2026-03-16', '2026-03-16'],
      ['week', '2026-03-09', '2026-03-15'],
    ]);
  });

  it('that was kept in its first shape is read in today’s', async () => {
    const firm = await makeFirm(desk, 'old', PEOPLE);
    await send(firm, '2026-03-11T08:00:00.000Z');
    const [{ id }] = (await kept(firm)) as [Digest];
    const item = (await firm.itemOf('digest', id))!;
    const old = {
      people: [{ memberId: memberId(HAN), name: 'Han', newLeads: 2, workingLeads: 0, convertedLeads: 0, newCustomers: 0 }],
      leads: [],
      customers: [],
    };
    const packed = brotliCompressSync(JSON.stringify(old)).toString('base64');
    await firm.table.put({
      ...item,
      pk: `digest#${id}`,
      op: byOwner('digest', memberId(MANAGER)),
      schema: 1,
      data: { ...(item['data'] as object), contents: packed },
    } as never);

    const [digest] = await kept(firm);

    expect(digest!.contents).toMatchObject({ ...old, opportunities: [], orders: [], risks: [], amounts: {} });
    expect(digest!.contents.people[0]).toMatchObject({ newLeads: 2, orders: 0, overdue: 0 });
    expect(
      digestMail(digest!, {
        memberId: memberId(MANAGER),
        name: 'Mona',
        locale: 'en',
        workspace: { name: 'N' },
        shape: NO_SHAPE,
        site: SITE,
      }).text,
    ).toContain('Han: Leads 2');
  });
});
