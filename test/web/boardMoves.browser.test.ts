import { describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import {
  visit,
  BOARD,
  deals,
  column,
  card,
  title,
  titlesAt,
  eventually,
  said,
  sent,
  stored,
  open,
  middleOf,
  comeBack,
  dragTo,
} from './boardVisit.ts';

describe('moving a card', () => {
  it('by mouse shows at once, is sent once with its place, and can be taken back', async () => {
    await open();
    await dragTo(deals.tea, deals.cards, { down: -30 });
    await eventually('needs').toEqual(['Gift boxes', 'Canteen supply']);
    await visit.page.mouse.up();

    await eventually('solution').toEqual(['Spring tea', 'Loyalty cards']);
    expect(await column('solution').locator('header').innerText()).toContain('CN¥600');
    await visit.page.getByText('Spring tea moved to “Solution submitted”').waitFor();
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
    await visit.page.getByText('Spring tea moved').waitFor();
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
    await expect.poll(said).toContain('Gift boxes picked up. Needs elicited, position 2 of 3.');
    expect(await findBarriers(visit.page)).toEqual([]);
    await visit.page.keyboard.press('ArrowRight');
    await expect.poll(said).toBe('Solution submitted, position 2 of 2');
    await visit.page.keyboard.press('ArrowUp');
    await expect.poll(said).toBe('Solution submitted, position 1 of 2');
    await visit.page.keyboard.press('Space');

    await expect.poll(said).toBe('Gift boxes dropped. Solution submitted, position 1 of 2.');
    await eventually('solution').toEqual(['Gift boxes', 'Loyalty cards']);
    await expect.poll(() => stored(deals.gifts)['stage']).toBe('solution');
    await expect.poll(() => title(deals.gifts).evaluate((link) => link === document.activeElement)).toBe(true);
  });

  it('by keyboard is called off by Escape', async () => {
    await open();
    await title(deals.tea).focus();
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Escape']) await visit.page.keyboard.press(key);

    await expect.poll(said).toBe('Spring tea put back. Needs elicited, position 1 of 3.');
    await eventually('needs').toEqual(['Spring tea', 'Gift boxes', 'Canteen supply']);
    expect(sent(deals.tea)).toEqual([]);
  });

  it('by menu puts it on top of the stage', async () => {
    await open();
    await card(deals.tea).getByRole('button', { name: 'Move Spring tea, or do more with it' }).click();
    await visit.page.getByRole('menuitemradio', { name: 'Solution submitted' }).click();

    await eventually('solution').toEqual(['Spring tea', 'Loyalty cards']);
    await expect.poll(() => stored(deals.tea)['stage']).toBe('solution');
  });

  it('to the signed contract asks how it was won, and leaves it where it is until that is answered', async () => {
    await open();
    await card(deals.cards).getByRole('button', { name: 'Move Loyalty cards, or do more with it' }).click();
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
    await expect.poll(() => visit.at()).toBe('/opportunities?layout=board&stage=needs');
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
