import { describe, expect, it } from 'vitest';
import { findBarriers, type Look } from '../support/page.ts';
import { open, page, tea } from './customersVisit.ts';

describe('every generic page', () => {
  const looks: [string, Look][] = [
    ['light', {}],
    ['dark, in Chinese', { dark: true, locale: 'zh-CN' }],
    ['on a phone', { phone: true }],
  ];
  const pages: [string, () => string][] = [
    ['a list', () => '/customers'],
    ['a list without hits', () => '/customers?q=zzzz'],
    ['an empty list', () => '/leads'],
    ['a peek', () => `/customers?peek=${tea.id}`],
    ['a record', () => `/customers/${tea.id}`],
    ['a record that is not there', () => '/customers/cus_00000000000000000000000000'],
    ['a new record', () => '/customers/new'],
    ['a form of a record', () => `/customers/${tea.id}/edit`],
  ];
  it.each(looks.flatMap(([look, options]) => pages.map(([name, at]) => [name, look, at, options] as const)))(
    '%s is without barriers, %s',
    async (_name, _look, at, options) => {
      await open(at(), options);
      await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });

      expect(await findBarriers(page)).toEqual([]);
    },
  );

  it.each(pages)('%s fits 320 pixels without scrolling sideways', async (_name, at) => {
    await open(at());
    await page.setViewportSize({ width: 320, height: 640 });

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  it('speaks Chinese down to fields and options', async () => {
    await open(`/customers/${tea.id}`, { locale: 'zh-CN' });

    await page.getByText('行业', { exact: true }).waitFor();
    await page.getByText('零售业', { exact: true }).waitFor();
    await page.getByText('茶叶等级', { exact: true }).waitFor();
    expect(await page.title()).toBe('Qingshan Tea House · Regulars');
  });
});
