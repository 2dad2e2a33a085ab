import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { planChurnStep, type ChurnStep } from '../../shared/insight/churnHandling.ts';
import { addDays, localDay, toInstant } from '../../shared/kernel/dates.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
/** As the pages' zone has it. */
const TODAY = localDay(toInstant(Date.now()), 'Asia/Shanghai');
const daysAgo = (days: number): string => addDays(TODAY, -days);
let harbour: AnyRecord;
let late: AnyRecord;

function warn(name: string, values: Values, ownerId = 'mem_1'): AnyRecord {
  const customer = visit.api.records.add('customer', { name }, { ownerId });
  const status = { reason: 'rhythm', status: 'open', medianGapDays: 10, ...values };
  return visit.api.records.add('churnWarning', { name, customerId: customer.id, silentDays: 16, ...status }, { ownerId });
}

beforeEach(() => {
  const { records } = visit.api;
  records.add('member', { name: 'Lin Wang', email: 'lin@tea.example', status: 'active' }, { id: 'mem_1' });
  late = warn('Harbour Foods', { lastOrderOn: daysAgo(18), valueAtRisk: { minor: 480_000, currency: 'CNY' } });
  harbour = records.get('customer', String(late['customerId']))!;
  warn('Small Shop', {
    reason: 'silence',
    medianGapDays: undefined,
    lastOrderOn: daysAgo(95),
    valueAtRisk: { minor: 9_900, currency: 'CNY' },
  });
  warn('Sleeping Bear', { status: 'snoozed', snoozedUntil: addDays(TODAY, 5), lastOrderOn: daysAgo(40) });
  warn('Back Again', { status: 'closed', outcome: 'boughtAgain', lastOrderOn: daysAgo(60) });
  // The server decides by the product's own rule.
  visit.command = ({ method, path, body }) => {
    const [, id = '', kind = ''] = /^churn-warnings\/([^/]+)\/(\w+)$/.exec(path) ?? [];
    if (method !== 'POST' || !id) return undefined;
    const change = planChurnStep(records.get('churnWarning', id)!, { kind, ...(body as object) } as ChurnStep, TODAY);
    return { body: records.change('churnWarning', id, change, 'mem_1') };
  };
});
const customersIn = (name: string) => visit.page.getByRole('region', { name }).getByRole('heading', { level: 3 });
const rowOf = (name: string) => visit.page.getByRole('listitem').filter({ has: visit.page.getByRole('heading', { name }) });
const stands = () => visit.api.records.get('churnWarning', late.id)!;

describe('the page of churn warnings', () => {
  it.each(LOOKS)('is without barriers and as wide as the screen, %s', async (_name, look) => {
    await visit.open('/churn', look);
    await visit.page.getByText('Harbour Foods').waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
    if (!look.phone) return;
    await visit.page.setViewportSize({ width: 320, height: 640 });
    expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  it('shows who may be lost, the dearest first, with why, since when and what to do', async () => {
    await visit.open('/churn');
    await expect.poll(() => customersIn('To win back').allTextContents()).toEqual(['Harbour Foods', 'Small Shop']);

    const row = await rowOf('Harbour Foods').textContent();
    expect(row).toContain('Buys every 10 days as a rule, silent for 18 days.');
    expect(row).toMatch(/Last order .* · Lin Wang/);
    expect(row).toMatch(/CN¥4,800\.00/);
    expect(row).toContain('Next step: call');
    expect(await rowOf('Small Shop').textContent()).toContain('Nothing bought for 95 days.');
    expect(await customersIn('Snoozed').allTextContents()).toEqual(['Sleeping Bear']);
    expect(await visit.page.getByText('Back Again').count()).toBe(0);
    await visit.page.getByText(/CN¥4,899\.00 of yearly orders at risk/).waitFor();
  });

  it('lets somebody take care of one, and take that back', async () => {
    await visit.open('/churn');
    await rowOf('Harbour Foods').getByRole('button', { name: 'I’ll take care of it' }).click();
    await rowOf('Harbour Foods').getByText('Taken up').waitFor();
    expect(stands()['status']).toBe('acknowledged');
    await visit.page.getByRole('button', { name: 'Undo' }).click();

    await rowOf('Harbour Foods').getByRole('button', { name: 'I’ll take care of it' }).waitFor();
    expect(stands()['status']).toBe('open');
  });

  it('puts one off for a week, and brings it back', async () => {
    await visit.open('/churn');
    await rowOf('Harbour Foods').getByRole('button', { name: 'Snooze' }).click();
    await visit.page.getByRole('menuitem', { name: 'For a week' }).click();
    await expect.poll(() => customersIn('Snoozed').allTextContents()).toEqual(['Harbour Foods', 'Sleeping Bear']);
    expect(stands()).toMatchObject({ status: 'snoozed' });
    await rowOf('Harbour Foods').getByRole('button', { name: 'Bring back' }).click();

    await expect.poll(() => customersIn('To win back').allTextContents()).toEqual(['Harbour Foods', 'Small Shop']);
  });

  it('asks how it ended, by keys too', async () => {
    await visit.open('/churn');
    await rowOf('Harbour Foods').getByRole('button', { name: 'Outcome…' }).click();
    const dialog = visit.page.getByRole('dialog', { name: 'How did it end with Harbour Foods?' });
    await dialog.getByRole('radio', { name: 'Lost' }).check();
    await dialog.getByLabel('What was the reason?').fill('Moved to a roaster next door');
    await visit.page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });

    await expect.poll(() => customersIn('To win back').allTextContents()).toEqual(['Small Shop']);
    expect(stands()).toMatchObject({ status: 'closed', outcome: 'lost', note: 'Moved to a roaster next door' });
  });

  it('leads to the customer, whose page says the same', async () => {
    await visit.open('/churn');
    await visit.page.getByRole('link', { name: 'Harbour Foods' }).click();
    const notice = visit.page.getByRole('status').filter({ hasText: 'silent for 18 days' });
    await notice.getByRole('button', { name: 'I’ll take care of it' }).click();

    expect(visit.at()).toBe(`/customers/${harbour.id}`);
    await expect.poll(() => stands()['status']).toBe('acknowledged');
  });

  it('offers nothing to who may only read', async () => {
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'viewer')!.rights;
    await visit.open('/churn');
    await visit.page.getByText('Harbour Foods').waitFor();

    expect(await visit.page.getByRole('button', { name: /I’ll take care|Outcome/ }).count()).toBe(0);
  });

  it('is kind where nobody is about to leave', async () => {
    for (const { id } of visit.api.records.all('churnWarning')) visit.api.records.remove('churnWarning', id);
    await visit.open('/churn');

    await visit.page.getByText('Nobody is about to leave').waitFor();
  });
});
