import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { findBarriers } from '../support/page.ts';
import { eventually, focus, ME, open, page, path, sent, server, tea } from './customersVisit.ts';

describe('a form', () => {
  it('makes a record with its own fields, by keys alone', async () => {
    await open('/customers/new');
    await page.getByLabel('Name').focus();
    await page.keyboard.type('Harbour Foods');
    await page.keyboard.press('Tab');
    await page.keyboard.type('+49 40 123456');
    await page.keyboard.press('Tab');
    await page.getByLabel('Tea grade').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 1, name: 'Harbour Foods' }).waitFor();

    expect(sent('POST')[0]!.body).toMatchObject({ name: 'Harbour Foods', phones: ['+49 40 123456'], x_grade: 'first', ownerId: ME });
    await page.goBack();
    expect(path()).not.toBe('/customers/new');
  });

  it('says all that is wrong at once, each at its field, and goes to the first', async () => {
    await open('/customers/new');
    await page.getByLabel('E-mails').fill('nonsense');
    await page.getByLabel('Website').fill('javascript:alert(1)');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Please fill this in').waitFor();
    await page.getByText('This is not an e-mail address').waitFor();
    await page.getByText('This is not a web address').waitFor();

    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.textContent)).toContain('Name');
    expect(await findBarriers(page)).toEqual([]);
    expect(sent('POST')).toEqual([]);
  });

  it('warns of a possible duplicate, leads to it, and creates anyway', async () => {
    await open('/customers/new');
    await page.getByLabel('Name').fill('Tea House Two');
    await page.getByLabel('Phones').fill('+86 138 0013 8000');
    await page.getByRole('button', { name: 'Create' }).click();
    const twin = page.getByRole('link', { name: 'Qingshan Tea House' });
    await twin.waitFor();
    expect(await twin.getAttribute('href')).toBe(`/customers/${tea.id}`);
    await page.getByRole('button', { name: 'Create anyway' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tea House Two' }).waitFor();

    const [first, second] = sent('POST');
    expect(second!.query.get('allowDuplicate')).toBe('true');
    expect((second!.body as AnyRecord).id).toBe((first!.body as AnyRecord).id);
  });

  it('of a record that belongs to another starts with it', async () => {
    await open(`/customers/${tea.id}`);
    await page.getByRole('link', { name: 'New contact' }).click();
    await page.getByRole('heading', { level: 1, name: 'New contact' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Customer' }).inputValue()).toBe('Qingshan Tea House');
    await page.getByLabel('Name').fill('Han Meimei');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'Han Meimei' }).waitFor();

    expect(sent('POST')[0]!.body).toMatchObject({ name: 'Han Meimei', customerId: tea.id });
  });

  it('that was open while somebody else changed the same field asks whose value counts', async () => {
    await open(`/customers/${tea.id}/edit`);
    await page.getByLabel('Name').fill('Green Mountain Tea');
    server.change('customer', tea.id, { name: 'Black Mountain Tea', size: 'large' });
    await focus();
    await page.getByRole('heading', { level: 1, name: 'Black Mountain Tea' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Black Mountain Tea was changed in the meantime' });
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('heading', { level: 1, name: 'Green Mountain Tea' }).waitFor();

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Green Mountain Tea', size: 'large' });
  });

  it('of a change sends what was changed and nothing else', async () => {
    await open(`/customers/${tea.id}/edit`);
    await page.getByLabel('Name').fill('Green Mountain Tea');
    await page.getByRole('button', { name: 'Remove info@tea.example' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Green Mountain Tea' }).waitFor();

    expect(sent('PATCH')[0]!.body).toEqual({ name: 'Green Mountain Tea', emails: null });
  });

  it('asks before what was typed is lost', async () => {
    await open('/customers/new');
    await page.getByLabel('Name').fill('Harbour Foods');
    await page.getByRole('button', { name: 'Cancel' }).click();
    const question = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await question.getByText('Leave without saving?').waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(path()).toBe('/customers/new');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await question.getByRole('button', { name: 'Leave' }).click();

    await eventually(path).toBe('/customers');
  });
});
