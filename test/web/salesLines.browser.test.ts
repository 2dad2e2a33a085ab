import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { findBarriers } from '../support/page.ts';
import { blend, choose, deal, dealNow, dialog, eventually, open, press, tea, visit } from './salesVisit.ts';

const type = (text: string): Promise<void> => visit.page.keyboard.type(text);
const key = (name: string): Promise<void> => visit.page.keyboard.press(name);
const box = (name: string) => dialog().getByRole('textbox', { name, exact: true });

async function openLines(): Promise<void> {
  await open(`/opportunities/${deal.id}`);
  await visit.page.getByRole('button', { name: 'Edit products' }).click();
  await dialog().waitFor();
}

describe('lines', () => {
  it('take name, unit and price from a product, and add up as they are typed', async () => {
    await openLines();
    await press('Add a line');
    await type('house');
    await eventually(() => visit.page.getByRole('option').allTextContents()).toEqual([
      expect.stringMatching(/House blend\s*CN¥128\.00/),
      expect.stringMatching(/house\s*as text/),
    ]);
    await key('Enter');
    await box('Quantity').fill('2.5');
    await box('Discount %').fill('5');
    await box('Tax %').fill('13');
    expect(await box('Unit').inputValue()).toBe('kg');
    await dialog().getByText('CN¥343.52').waitFor();
    expect(await findBarriers(visit.page)).toEqual([]);
    await press('Save');
    await dialog().waitFor({ state: 'detached' });

    expect(dealNow()).toMatchObject({
      lines: [{ productId: blend.id, name: 'House blend', quantity: '2.5', unit: 'kg', unitPrice: 12_800, discount: 500, tax: 1300 }],
      amount: { minor: 30_400, currency: 'CNY' },
    });
    await visit.page.getByText('CN¥304.00').first().waitFor();
  });

  it('are any text, also with less than nothing, by keys alone', async () => {
    await openLines();
    await press('Add a line');
    await type('Coffee machine');
    await key('Tab');
    await box('Price').fill('1000');
    await key('Enter');
    await type('Old machine taken back');
    await key('Tab');
    await box('Quantity').last().fill('-1');
    await box('Price').last().fill('250.5');
    await dialog().getByText('CN¥749.50').waitFor();
    await key('Control+Enter');
    await dialog().waitFor({ state: 'detached' });

    expect((dealNow()['lines'] as AnyRecord[]).map(({ name, quantity, unitPrice }) => [name, quantity, unitPrice])).toEqual([
      ['Coffee machine', '1', 100_000],
      ['Old machine taken back', '-1', 25_050],
    ]);
  });

  it('that are no quantity or have no name are not sent', async () => {
    await openLines();
    await press('Add a line');
    await box('Quantity').fill('two');
    await press('Save');

    expect(await dialog().locator('[aria-invalid="true"]').count()).toBe(2);
    expect(visit.site.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('go, and the focus stays among them', async () => {
    visit.api.records.change('opportunity', deal.id, {
      lines: [
        { id: 'a', name: 'First', quantity: '1', unitPrice: 100 },
        { id: 'b', name: 'Second', quantity: '1', unitPrice: 200 },
      ],
      amount: { minor: 300, currency: 'CNY' },
    });
    await openLines();
    await press('Remove line 1');
    expect(await visit.page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('Second');
    await press('Save');

    await eventually(() => dealNow()['amount']).toEqual({ minor: 200, currency: 'CNY' });
  });

  it('keep their prices as they are read when the currency changes', async () => {
    await open(`/orders/new?customerId=${tea.id}`);
    const { page } = visit;
    await page.getByRole('button', { name: 'Add a line' }).click();
    await type('Beans');
    await key('Tab');
    await page.getByRole('textbox', { name: 'Price', exact: true }).fill('12.30');
    await page.getByRole('combobox', { name: 'Currency' }).click();
    await page.getByRole('option', { name: 'JPY' }).click();
    await page.getByText('¥12', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Create' }).click();

    await eventually(() => visit.api.records.all('order')[0]).toMatchObject({
      currency: 'JPY',
      lines: [{ name: 'Beans', quantity: '1', unitPrice: 12 }],
    });
  });
});

describe('an order', () => {
  const add = (values: Record<string, unknown>): AnyRecord =>
    visit.api.records.add('order', {
      number: 'O-7',
      customerId: tea.id,
      status: 'draft',
      delivery: 'notDelivered',
      payment: 'unpaid',
      currency: 'CNY',
      orderedOn: '2026-03-01',
      lines: [{ id: 'a', name: 'Beans', quantity: '1', unitPrice: 100 }],
      ...values,
    });
  const now = (): AnyRecord => visit.api.records.all('order')[0]!;

  it('is confirmed and closed, each with one press; what was promised stays', async () => {
    await open(`/orders/${add({}).id}`);
    const { page } = visit;
    await page.getByRole('button', { name: 'Edit products' }).waitFor();
    await page.getByRole('button', { name: 'Confirm order' }).click();
    await page.getByText('Order O-7 is confirmed.').waitFor();
    expect(await page.getByRole('button', { name: 'Edit products' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Close order' }).click();

    await page.getByText('Order O-7 is closed.').waitFor();
    expect(now()['status']).toBe('closed');
  });

  it('is delivered and paid independently of each other', async () => {
    await open(`/orders/${add({ status: 'confirmed' }).id}`);
    const { page } = visit;
    await page.getByRole('combobox', { name: 'Payment' }).click();
    await page.getByRole('option', { name: 'Prepaid' }).click();
    await eventually(() => now()['payment']).toBe('prepaid');
    await page.getByRole('combobox', { name: 'Delivery' }).click();
    await page.getByRole('option', { name: 'Partly delivered' }).click();

    await eventually(() => now()).toMatchObject({ delivery: 'partly', payment: 'prepaid', status: 'confirmed' });
  });

  it('is cancelled only after a question', async () => {
    await open(`/orders/${add({}).id}`);
    await choose('Cancel order');
    await press('Cancel');
    expect(now()['status']).toBe('draft');
    await choose('Cancel order');
    await press('Cancel order');

    await eventually(() => now()['status']).toBe('cancelled');
  });

  it('counts among what its customer has bought', async () => {
    const total = (minor: number) => ({ minor, currency: 'CNY' });
    add({ number: 'O-1', status: 'closed', orderedOn: '2025-05-01', total: total(10_000) });
    add({ number: 'O-2', status: 'confirmed', total: total(20_000) });
    add({ number: 'O-3', status: 'confirmed', total: total(30_000) });
    add({ number: 'O-4', status: 'draft', total: total(99_900) });
    await open(`/customers/${tea.id}`);
    const purchases = visit.page.getByRole('region', { name: 'Purchases' });
    await purchases.getByRole('link', { name: /O-4/ }).waitFor();

    expect(await purchases.locator('dl > div').allTextContents()).toEqual([
      expect.stringMatching(/2026\s*2 orders\s*CN¥500\.00/),
      expect.stringMatching(/2025\s*1 order\s*CN¥100\.00/),
    ]);
  });
});
