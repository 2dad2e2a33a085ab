import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
const at = (day: number): string => `2026-03-0${day}T09:00:00.000Z`;

beforeEach(() => {
  visit.api.marks = { newsReadAt: at(2), firstStepsClosedAt: at(1) };
  const add = (title: string, day: number, more: object = {}) =>
    visit.api.records.add('news', {
      title,
      category: 'company',
      body: `About ${title}.`,
      publishedAt: at(day),
      authorId: 'mem_2',
      ...more,
    });
  add('Parking', 1);
  add('Prices', 3, {
    category: 'salesPolicy',
    body: 'Up by 3 %.\n\nSee https://example.test/prices.',
    link: 'https://tea.example.test/list',
  });
  add('House rules', 1, { pinned: true });
  add('Old offer', 1, { shownUntil: '2026-03-01' });
});
const rows = () => visit.page.getByRole('main').getByRole('listitem');

describe('the news', () => {
  it.each(LOOKS)('is without barriers and as wide as the screen, %s', async (_name, look) => {
    await visit.open('/news', look);
    await rows().first().waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
    expect(await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  it('stands by category, pinned first, and is marked as new until it was seen once', async () => {
    await visit.open('/news');
    await expect
      .poll(() =>
        rows()
          .getByText(/^(House rules|Prices|Parking|Old offer)$/)
          .allTextContents(),
      )
      .toEqual(['House rules', 'Prices', 'Old offer', 'Parking']);

    expect(await rows().filter({ hasText: 'Unread' }).count()).toBe(1);
    await expect.poll(() => visit.asked('PATCH', 'session/marks').map(({ body }) => body)).toEqual([{ newsReadAt: at(3) }]);
    await visit.page.locator('label', { hasText: 'Sales policy' }).click();
    await expect.poll(() => rows().count()).toBe(1);
    expect(visit.at()).toBe('/news?category=salesPolicy');
  });

  it('is read as text whose addresses lead away safely', async () => {
    await visit.open('/news');
    await visit.page.getByRole('link', { name: /^Unread Prices/ }).click();
    await visit.page.getByRole('heading', { name: 'Prices' }).waitFor();

    const away = visit.page.getByRole('article').getByRole('link', { name: /example\.test/ });
    expect(await away.evaluateAll((links) => links.map((link) => [link.getAttribute('href'), link.getAttribute('rel')]))).toEqual([
      ['https://example.test/prices', 'noopener noreferrer nofollow'],
      ['https://tea.example.test/list', 'noopener noreferrer nofollow'],
    ]);
    expect(await findBarriers(visit.page)).toEqual([]);
  });
});

describe('help', () => {
  it('explains the page at hand, and leads to the answers', async () => {
    await visit.open('/customers');
    await visit.page.getByRole('button', { name: 'About this page' }).click();
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByText(/^Customers are companies or people/).waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
    await dialog.getByRole('link', { name: 'Questions and answers' }).click();
    await visit.page.getByRole('searchbox').fill('authenticator');
    await expect.poll(() => visit.page.getByRole('article').count()).toBe(1);
    await visit.page.getByRole('link', { name: /^Address of/ }).click();
    expect(visit.page.url()).toContain('/help#two-step');
  });
});

describe('the first steps', () => {
  beforeEach(() => {
    visit.api.marks = {};
    visit.api.members = visit.api.members.slice(0, 1);
  });
  const steps = () => visit.page.getByRole('region', { name: 'First steps' });

  it.each(LOOKS)('tell what is done by what is there, and are without barriers, %s', async (_name, look) => {
    visit.api.records.add('customer', { name: 'Harbour Foods' });
    await visit.open('/', look);
    const card = visit.page.getByRole('region', { name: look.locale === 'zh-CN' ? '快速上手' : 'First steps' });
    await card.getByText(look.locale === 'zh-CN' ? '已完成 1/5' : '1 of 5 done').waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
    expect(await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  it('take a word for what was guessed, and go for good when they are put away', async () => {
    await visit.open('/');
    await steps().getByRole('button', { name: 'That is right' }).click();
    await steps().getByText('1 of 5 done').waitFor();
    await steps().getByRole('button', { name: 'Do not show again' }).click();
    await steps().waitFor({ state: 'detached' });

    await visit.page.reload();
    await visit.page.getByRole('heading', { level: 1 }).waitFor();
    expect(Object.keys(visit.api.marks ?? {}).sort()).toEqual(['basicsCheckedAt', 'firstStepsClosedAt']);
    await expect.poll(() => visit.page.getByRole('region').count()).toBeGreaterThan(0);
    expect(await steps().count()).toBe(0);
  });

  it('are not shown in a demo, where nothing is anybody’s own', async () => {
    visit.api.demo = true;
    await visit.open('/');
    await visit.page.getByRole('button', { name: 'Remove sample data' }).or(visit.page.getByText('This is a demo')).first().waitFor();

    expect(await steps().count()).toBe(0);
  });
});
