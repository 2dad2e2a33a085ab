import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
const BOARD = '/opportunities?view=board';
let deals: Record<'tea' | 'gifts' | 'canteen' | 'cards' | 'old', AnyRecord>;

beforeEach(() => {
  const { records } = visit.api;
  const customerId = records.add('customer', { name: 'Harbour Foods' }).id;
  const add = (title: string, values: object) => records.add('opportunity', { title, customerId, outcome: 'open', ...values });
  const yuan = (minor: number) => ({ minor, currency: 'CNY' });
  deals = {
    tea: add('Spring tea', { stage: 'needs', rank: 'c', amount: yuan(100_000), successRate: 40, expectedEndOn: '2020-01-31' }),
    gifts: add('Gift boxes', { stage: 'needs', rank: 'f', amount: { minor: 50_000, currency: 'USD' }, successRate: 40 }),
    canteen: add('Canteen supply', { stage: 'needs', rank: 'i' }),
    cards: add('Loyalty cards', { stage: 'solution', rank: 'c', amount: yuan(20_000), successRate: 50, expectedEndOn: '9998-01-31' }),
    old: add('Autumn tea', { stage: 'signed', outcome: 'won', amount: yuan(30_000) }),
  };
});

const column = (stage: string) => visit.page.locator(`[data-stage="${stage}"]`);
const card = ({ id }: AnyRecord) => visit.page.locator(`[data-card="${id}"]`);
const title = (deal: AnyRecord) => card(deal).getByRole('link');
/** Titles of a column from the top, as they are placed. */
const titlesAt = (stage: string): Promise<string[]> =>
  column(stage)
    .locator('li[aria-posinset]')
    .evaluateAll((places) =>
      places
        .toSorted((a, b) => Number(a.getAttribute('aria-posinset')) - Number(b.getAttribute('aria-posinset')))
        .map((place) => place.querySelector('a')!.textContent.trim()),
    );
const eventually = (stage: string) => expect.poll(() => titlesAt(stage));
const said = () => visit.page.locator('[aria-live="assertive"]').textContent();
const sent = (deal: AnyRecord) => visit.asked('PATCH', `opportunities/${deal.id}`);
const stored = ({ id }: AnyRecord) => visit.api.records.get('opportunity', id)!;
const open = async (look?: Parameters<typeof visit.open>[1], path = BOARD): Promise<void> => {
  await visit.open(path, look);
  // Wide enough for the columns that cards go between.
  if (!look?.phone) await visit.page.setViewportSize({ width: 1760, height: 800 });
  await visit.page.locator('[data-card]').first().waitFor();
};
const middleOf = async (deal: AnyRecord): Promise<{ x: number; y: number }> => {
  const { x, y, width, height } = (await card(deal).boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
};
const comeBack = () => visit.page.evaluate(() => void dispatchEvent(new Event('focus')));

/** Carries a card with the mouse so that its middle comes to the middle of another, or to a place beside it. */
async function dragTo(deal: AnyRecord, target: AnyRecord, { down = 0 } = {}): Promise<void> {
  const [from, to] = [await middleOf(deal), await middleOf(target)];
  await visit.page.mouse.move(from.x, from.y);
  await visit.page.mouse.down();
  await visit.page.mouse.move(from.x + 6, from.y + 6, { steps: 3 });
  await visit.page.mouse.move(to.x, to.y + down, { steps: 6 });
}

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
    await expect.poll(() => visit.at()).toBe('/opportunities?view=board&q=tea');
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
    expect(visit.at()).toBe('/opportunities?view=board&outcome=all&end=overdue');

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
    expect(visit.at()).toBe(`/opportunities?view=board&peek=${deals.gifts.id}`);

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
    await visit.page.getByRole('button', { name: 'Fold “Needs elicited”' }).click();
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

describe('moving a card', () => {
  it('by mouse shows at once, is sent once with its place, and can be taken back', async () => {
    await open();
    await dragTo(deals.tea, deals.cards, { down: -30 });
    await eventually('needs').toEqual(['Gift boxes', 'Canteen supply']);
    await visit.page.mouse.up();

    await eventually('solution').toEqual(['Spring tea', 'Loyalty cards']);
    expect(await column('solution').locator('header').innerText()).toContain('CN¥600');
    await visit.page.getByText('Spring tea is at “Solution submitted” now').waitFor();
    expect(sent(deals.tea).map(({ body, headers }) => [headers['if-match'], body])).toEqual([['1', { stage: 'solution', rank: 'bzzzzz' }]]);
    expect(visit.at()).toBe(BOARD);

    await visit.page.getByRole('button', { name: 'Undo' }).click();
    await eventually('needs').toEqual(['Spring tea', 'Gift boxes', 'Canteen supply']);
    await expect.poll(() => stored(deals.tea)).toMatchObject({ stage: 'needs', rank: 'c', version: 3 });
  });

  it('by mouse within its column writes its place alone, and Escape calls it off', async () => {
    await open();
    await dragTo(deals.tea, deals.canteen);
    await visit.page.keyboard.press('Escape');
    await visit.page.mouse.up();
    await eventually('needs').toEqual(['Spring tea', 'Gift boxes', 'Canteen supply']);

    await dragTo(deals.tea, deals.canteen);
    await visit.page.mouse.up();
    await eventually('needs').toEqual(['Gift boxes', 'Canteen supply', 'Spring tea']);
    await expect.poll(() => sent(deals.tea).map(({ body }) => body)).toEqual([{ rank: 'i00001' }]);
    await visit.page.getByText('Spring tea has another place').waitFor();
  });

  it('within its column leaves no empty line in what is told of its past', async () => {
    visit.api.records.change('opportunity', deals.tea.id, { rank: 'k' }, 'mem_1');
    visit.api.records.change('opportunity', deals.tea.id, { rank: 'm', stage: 'solution' }, 'mem_1');
    await visit.open(`/opportunities/${deals.tea.id}`);
    await visit.page.getByRole('tab', { name: 'Changes' }).click();

    const past = visit.page.getByRole('tabpanel').getByRole('listitem');
    await past.filter({ hasText: 'Solution submitted' }).waitFor();
    expect(await past.count()).toBe(2);
  });

  it('by keyboard goes where the arrows carry it, and says so', async () => {
    await open();
    await title(deals.tea).focus();
    await visit.page.keyboard.press('ArrowDown');
    await expect.poll(() => title(deals.gifts).evaluate((link) => link === document.activeElement)).toBe(true);

    await visit.page.keyboard.press('Space');
    await expect.poll(said).toContain('Gift boxes taken up. Needs elicited, place 2 of 3.');
    expect(await findBarriers(visit.page)).toEqual([]);
    await visit.page.keyboard.press('ArrowRight');
    await expect.poll(said).toBe('Solution submitted, place 2 of 2');
    await visit.page.keyboard.press('ArrowUp');
    await expect.poll(said).toBe('Solution submitted, place 1 of 2');
    await visit.page.keyboard.press('Space');

    await expect.poll(said).toBe('Gift boxes put down. Solution submitted, place 1 of 2.');
    await eventually('solution').toEqual(['Gift boxes', 'Loyalty cards']);
    await expect.poll(() => stored(deals.gifts)['stage']).toBe('solution');
    await expect.poll(() => title(deals.gifts).evaluate((link) => link === document.activeElement)).toBe(true);
  });

  it('by keyboard is called off by Escape', async () => {
    await open();
    await title(deals.tea).focus();
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Escape']) await visit.page.keyboard.press(key);

    await expect.poll(said).toBe('Spring tea is back. Needs elicited, place 1 of 3.');
    await eventually('needs').toEqual(['Spring tea', 'Gift boxes', 'Canteen supply']);
    expect(sent(deals.tea)).toEqual([]);
  });

  it('by menu puts it on top of the stage', async () => {
    await open();
    await card(deals.tea).getByRole('button', { name: 'Move or do more with Spring tea' }).click();
    await visit.page.getByRole('menuitemradio', { name: 'Solution submitted' }).click();

    await eventually('solution').toEqual(['Spring tea', 'Loyalty cards']);
    await expect.poll(() => stored(deals.tea)['stage']).toBe('solution');
  });

  it('to the signed contract asks how it was won, and leaves it where it is until that is answered', async () => {
    await open();
    await card(deals.cards).getByRole('button', { name: 'Move or do more with Loyalty cards' }).click();
    await visit.page.getByRole('menuitemradio', { name: 'Contract signed' }).click();
    await visit.page.getByRole('dialog').waitFor();
    await visit.page.keyboard.press('Escape');
    await visit.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await eventually('solution').toEqual(['Loyalty cards']);
    expect(sent(deals.cards)).toEqual([]);
  });

  it.each(['won', 'lost'])('over the place for deals that are %s closes it', async (ending) => {
    await open();
    await dragTo(deals.cards, deals.tea);
    const { x, y, width, height } = (await visit.page.locator(`[data-ending="${ending}"]`).boundingBox())!;
    await visit.page.mouse.move(x + width / 2, y + height / 2, { steps: 3 });
    await expect.poll(() => visit.page.locator('[data-ending]').count()).toBe(2);
    await visit.page.mouse.up();
    await visit.page.getByRole('dialog').getByText('Loyalty cards').waitFor();
    expect(sent(deals.cards)).toEqual([]);
  });

  it('that the server refuses puts it back and says why', async () => {
    visit.command = ({ method }) => (method === 'PATCH' ? { status: 403, body: { code: 'access.denied', requestId: 'r-1' } } : undefined);
    await open();
    await dragTo(deals.tea, deals.cards);
    await visit.page.mouse.up();

    await visit.page.locator('[data-toast], [role="status"], [role="alert"]').filter({ hasText: /\S/ }).first().waitFor();
    await eventually('needs').toEqual(['Spring tea', 'Gift boxes', 'Canteen supply']);
  });

  it('by a colleague shows while one looks, also under a card in the air', async () => {
    await open();
    await dragTo(deals.tea, deals.canteen);
    visit.api.records.change('opportunity', deals.gifts.id, { stage: 'solution', rank: 'z' });
    await comeBack();

    await eventually('solution').toEqual(['Loyalty cards', 'Gift boxes']);
    await visit.page.mouse.up();
    await eventually('needs').toEqual(['Canteen supply', 'Spring tea']);
  });

  it('that a colleague takes away meanwhile ends in the hand, with a word', async () => {
    await open();
    await dragTo(deals.tea, deals.canteen);
    visit.api.records.remove('opportunity', deals.tea.id);
    await comeBack();

    await expect.poll(said).toContain('Spring tea cannot be moved any more');
    await visit.page.mouse.up();
    await eventually('needs').toEqual(['Gift boxes', 'Canteen supply']);
  });

  it('that a colleague has moved, too, asks whose stage counts, and never shows a rank', async () => {
    await open();
    visit.api.records.change('opportunity', deals.tea.id, { stage: 'demonstration', rank: 'k' });
    await dragTo(deals.tea, deals.cards);
    await visit.page.mouse.up();

    const dialog = visit.page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.getByRole('heading', { level: 3 }).allTextContents()).toEqual(['Stage']);
    await dialog.getByRole('button', { name: 'Keep theirs' }).click();

    await eventually('demonstration').toEqual(['Spring tea']);
    expect(stored(deals.tea)).toMatchObject({ stage: 'demonstration', rank: 'k', version: 2 });
    expect(await visit.page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  });
});

describe('the board on a phone', () => {
  /** A finger, as the browser's own tools play it: only that makes it scroll. */
  async function finger() {
    const tools = await visit.page.context().newCDPSession(visit.page);
    return (type: 'touchStart' | 'touchMove' | 'touchEnd', point?: { x: number; y: number }) =>
      tools.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [point] : [] });
  }
  const isShown = (stage: string) =>
    column(stage).evaluate((section) => {
      const { left, right } = section.getBoundingClientRect();
      return left >= 0 && right <= innerWidth;
    });

  it('shows one stage at a time, chosen in a row, kept in the address', async () => {
    await open({ phone: true });
    expect(await isShown('firstContact')).toBe(true);
    expect(await isShown('interest')).toBe(false);

    const stages = visit.page.getByRole('group', { name: 'Stages' });
    await stages.getByRole('button', { name: 'Needs elicited 3' }).click();
    await expect.poll(() => isShown('needs')).toBe(true);
    await expect.poll(() => visit.at()).toBe('/opportunities?view=board&stage=needs');
    expect(await stages.getByRole('button', { pressed: true }).textContent()).toContain('Needs elicited');

    await visit.page.reload();
    await expect.poll(() => isShown('needs')).toBe(true);
  });

  it('takes a card up by a long press and carries it on beyond the edge', async () => {
    await open({ phone: true }, `${BOARD}&stage=needs`);
    await expect.poll(() => isShown('needs')).toBe(true);
    const [touch, from] = [await finger(), await middleOf(deals.tea)];
    await touch('touchStart', from);
    await visit.page.locator('[data-carrying]').waitFor();
    await touch('touchMove', { x: 200, y: from.y });
    await touch('touchMove', { x: 386, y: from.y });
    await expect.poll(() => titlesAt('needs')).toEqual(['Gift boxes', 'Canteen supply']);
    await expect.poll(() => column('solution').evaluate((section) => section.getBoundingClientRect().left < 120)).toBe(true);
    await touch('touchMove', { x: 250, y: from.y });
    await touch('touchEnd');

    await expect.poll(() => stored(deals.tea)['stage']).not.toBe('needs');
  });

  it('scrolls under a finger that moves at once', async () => {
    await open({ phone: true }, `${BOARD}&stage=needs`);
    await expect.poll(() => isShown('needs')).toBe(true);
    const [touch, from] = [await finger(), await middleOf(deals.gifts)];
    await touch('touchStart', from);
    for (let way = 20; way <= 300; way += 20) await touch('touchMove', { x: from.x - way, y: from.y });
    await touch('touchEnd');

    await expect.poll(() => isShown('needs')).toBe(false);
    expect(await visit.page.locator('[data-carrying]').count()).toBe(0);
    expect(sent(deals.gifts)).toEqual([]);
  });
});
