import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
let leadId = '';
let harbour = '';
let formId = '';

beforeEach(() => {
  const { records } = visit.api;
  harbour = records.add('customer', { name: 'Harbour Foods', emails: ['office@harbour.example'] }).id;
  formId = records.add('webForm', { name: 'Price enquiry', language: 'en', active: true, consentText: 'You may call me.' }).id;
  leadId = records.add('lead', {
    name: 'Li Lei',
    company: 'Lotus Tea House',
    status: 'new',
    phones: ['+8613800138000'],
    emails: ['lilei@mail.example'],
    source: 'webForm',
    webFormId: formId,
  }).id;
  records.add('submission', {
    who: 'Li Lei',
    webFormId: formId,
    leadId,
    outcome: 'created',
    page: 'https://tea.example/contact',
    payload: { name: 'Li Lei', email: 'lilei@mail.example', message: '<b>Prices</b>, please', consent: 'yes' },
  });
  records.add('submission', { webFormId: formId, outcome: 'refused', reason: 'trap', payload: {} });
});

/** Converts as the server does: a new customer unless one is named, refused once where it may be there already. */
function convert(twin?: string): void {
  const { records } = visit.api;
  visit.command = ({ method, path, body }) => {
    if (method !== 'POST' || path !== `leads/${leadId}/convert`) return undefined;
    const { customer, contact, opportunity, allowDuplicate } = body as {
      customer: { id?: string; name?: string };
      contact: { id?: string } | false;
      opportunity?: object;
      allowDuplicate: boolean;
    };
    if (twin && !customer.id && !allowDuplicate)
      return {
        status: 409,
        body: { code: 'duplicate.possible', params: { field: 'emails', existing: { id: twin, title: 'Harbour Foods' } } },
      };
    const made = customer.id ? records.get('customer', customer.id)! : records.add('customer', customer);
    const person =
      contact && (contact.id ? records.get('contact', contact.id)! : records.add('contact', { ...contact, customerId: made.id }));
    const deal = opportunity && records.add('opportunity', { outcome: 'open', ...opportunity, customerId: made.id });
    const lead = records.change(
      'lead',
      leadId,
      { status: 'converted', customerId: made.id, convertedAt: '2026-11-22T06:00:00.000Z' },
      'mem_1',
    );
    return { body: { lead, customer: made, ...(person ? { contact: person } : {}), ...(deal ? { opportunity: deal } : {}) } };
  };
}
const sent = () => visit.asked('POST', `leads/${leadId}/convert`);
const openDialog = async (): Promise<void> => {
  await visit.open(`/leads/${leadId}`);
  await visit.page.getByRole('button', { name: 'Convert' }).click();
  await visit.page.getByRole('dialog').waitFor();
};
const press = (name: string): Promise<void> => visit.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

describe('pages of leads and forms', () => {
  const pages = ['lead', '/web-forms', 'form', '/web-forms/new'];
  it.each(LOOKS.flatMap(([name, look]) => pages.map((at) => [at, name, look] as const)))(
    '%s is without barriers and as wide as the screen, %s',
    async (at, _name, look) => {
      await visit.open(at === 'lead' ? `/leads/${leadId}` : at === 'form' ? `/web-forms/${formId}` : at, look);
      if (at === 'lead') await visit.page.getByText('tea.example/contact').waitFor();
      if (at === 'form') await visit.page.locator('pre').waitFor();

      expect(await findBarriers(visit.page)).toEqual([]);
      if (!look.phone) return;
      await visit.page.setViewportSize({ width: 320, height: 640 });
      expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    },
  );
});

describe('converting a lead', () => {
  it('makes the customer and the contact that the dialog shows', async () => {
    convert();
    await openDialog();
    expect(await findBarriers(visit.page)).toEqual([]);
    expect(await visit.page.getByLabel('Customer name').inputValue()).toBe('Lotus Tea House');
    await visit.page.getByText('Carried over: +86 138 0013 8000, lilei@mail.example').waitFor();

    await visit.page.getByLabel('Customer name').fill('Lotus Tea Houses');
    await visit.page.getByRole('textbox', { name: 'Position' }).fill('Buyer');
    await press('Convert');
    await visit.page.getByText('Lotus Tea Houses is a customer now.').waitFor();

    expect(sent().map(({ body, headers }) => [headers['if-match'], body])).toEqual([
      [
        '1',
        {
          customer: { name: 'Lotus Tea Houses', form: 'organisation' },
          contact: { name: 'Li Lei', position: 'Buyer' },
          allowDuplicate: false,
        },
      ],
    ]);
    await visit.page.getByRole('heading', { name: 'Lotus Tea Houses' }).waitFor();
    expect(visit.at()).toMatch(/^\/customers\/cus_/);
  });

  it('goes on with the customer it may be already, and with nobody twice', async () => {
    visit.api.records.change('customer', harbour, { phones: ['+8613800138000'] });
    convert();
    await openDialog();
    await visit.page.getByText('Harbour Foods looks like the same customer.').waitFor();
    await press('Use this one');
    await visit.page.getByLabel('No contact').check();
    await press('Convert');
    await visit.page.getByText('The lead now belongs to Harbour Foods.').waitFor();

    expect(sent()[0]!.body).toEqual({ customer: { id: harbour }, contact: false, allowDuplicate: false });
    await expect.poll(() => visit.at()).toBe(`/customers/${harbour}`);
  });

  it('makes a deal as well, where the lead says what it wants, and goes on there', async () => {
    visit.api.records.change('lead', leadId, { interest: '50 kg a month' });
    convert();
    await openDialog();
    const title = visit.page.getByRole('textbox', { name: 'Title' });
    expect(await title.inputValue()).toBe('Lotus Tea House · 50 kg a month');
    await visit.page.getByRole('textbox', { name: 'Expected amount' }).fill('12,000');
    await visit.page.getByRole('combobox', { name: 'Stage' }).click();
    await visit.page.getByRole('option', { name: 'Interest shown' }).click();
    expect(await findBarriers(visit.page)).toEqual([]);
    await press('Convert');
    await visit.page.getByRole('heading', { level: 1, name: 'Lotus Tea House · 50 kg a month' }).waitFor();

    expect(sent()[0]!.body).toMatchObject({
      opportunity: { title: 'Lotus Tea House · 50 kg a month', stage: 'interest', amount: { minor: 1_200_000, currency: 'CNY' } },
    });
  });

  it('goes on with a contact that is there already', async () => {
    const { id } = visit.api.records.add('contact', { name: 'Lei Li', customerId: harbour });
    convert();
    await openDialog();
    await visit.page.getByLabel('Existing customer').check();
    await visit.page.getByLabel('Which customer').fill('harb');
    await visit.page.getByRole('option', { name: /Harbour Foods/ }).click();
    await visit.page.getByLabel('Existing contact').check();
    await visit.page.getByRole('combobox', { name: 'Which contact' }).click();
    await visit.page.getByRole('option', { name: 'Lei Li' }).click();
    await press('Convert');
    await visit.page.getByText('The lead now belongs to Harbour Foods.').waitFor();

    expect(sent()[0]!.body).toEqual({ customer: { id: harbour }, contact: { id }, allowDuplicate: false });
  });

  it('warns of a duplicate and takes no for an answer', async () => {
    convert(harbour);
    await openDialog();
    await press('Convert');
    await visit.page.getByText('Harbour Foods has the same phone or e-mail.').waitFor();
    await press('Convert anyway');
    await visit.page.getByText('Lotus Tea House is a customer now.').waitFor();

    expect(sent().map(({ body }) => (body as { allowDuplicate: boolean }).allowDuplicate)).toEqual([false, true]);
  });

  it('asks for a customer where one is to be chosen', async () => {
    await openDialog();
    await visit.page.getByLabel('Existing customer').check();
    await press('Convert');
    await visit.page.getByText('Please fill this in').waitFor();

    await visit.page.getByLabel('Which customer').fill('harb');
    await visit.page.getByRole('option', { name: /Harbour Foods/ }).click();
    convert();
    await press('Convert');
    await visit.page.getByText('The lead now belongs to Harbour Foods.').waitFor();
  });

  it('says what the server refuses, and keeps what was typed', async () => {
    visit.command = ({ path }) => (path.endsWith('/convert') ? { status: 409, body: { code: 'lead.converted', params: {} } } : undefined);
    await openDialog();
    await visit.page.getByLabel('Customer name').fill('Another');
    await press('Convert');

    await visit.page.getByRole('alert').getByText('This lead is a customer already.').waitFor();
    expect(await visit.page.getByLabel('Customer name').inputValue()).toBe('Another');
  });

  it('needs no mouse', async () => {
    convert();
    await visit.open(`/leads/${leadId}`);
    const { page } = visit;
    await page.getByRole('button', { name: 'Convert' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('By keys');
    await page.keyboard.press('Enter');
    await page.getByText('By keys is a customer now.').waitFor();

    expect(sent()).toHaveLength(1);
  });

  it('is not offered to who may not', async () => {
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'viewer')!.rights;
    await visit.open(`/leads/${leadId}`);
    await visit.page.getByRole('heading', { name: 'Li Lei' }).waitFor();

    expect(await visit.page.getByRole('button', { name: 'Convert' }).count()).toBe(0);
  });

  it('leaves what happened in the timeline of the customer, beside its own', async () => {
    const row = { id: '1.created', code: 'record.created', at: '2026-03-01T06:00:00.000Z' };
    const items = [
      { ...row, params: { type: 'customer' } },
      { ...row, params: { type: 'lead' } },
    ];
    visit.command = ({ path }) => (path === `customers/${harbour}/timeline` ? { body: { items } } : undefined);
    await visit.open(`/customers/${harbour}`);

    await visit.page.getByText('Customer created').waitFor();
    await visit.page.getByText('Lead created').waitFor();
  });

  it('is over for a lead that became a customer, which says where it went', async () => {
    visit.api.records.change('lead', leadId, { status: 'converted', customerId: harbour, convertedAt: '2026-03-01T06:00:00.000Z' });
    await visit.open(`/leads/${leadId}`);
    await visit.page.getByText(/^Converted into Harbour Foods, 1 Mar 2026/).waitFor();
    expect(await visit.page.getByRole('button', { name: 'Convert', exact: true }).count()).toBe(0);

    await visit.page.getByRole('link', { name: 'Open customer' }).click();

    await visit.page.getByRole('heading', { name: 'Harbour Foods' }).waitFor();
  });
});

describe('a lead', () => {
  it('is taken up from its menu, which can be taken back', async () => {
    await visit.open(`/leads/${leadId}`);
    await visit.page.getByRole('button', { name: 'More', exact: true }).click();
    await visit.page.getByRole('menuitem', { name: 'Take up' }).click();
    await expect.poll(() => visit.api.records.get('lead', leadId)!['status']).toBe('working');

    await visit.page.getByRole('button', { name: 'Undo' }).click();

    await expect.poll(() => visit.api.records.get('lead', leadId)!['status']).toBe('new');
  });

  it('shows word for word what was sent, as text', async () => {
    await visit.open(`/leads/${leadId}`);

    await visit.page.getByText('<b>Prices</b>, please').waitFor();
    await visit.page.getByText('tea.example/contact').waitFor();
  });
});

describe('web forms', () => {
  it('say what they are for while there is none', async () => {
    visit.api.records.remove('webForm', formId);
    await visit.open('/web-forms');

    await visit.page.getByText('No forms yet').waitFor();
  });

  it('are listed with what came in', async () => {
    await visit.open('/web-forms');

    await expect.poll(() => visit.page.getByRole('link', { name: /Price enquiry/ }).textContent()).toMatch(/Open\s*2 submissions/);
  });

  it('are made of the questions somebody ticks, in his order', async () => {
    await visit.open('/web-forms/new');
    await visit.page.getByRole('button', { name: 'Create form' }).click();
    await visit.page.getByText('Please fill this in').waitFor();

    await visit.page
      .getByLabel('Name *')
      .or(visit.page.getByRole('textbox', { name: /^Name/ }))
      .first()
      .fill('Fair');
    await visit.page.getByLabel('Company', { exact: true }).uncheck();
    await visit.page.getByLabel('Interested in', { exact: true }).check();
    await visit.page.getByLabel('Phone must be filled in').check();
    await visit.page.getByRole('button', { name: 'Move Phone up' }).click();
    await visit.page.getByLabel('Thanks page').fill('tea.example/thanks');
    await visit.page.getByRole('button', { name: 'Create form' }).click();
    await visit.page.getByText('This is not a web address').waitFor();
    await visit.page.getByLabel('Thanks page').fill('https://tea.example/thanks');
    await visit.page.getByRole('button', { name: 'Create form' }).click();
    await visit.page.getByText('The form is ready.').waitFor();

    const made = visit.api.records.all('webForm').at(-1)!;
    expect(made).toMatchObject({
      name: 'Fair',
      language: 'en',
      active: true,
      redirectUrl: 'https://tea.example/thanks',
      fields: [
        { to: 'name', required: true },
        { to: 'phones', required: true },
        { to: 'emails', required: true },
        { to: 'message' },
        { to: 'interest' },
      ],
    });
    await expect.poll(() => visit.at()).toBe(`/web-forms/${made.id}`);
  });

  it('give their code to the clipboard', async () => {
    await visit.open(`/web-forms/${formId}`);
    await visit.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await visit.page.getByRole('button', { name: 'Copy code' }).click();
    await visit.page.getByRole('button', { name: 'Copied' }).waitFor();

    const code = await visit.page.evaluate(() => navigator.clipboard.readText());
    expect(code).toContain(`<form action="${visit.site.url}/api/v1/public/forms/${formId}" method="post"`);
    expect(code).toContain('You may call me.');
  });

  it('are shown as visitors will see them', async () => {
    await visit.open(`/web-forms/${formId}`);
    await visit.page.getByRole('tab', { name: 'Preview' }).click();

    await visit.page.getByRole('img', { name: 'A form that asks for Name, E-mail, Phone, Company and Message' }).waitFor();
  });

  it('are paused and taken up again', async () => {
    await visit.open(`/web-forms/${formId}`);
    await visit.page.getByRole('button', { name: 'Pause' }).click();
    await visit.page.getByText('The form is paused.').waitFor();
    expect(visit.api.records.get('webForm', formId)!['active']).toBe(false);

    await visit.page.getByRole('button', { name: 'Resume' }).click();
    await visit.page.getByText('The form is open again.').waitFor();

    expect(visit.api.records.get('webForm', formId)!['active']).toBe(true);
  });

  it('are not left with changes unsaved, without a question', async () => {
    await visit.open(`/web-forms/${formId}`);
    await visit.page.getByLabel('Consent text').fill('Something else');
    await visit.page.getByRole('link', { name: 'Digests' }).click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

    expect(visit.at()).toBe(`/web-forms/${formId}`);
    expect(await visit.page.getByLabel('Consent text').inputValue()).toBe('Something else');
  });

  it('can be read and not changed by who only sells', async () => {
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'sales')!.rights;
    await visit.open(`/web-forms/${formId}`);
    await visit.page.locator('pre').waitFor();

    expect(await visit.page.getByLabel('Consent text').isDisabled()).toBe(true);
    expect(await visit.page.getByRole('button', { name: /Save|Pause/ }).count()).toBe(0);
  });

  it('that are gone say so', async () => {
    await visit.open('/web-forms/frm_gone');

    await visit.page.getByText('This form was not found').waitFor();
  });
});
