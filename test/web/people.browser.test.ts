import { expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { LOOKS } from '../support/visit.ts';
import { eventually, open, page, sent, server, tea } from './customersVisit.ts';

const panel = () => page.getByRole('region', { name: 'Contacts' });
const shown = (): Promise<string[]> =>
  page.locator('section:is([aria-label="Contacts"], [aria-label="联系人"]) a span.truncate.font-medium').allTextContents();

function addPeople(): void {
  const head = server.add('contact', { name: 'Chen Jie', customerId: tea.id, position: 'Director', department: 'Purchasing' });
  const buyer = server.add('contact', { name: 'Zhou Min', customerId: tea.id, reportsToId: head.id });
  server.add('contact', { name: 'Bai Yu', customerId: tea.id, reportsToId: buyer.id });
}

it('shows who reports to whom, folded and unfolded by keys, and who stands in no line', async () => {
  addPeople();
  await open(`/customers/${tea.id}`);
  await eventually(shown).toEqual(['Chen Jie', 'Zhou Min', 'Bai Yu', 'Li Lei']);
  await panel().getByText('Director · Purchasing').waitFor();
  await panel().getByRole('heading', { name: 'In no line' }).waitFor();

  const toggle = panel().getByRole('button', { name: 'People who report to Chen Jie' });
  await toggle.press('ArrowLeft');
  await eventually(shown).toEqual(['Chen Jie', 'Li Lei']);
  expect(await toggle.getAttribute('aria-expanded')).toBe('false');
  await toggle.press('ArrowRight');

  await eventually(shown).toHaveLength(4);
});

it('is changed by saying to whom somebody reports, among the customer’s own people', async () => {
  addPeople();
  server.add('contact', { name: 'Chen of another firm', customerId: 'cus_other' });
  await open(`/customers/${tea.id}`);
  await panel().getByRole('button', { name: 'Whom Li Lei reports to' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill('chen');
  await eventually(() => page.getByRole('option').count()).toBe(1);
  await page.getByRole('option', { name: 'Chen Jie' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();

  await eventually(shown).toEqual(['Chen Jie', 'Li Lei', 'Zhou Min', 'Bai Yu']);
  expect(sent('PATCH')).toHaveLength(1);
});

it('says where somebody would come to stand below himself', async () => {
  addPeople();
  await open(`/customers/${tea.id}`);
  const issues = [{ field: 'reportsToId', code: 'ref.loop', params: { path: '' } }];
  await page.route('**/api/v1/contacts/*', (route) =>
    route.request().method() === 'PATCH'
      ? route.fulfill({ status: 400, json: { code: 'input.invalid', status: 400, issues } })
      : route.fallback(),
  );
  await panel().getByRole('button', { name: 'Whom Chen Jie reports to' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill('bai');
  await page.getByRole('option', { name: 'Bai Yu' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();

  await dialog.getByText('This would put it below itself.').waitFor();
});

it.each(LOOKS)('bars nobody: %s', async (_name, look) => {
  addPeople();
  await open(`/customers/${tea.id}`, look);
  await eventually(shown).toHaveLength(4);

  expect(await findBarriers(page)).toEqual([]);
});
