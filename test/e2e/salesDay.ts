import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addDays, localDay, localInstant, localTime, toInstant, toMs } from '../../shared/kernel/dates.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { STAGES } from '../../shared/sales/stages.ts';
import { firm } from '../../infra/local/demo/people.ts';
import { apiOf, enter, host, lookAgain, mailOf, openStranger, readMail, setClock } from './stage.ts';

const nowIn = (zone: string) => localDay(toInstant(host.clock.now()), zone);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const inDialog = (page: Page, name: string | RegExp) =>
  page.getByRole('dialog').getByRole('button', { name, exact: typeof name === 'string' });

/** A working day of a seller and his manager, in the order in which it happens; each part goes on from the one before. */
export function describeSalesDay(): void {
  let tom: Page;
  let customerId: string;

  it('takes a lead through all ten stages to an order', async () => {
    tom = await enter('tom', { locale: 'en-GB' });
    const api = apiOf(tom);
    const lead = await api<AnyRecord>('POST', 'leads', { name: 'Priya Nair', company: 'Nair Bakeries', emails: ['priya@nair.test'] });
    await tom.goto(`${host.url}/leads/${lead.id}`);
    await button(tom, 'Convert').click();
    const dialog = tom.getByRole('dialog');
    await dialog.getByRole('switch', { name: 'Also create an opportunity' }).click();
    await dialog.getByLabel('Title').last().fill('Coffee for eight bakeries');
    await dialog.getByLabel('Expected amount').fill('48000');
    await inDialog(tom, 'Convert').click();
    await tom.waitForURL(/\/opportunities\/opp_/);
    await tom.getByRole('heading', { name: 'Coffee for eight bakeries' }).waitFor();

    const opportunityId = new URL(tom.url()).pathname.split('/').at(-1)!;
    const open = STAGES.filter(({ means }) => means === 'open').slice(1);
    const dealNow = () => api<AnyRecord>('GET', `opportunities/${opportunityId}`);
    for (const { key, label } of open) {
      await button(tom, label.en).click();
      await button(tom, label.en).and(tom.locator('[aria-current="step"]')).waitFor();
      // Of moves that wait to be sent only the last is: each is to reach the server here.
      await expect.poll(async () => (await dealNow())['stage']).toBe(key);
    }
    await button(tom, 'Contract signed').click();
    await tom.getByRole('dialog').getByText('Well done.').waitFor();
    await inDialog(tom, 'Product quality').click();
    await inDialog(tom, 'Mark as won').click();
    await tom.getByText('Coffee for eight bakeries is won.').waitFor();

    await button(tom, 'Create order').click();
    await tom.waitForURL(/\/orders\/ord_/);
    await button(tom, 'Confirm order').click();
    await tom.getByText(/is confirmed\./).waitFor();

    const stays = async () =>
      (await api<{ items: { stage: string; ended?: string }[] }>('GET', `opportunities/${opportunityId}/stages`)).items;
    // The last of them ended with the win; after that it stays nowhere.
    await expect.poll(async () => (await stays()).at(-1)?.ended).toBe('won');
    expect((await stays()).map(({ stage }) => stage)).toEqual(STAGES.filter(({ means }) => means === 'open').map(({ key }) => key));
    const { orderIds, customerId: at } = await dealNow();
    customerId = String(at);
    const order = await api<AnyRecord>('GET', `orders/${(orderIds as string[])[0]}`);
    expect(order).toMatchObject({ status: 'confirmed', opportunityId, total: { minor: 4_800_000, currency: 'CNY' } });
  }, 120_000);

  it('logs a call in two taps on a phone', async () => {
    const phone = await enter('tom', { phone: true, locale: 'en-GB' });
    await phone.goto(`${host.url}/customers/${customerId}`);
    await phone.getByRole('heading', { name: 'Nair Bakeries' }).waitFor();

    await button(phone, /^Log/).tap();
    await inDialog(phone, 'Phone call').tap();

    await phone.getByText('Phone call logged').first().waitFor();
    await expect
      .poll(async () => {
        const { items } = await apiOf(phone)<{ items: { code: string }[] }>('GET', `customers/${customerId}/timeline`);
        return items.map(({ code }) => code).filter((code) => code.startsWith('activity'));
      })
      .toHaveLength(1);
  }, 120_000);
}

/** Part two, on later days: what reminders, warnings and the week's digest tell. */
export function describeLaterDays(): void {
  it('is reminded by mail of what he has planned', async () => {
    const tom = await enter('tom', { locale: 'en-GB' });
    const api = apiOf(tom);
    const { items: customers } = await api<{ items: AnyRecord[] }>('GET', 'customers?limit=200');
    const nair = customers.find(({ name }) => name === 'Nair Bakeries')!;
    await tom.goto(`${host.url}/customers/${nair.id}`);
    await tom.getByRole('heading', { name: 'Nair Bakeries' }).waitFor();
    await button(tom, 'Plan').click();
    const dialog = tom.getByRole('dialog');
    await dialog.getByLabel('Subject').fill('Taste the autumn blend');
    await dialog.getByText('Tomorrow').click();
    await dialog.getByRole('combobox', { name: 'Reminder' }).click();
    await tom.getByRole('option', { name: /^10 min/ }).click();
    await dialog.getByRole('combobox', { name: 'How' }).click();
    await tom.getByRole('option', { name: 'Both' }).click();
    await inDialog(tom, 'Plan').click();
    await tom
      .getByText(/Planned for/)
      .first()
      .waitFor();

    const { items } = await api<{ items: AnyRecord[] }>('GET', 'activities?limit=200');
    const planned = items.find(({ subject }) => subject === 'Taste the autumn blend')!;
    expect(planned).toMatchObject({ remindMinutes: 10, remindBy: 'both', customerId: nair.id });
    // The stream has read it by then, and so armed its reminder.
    await expect
      .poll(async () => {
        const { items: rows } = await api<{ items: { id: string }[] }>('GET', `customers/${nair.id}/timeline`);
        return rows.some(({ id }) => id.includes(planned.id));
      })
      .toBe(true);
    await setClock(toInstant(toMs(String(planned['plannedStart'])) - 10 * 60_000));

    // Should the tick have been a moment too early, the next one comes in a minute.
    await expect
      .poll(() => host.mail.list({ to: mailOf('tom') }).map(({ subject }) => subject), { timeout: 90_000 })
      .toContain('Reminder: Taste the autumn blend');
    const reader = await openStranger();
    const mail = await readMail(reader, mailOf('tom'), /Reminder/);
    await mail.getByText('Taste the autumn blend').first().waitFor();
    await mail
      .getByText(localTime(String(planned['plannedStart']), firm.zone))
      .first()
      .waitFor();
  }, 180_000);

  it('is warned of a customer who fades, and reads of the whole week on Monday', async () => {
    const tom = await enter('tom', { locale: 'en-GB' });
    const api = apiOf(tom);
    const today = nowIn(firm.zone);
    const fading = await api<AnyRecord>('POST', 'customers', { name: 'Quiet Corner Café' });
    // A customer who buys every four days, and has not for five: in two days that will be too long.
    for (const days of [17, 13, 9, 5]) {
      const lines = [{ id: 'l1', name: 'House blend', quantity: '500', unitPrice: 12_000 }];
      const order = await api<AnyRecord>('POST', 'orders', {
        customerId: fading.id,
        orderedOn: addDays(today, -days),
        lines,
        currency: 'CNY',
      });
      await api('POST', `orders/${order.id}/confirm`, {}, order.version);
    }
    const monday = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((days) => addDays(today, days)).find((day, i) => i >= 2 && isMonday(day))!;
    await setClock(localInstant(addDays(monday, -1), '09:00', firm.zone));

    await expect
      .poll(() => host.mail.list({ to: mailOf('tom') }).map(({ subject }) => subject), { timeout: 60_000 })
      .toContainEqual(expect.stringContaining('Quiet Corner Café'));
    await tom.goto(`${host.url}/churn`);
    await lookAgain(tom);
    await tom
      .getByRole('listitem')
      .filter({ hasText: 'Quiet Corner Café' })
      .getByText(/every 4 days|4 days/)
      .first()
      .waitFor();

    const [, month, day] = addDays(monday, -1).split('-').map(Number);
    const weekly = new RegExp(`周报 .*至${month}月${day}日：`);
    await setClock(localInstant(monday, '08:00', firm.zone));
    await expect
      .poll(() => host.mail.list({ to: mailOf('manager') }).map(({ subject }) => subject), { timeout: 60_000 })
      .toContainEqual(expect.stringMatching(weekly));
    const reader = await openStranger({ locale: 'zh-CN' });
    const mail = await readMail(reader, mailOf('manager'), weekly);
    for (const word of ['Quiet Corner Café', 'Coffee for eight bakeries', 'Tom Fletcher']) await mail.getByText(word).first().waitFor();
  }, 180_000);
}

const isMonday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
