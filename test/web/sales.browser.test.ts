import { describe, expect, it } from 'vitest';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { findBarriers, type Look } from '../support/page.ts';
import { LOOKS } from '../support/visit.ts';
import { choose, deal, dealNow, dialog, earlier, eventually, MARIA, ME, open, press, tea, visit } from './salesVisit.ts';

const openDeal = (look?: Look): Promise<void> => open(`/opportunities/${deal.id}`, look);

describe('pages of sales', () => {
  const addresses = [
    ['a deal', () => `/opportunities/${deal.id}`, 'House blend'],
    ['a new deal', () => '/opportunities/new', ''],
    ['an order', () => `/orders/${visit.api.records.all('order')[0]!.id}`, 'House blend'],
    ['a customer', () => `/customers/${tea.id}`, 'O-1'],
    ['products', () => '/products', 'House blend'],
  ] as const;

  it.each(LOOKS.flatMap(([name, look]) => addresses.map(([what, at, shown]) => [what, name, at, shown, look] as const)))(
    '%s: without barriers and as wide as the screen, %s',
    async (_what, _name, at, shown, look) => {
      const { records } = visit.api;
      const lines = [{ id: 'l1', name: 'House blend', quantity: '2.5', unit: 'kg', unitPrice: 12_800, discount: 500, tax: 1300 }];
      const people = [{ name: 'Li Lei', roles: ['coach'], attitude: 'supporter', influence: 3 }];
      records.change('opportunity', deal.id, { lines, people, workGroup: [{ memberId: ME, share: 60 }], reasons: ['price'] });
      const total = { minor: 34_352, currency: 'CNY' };
      records.add('order', {
        number: 'O-1',
        customerId: tea.id,
        status: 'confirmed',
        delivery: 'partly',
        payment: 'prepaid',
        orderedOn: '2026-03-01',
        currency: 'CNY',
        lines,
        total,
      });
      await open(at(), look);
      const main = visit.page.locator('main');
      await (shown === '' ? main.locator('form') : main.getByText(shown).filter({ visible: true }).first()).waitFor();

      expect(await findBarriers(visit.page)).toEqual([]);
      if (!look.phone) return;
      await visit.page.setViewportSize({ width: 320, height: 640 });
      expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    },
  );

  it('say what an opportunity is while there is none', async () => {
    visit.api.records.remove('opportunity', deal.id);
    await open('/opportunities');

    await visit.page.getByText('An opportunity is a possible sale').waitFor();
    await visit.page.getByRole('link', { name: 'New opportunity' }).first().waitFor();
  });
});

describe('the path of a deal', () => {
  it('moves it with a press, which can be taken back', async () => {
    await openDeal();
    await visit.page.getByRole('button', { name: 'Demonstration' }).click();
    await eventually(() => dealNow()['stage']).toBe('demonstration');
    await visit.page.getByRole('button', { name: 'Demonstration' }).and(visit.page.locator('[aria-current="step"]')).waitFor();

    await visit.page.getByRole('button', { name: 'Undo' }).click();

    await eventually(() => dealNow()['stage']).toBe('solution');
  });

  it('moves it by keys alone', async () => {
    await openDeal();
    await visit.page.getByRole('toolbar', { name: 'Stage' }).waitFor();
    await visit.page.keyboard.press('s');
    await visit.page.getByRole('option', { name: 'Solution submitted now', selected: true }).waitFor();
    await visit.page.keyboard.press('ArrowDown');
    await visit.page.keyboard.press('ArrowDown');
    await visit.page.keyboard.press('Enter');

    await eventually(() => dealNow()['stage']).toBe('evaluation');
  });

  it('tells how long it took from stage to stage, also after the next move', async () => {
    const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
    const stood = (stage: string, days: number) => ({ ...deal, stage, updatedAt: daysAgo(days) });
    earlier.push(stood('needs', 20), stood('demonstration', 8), stood('solution', 5));
    await openDeal();
    const card = visit.page.getByRole('region', { name: 'Time in each stage' });
    await card.getByText('Open for 20 days.').waitFor();

    const texts = await card.getByRole('listitem').allTextContents();
    expect(texts.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      'Needs elicited 12 days',
      'Solution submitted now 5 days',
      'Demonstration 3 days',
    ]);
    await visit.page.getByRole('button', { name: 'Demonstration' }).click();
    await card
      .locator('[aria-current="step"]')
      .getByText(/^Demonstration/)
      .waitFor();
    await card.getByText('2 stays').waitFor();
  });

  it('is a menu where there is little room', async () => {
    await openDeal({ phone: true });
    await visit.page.getByRole('button', { name: 'Solution submitted' }).click();
    await visit.page.getByRole('menuitemradio', { name: 'Verbal yes' }).click();

    await eventually(() => dealNow()['stage']).toBe('verbalYes');
  });

  it('ends with winning, which asks what decided it', async () => {
    await openDeal();
    await visit.page.getByRole('button', { name: 'Contract signed' }).click();
    await dialog().getByText('Well done.').waitFor();
    expect(await findBarriers(visit.page)).toEqual([]);
    await press('Product quality');
    await press('Mark as won');
    await visit.page.getByText('Coffee corner is won.').waitFor();

    expect(dealNow()).toMatchObject({ outcome: 'won', stage: 'signed', reasons: ['quality'], successRate: 100 });
    await visit.page.getByText('Won on 2 Mar 2026').waitFor();
  });

  it('is only shown to who may not move it', async () => {
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'viewer')!.rights;
    await openDeal();
    await visit.page.getByRole('button', { name: 'Demonstration' }).click({ force: true });

    expect(await visit.page.getByRole('button', { name: /Mark as|Duplicate|Edit/ }).count()).toBe(0);
    expect(visit.site.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });
});

describe('a deal', () => {
  it('of a colleague is copied from the menu, for that is not what one comes for', async () => {
    visit.api.rights = { grants: { sales: { create: 'own', read: 'all' }, customers: { read: 'all' }, structure: { read: 'all' } } };
    const theirs = visit.api.records.add(
      'opportunity',
      { title: 'Theirs', customerId: tea.id, stage: 'needs', outcome: 'open' },
      { ownerId: MARIA },
    );
    await visit.open(`/opportunities/${theirs.id}`);
    await visit.page.getByRole('heading', { name: 'Theirs' }).waitFor();

    expect(await visit.page.getByRole('button', { name: 'Duplicate' }).count()).toBe(0);
    await choose('Duplicate');

    await visit.page.getByText('Theirs was duplicated.').waitFor();
  });

  it('is lost for a reason, and opened again', async () => {
    await openDeal();
    await choose('Mark as lost');
    await press('Mark as lost');
    await dialog().getByText('Please choose at least one reason').waitFor();
    expect(await findBarriers(visit.page)).toEqual([]);
    await press('Price');
    await press('Blue Peak');
    await dialog().getByLabel('Remark').fill('They were cheaper.');
    await press('Mark as lost');
    await visit.page.getByText('Coffee corner is closed as lost.').waitFor();

    expect(visit.asked('POST', `opportunities/${deal.id}/close`).map(({ body, headers }) => [headers['if-match'], body])).toEqual([
      ['1', { outcome: 'lost', reasons: ['price'], lostTo: 'Blue Peak', closeNote: 'They were cheaper.' }],
    ]);
    await visit.page.getByText('Lost at Solution submitted').waitFor();
    await visit.page.getByText('Lost to Blue Peak').waitFor();

    await visit.page.getByRole('button', { name: 'Reopen' }).click();

    await visit.page.getByText('Coffee corner is open again.').waitFor();
    expect(dealNow()).toMatchObject({ outcome: 'open', stage: 'solution' });
  });

  it('says what the server refuses, and keeps what was said', async () => {
    const play = visit.command;
    visit.command = (request) =>
      request.path.endsWith('/close') ? { status: 409, body: { code: 'opportunity.closed', params: { outcome: 'won' } } } : play(request);
    await openDeal();
    await choose('Mark as lost');
    await press('Price');
    await press('Mark as lost');

    await dialog().getByRole('alert').getByText('This opportunity is closed.').waitFor();
    expect(await dialog().getByRole('button', { name: 'Price', exact: true }).getAttribute('aria-pressed')).toBe('true');
  });

  it('that was won becomes an order with one press, and leads to it afterwards', async () => {
    visit.api.records.change('opportunity', deal.id, { outcome: 'won', stage: 'signed', lines: [] });
    await openDeal();
    await visit.page.getByRole('button', { name: 'Create order' }).click();
    await visit.page.getByRole('heading', { level: 1, name: 'O-2026-1' }).waitFor();
    await visit.page.getByRole('link', { name: 'Coffee corner' }).click();
    await visit.page.getByRole('heading', { level: 1, name: 'Coffee corner' }).waitFor();

    await visit.page.getByRole('link', { name: 'Open order' }).click();

    await visit.page.getByRole('heading', { level: 1, name: 'O-2026-1' }).waitFor();
    expect(visit.api.records.all('order')).toHaveLength(1);
  });

  it('is won and ordered in one go', async () => {
    visit.api.records.change('opportunity', deal.id, { lines: [{ id: 'l1', name: 'Beans', quantity: '1', unitPrice: 2_000_000 }] });
    await openDeal();
    await visit.page.getByRole('button', { name: 'Mark as won' }).click();
    await dialog().getByLabel('Also create the order').check();
    await press('Mark as won');

    await visit.page.getByRole('heading', { level: 1, name: 'O-2026-1' }).waitFor();
    expect(dealNow()['outcome']).toBe('won');
  });

  it('is duplicated into another', async () => {
    await openDeal();
    await choose('Duplicate');
    await visit.page.getByText('Coffee corner was duplicated.').waitFor();

    expect(visit.api.records.all('opportunity').map((one) => one['stage'])).toEqual(['solution', 'firstContact']);
    await eventually(() => visit.at()).not.toBe(`/opportunities/${deal.id}`);
  });

  it('has another success rate than its stage only for a reason', async () => {
    await openDeal();
    await visit.page.getByRole('button', { name: 'Change the success rate' }).click();
    await dialog().getByText('At this stage it is 50%.').waitFor();
    await dialog().getByLabel('Success rate, %').fill('75');
    await press('Save');
    await dialog().getByText('Please say why the rate differs').waitFor();
    expect(await findBarriers(visit.page)).toEqual([]);
    await dialog().getByLabel('Why another rate').fill('Their director asked for us');
    await press('Save');

    await visit.page.getByText('75%').waitFor();
    await eventually(dealNow).toMatchObject({ successRate: 75, successReason: 'Their director asked for us' });
  });

  it('changes its amount and its end where they stand', async () => {
    await openDeal();
    await visit.page.getByRole('button', { name: 'Edit Expected amount' }).click();
    await visit.page.keyboard.press('Control+A');
    await visit.page.keyboard.type('12,345.67');
    await visit.page.keyboard.press('Enter');

    await eventually(() => dealNow()['amount']).toEqual({ minor: 1_234_567, currency: 'CNY' });
  });
});

describe('the people of a deal', () => {
  it('are noted with parts, attitude and weight; who is missing is said', async () => {
    await openDeal();
    await visit.page.getByText('Who decides here?').waitFor();
    await visit.page.getByRole('button', { name: 'Edit people' }).click();
    await press('Add a person');
    await visit.page.keyboard.type('li');
    await visit.page
      .getByRole('option', { name: /Li Lei/ })
      .first()
      .click();
    await press('Coach');
    await press('Influence 4 of 5');
    await dialog().getByRole('combobox', { name: 'Attitude' }).click();
    await visit.page.getByRole('option', { name: 'Supporter' }).click();
    await press('Add a person');
    await visit.page.keyboard.type('Somebody of the board');
    await visit.page.keyboard.press('Tab');
    expect(await findBarriers(visit.page)).toEqual([]);
    await press('Save');
    await visit.page.getByText('Nobody yet: User, Technical selector and Economic decision maker').waitFor();

    expect(dealNow()['people']).toEqual([
      { contactId: visit.api.records.all('contact')[0]!.id, name: 'Li Lei', roles: ['coach'], attitude: 'supporter', influence: 4 },
      { name: 'Somebody of the board', roles: [] },
    ]);
  });

  it('of our own share what the deal brings, no more than the whole', async () => {
    await openDeal();
    await visit.page.getByRole('button', { name: 'Edit work group' }).click();
    for (const name of ['Lin', 'Mar']) {
      await press('Add a colleague');
      await visit.page.keyboard.type(name);
      await visit.page.keyboard.press('Enter');
    }
    await dialog().getByLabel('Share %').last().fill('40');
    await press('Save');
    await dialog().getByText('The shares are more than 100%').waitFor();
    await press('Share evenly');
    await press('Save');
    await dialog().waitFor({ state: 'detached' });

    expect(dealNow()['workGroup']).toEqual([
      { memberId: ME, share: 50 },
      { memberId: MARIA, share: 50 },
    ]);
  });
});
