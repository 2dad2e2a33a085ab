import { describe, expect, it } from 'vitest';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { findBarriers } from '../support/page.ts';
import { LOOKS } from '../support/visit.ts';
import { visit, BOARD, deals, column, card, title, eventually, sent, open, middleOf, dragTo } from './boardVisit.ts';

describe('the board', () => {
  it.each(LOOKS)('is without barriers and as wide as the screen, %s', async (_, look) => {
    await open(look);
    expect(await findBarriers(visit.page)).toEqual([]);
    if (!look.phone) return;
    await visit.page.setViewportSize({ width: 320, height: 640 });
    expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  it('has a column per stage, with its deals, their number and what they are worth by their chance', async () => {
    await open();

    await eventually('needs').toEqual(['Spring tea', 'Gift boxes', 'Canteen supply']);
    await eventually('solution').toEqual(['Loyalty cards']);
    expect(await column('needs').locator('header').innerText()).toMatch(/Needs elicited\s+3\s[^]*CN¥400 \+ \$200\s+40%/);
    expect(await column('signed').getByRole('link').count()).toBe(0);
    await visit.page.getByText('4 on the board').waitFor();
    await visit.page.getByText('CN¥500 + $200 weighted').waitFor();
    expect(await card(deals.tea).innerText()).toContain('Harbour Foods');
    expect(await card(deals.tea).textContent()).toContain('Overdue');
    expect(await card(deals.cards).textContent()).not.toContain('Overdue');
  });

  it('is chosen beside the search, shows what the list’s search leaves, and its address says so', async () => {
    await visit.open('/opportunities');
    await visit.page.getByRole('button', { name: 'Board' }).click();
    await visit.page.getByRole('searchbox').fill('tea');

    await eventually('needs').toEqual(['Spring tea']);
    await eventually('solution').toEqual([]);
    await expect.poll(() => visit.at()).toBe('/opportunities?layout=board&q=tea');
    await visit.page.getByRole('button', { name: 'List', exact: true }).click();
    await expect.poll(() => visit.page.getByRole('row').count()).toBe(3);
    expect(visit.at()).toBe('/opportunities?q=tea');
  });

  it('shows the open ones unless asked for others, and those that end when asked', async () => {
    await open();
    await visit.page.getByRole('button', { name: 'Outcome: Open' }).click();
    await visit.page.getByRole('menuitemradio', { name: 'All' }).click();
    await eventually('signed').toEqual(['Autumn tea']);

    await visit.page.getByRole('button', { name: 'Expected end: Any' }).click();
    await visit.page.getByRole('menuitemradio', { name: 'Overdue' }).click();
    await eventually('needs').toEqual(['Spring tea']);
    await eventually('signed').toEqual([]);
    expect(visit.at()).toBe('/opportunities?layout=board&outcome=all&end=overdue');

    await visit.page.goto(`${visit.site.url}${BOARD}&outcome=lost`);
    await visit.page.getByText('None of these').waitFor();
    await visit.page.getByRole('button', { name: 'Show all' }).click();
    await eventually('signed').toEqual(['Autumn tea']);
  });

  it('leads to the first opportunity where there is none', async () => {
    for (const { id } of Object.values(deals)) visit.api.records.remove('opportunity', id);
    await visit.open(BOARD);

    await visit.page.getByText('No opportunities yet').waitFor();
  });

  it('opens a card beside the board, and the record with O', async () => {
    await open();
    await card(deals.gifts).click();
    await visit.page.getByRole('complementary', { name: 'Opportunity' }).getByRole('heading', { name: 'Gift boxes' }).waitFor();
    expect(visit.at()).toBe(`/opportunities?layout=board&peek=${deals.gifts.id}`);

    await title(deals.gifts).focus();
    await visit.page.keyboard.press('o');
    await expect.poll(() => visit.at()).toBe(`/opportunities/${deals.gifts.id}`);
  });

  it('draws of two thousand cards those in sight, and all of them when scrolled to', async () => {
    for (let n = 0; n < 2000; n++) visit.api.records.add('opportunity', { title: `Deal ${n}`, stage: 'interest', outcome: 'open' });
    await open();
    await expect.poll(() => column('interest').locator('header').innerText()).toContain('2,000');

    expect(await visit.page.locator('[data-card]').count()).toBeLessThan(40);
    await column('interest')
      .locator('[data-column]')
      .evaluate((scroller) => (scroller.scrollTop = scroller.scrollHeight));
    await column('interest').locator('li[aria-posinset="2000"]').waitFor();
    expect(await column('interest').locator('[data-card]').count()).toBeLessThan(20);
  });

  it('folds a stage into a rail, remembers it, and puts what is dropped there on top', async () => {
    await open();
    await column('needs').hover();
    await visit.page.getByRole('button', { name: 'Collapse “Needs elicited”' }).click();
    await visit.page.reload();
    const unfold = visit.page.getByRole('button', { name: 'Needs elicited', exact: true, expanded: false });
    await unfold.waitFor();
    expect(await findBarriers(visit.page)).toEqual([]);

    const [from, to] = [await middleOf(deals.cards), (await column('needs').boundingBox())!];
    await visit.page.mouse.move(from.x, from.y);
    await visit.page.mouse.down();
    await visit.page.mouse.move(to.x + to.width / 2, to.y + 400, { steps: 6 });
    await expect.poll(() => column('needs').getAttribute('class')).toContain('border-accent');
    await visit.page.mouse.up();
    await unfold.click();

    await eventually('needs').toEqual(['Loyalty cards', 'Spring tea', 'Gift boxes', 'Canteen supply']);
  });

  it('does not move what has ended', async () => {
    await open(undefined, `${BOARD}&outcome=all`);
    await title(deals.old).focus();
    await visit.page.keyboard.press('Space');
    await card(deals.old).getByRole('button').click();

    await visit.page.getByRole('menuitem', { name: 'Reopen' }).waitFor();
    expect(await visit.page.getByRole('menuitemradio').count()).toBe(0);
    expect(await visit.page.locator('[data-carrying]').count()).toBe(0);
  });

  it('leaves the cards of a reader who may not write where they are', async () => {
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'dataAnalyst')!.rights;
    await open();
    await dragTo(deals.tea, deals.cards);
    await visit.page.mouse.up();

    await card(deals.gifts).getByRole('button').click();
    expect(await visit.page.getByRole('menuitemradio').count()).toBe(0);
    await eventually('needs').toHaveLength(3);
    expect(sent(deals.tea)).toEqual([]);
  });
});
