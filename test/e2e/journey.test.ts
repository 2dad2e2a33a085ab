import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDay, localInstant, toInstant } from '../../shared/kernel/dates.ts';
import { firm } from '../../infra/local/demo/people.ts';
import { findBarriers } from '../support/page.ts';
import { routes } from '../../web/src/routes.ts';
import { describeLaterDays, describeSalesDay } from './salesDay.ts';
import { closeStage, enter, host, lookAgain, mailOf, openStage, openStranger, people, readMail, sendForm, setClock } from './stage.ts';
import { named, tabTo } from './visit.ts';

/** Names that would do harm where they are taken for more than text. */
const HOSTILE = ['{{constructor.constructor("window.hacked=1")()}} Ann', '<img src=x onerror="window.hacked=1"> 安'] as const;

/** What a mail puts into names so that mail programs make no links of them. */
const UNLINKED = /[\u200b\u2060]/g;

beforeAll(openStage, 300_000);
afterAll(closeStage);

/** From the list of leads to a customer: the newest lead is opened, converted, and what came of it is shown. */
async function convertNewest(page: Page, words: { convert: string; confirm: string }, name: string): Promise<void> {
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await page.waitForURL(/\/leads\/lea_/);
  await page.getByRole('heading', { name }).waitFor();
  await tabTo(page, named(words.convert));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await tabTo(page, named(words.confirm));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/(customers|opportunities)\/(cus|opp)_/);
  await page.getByRole('heading', { name }).waitFor();
}

describe.each([
  {
    language: 'English, without scripts',
    role: 'owner',
    look: { locale: 'en-GB' },
    path: '/plain',
    visitor: { scripts: false, locale: 'en-GB' },
    labels: [/Name/, /E-mail/],
    name: HOSTILE[0],
    convert: 'Convert',
    confirm: 'Convert',
    thanks: 'Thank you',
  },
  {
    language: 'Chinese, with a script',
    role: 'manager',
    look: { locale: 'zh-CN', dark: true },
    path: '/script',
    visitor: { scripts: true, locale: 'zh-CN' },
    labels: [/姓名/, /邮/],
    name: HOSTILE[1],
    convert: '转为客户',
    confirm: '确认转化',
    thanks: '200 received',
  },
] as const)('a form in $language', ({ role, look, path, visitor, labels, name, convert, confirm, thanks }) => {
  it('becomes a lead before the eyes of who watches the list, and a customer by the keyboard alone', async () => {
    const page = await enter(role, look);
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.waitForURL(/\/leads$/);
    await page.getByRole('row').nth(5).waitFor();
    await page.evaluate(() => Object.assign(window, { stayed: true }));

    const email = `${role}.visitor@example.test`;
    const sent = await sendForm(
      path,
      [
        [labels[0], name],
        [labels[1], email],
      ],
      visitor,
    );
    await sent.getByText(thanks).waitFor();
    await sent.context().close();

    await expect
      .poll(async () => {
        await lookAgain(page);
        return page.getByRole('row').filter({ hasText: email }).count();
      })
      .toBe(1);
    await convertNewest(page, { convert, confirm }, name);

    expect(
      await page.evaluate(() => ({ ...window }) as { stayed?: boolean; hacked?: number }).then(({ stayed, hacked }) => [stayed, hacked]),
    ).toEqual([true, undefined]);
  });
});

describe('a seller', describeSalesDay);

it('tells both in the morning, each in his language', async () => {
  const tomorrow = addDays(localDay(toInstant(host.clock.now()), firm.zone), 1);
  await setClock(localInstant(tomorrow, '08:00', firm.zone));
  const page = await openStranger();

  for (const [key, subject, converted] of [
    ['owner', /3 leads converted/, 'Converted'],
    ['manager', /日报.*线索转化 3 条/, '转化'],
  ] as const) {
    await expect.poll(() => host.mail.list({ to: mailOf(key) })[0]?.subject).toMatch(subject);
    const mail = await readMail(page, mailOf(key), subject);
    await mail.getByText(converted).first().waitFor();
    const text = (await mail.locator('body').innerText()).replace(UNLINKED, '');
    // A mail names the latest few of each kind.
    expect(text).toContain(HOSTILE[1]);
    expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
  }
});

describe('on later days a seller', describeLaterDays);

describe.each([
  { theme: 'light', role: 'owner', look: { locale: 'en-GB' } },
  { theme: 'dark', role: 'manager', look: { locale: 'zh-CN', dark: true } },
] as const)('in the $theme theme', ({ role, look }) => {
  // Dozens of pages are looked through, each by every rule: on a busy machine that takes minutes.
  it('every page is without barriers', async () => {
    const page = await enter(role, look);
    for (const path of await everyPath(page)) {
      await page.goto(host.url + path);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect([path, await findBarriers(page)]).toEqual([path, []]);
    }
  }, 400_000);
});

/** Every route of the product, parameters filled in with the first record of their list. */
async function everyPath(page: Page): Promise<string[]> {
  const paths: string[] = [];
  for (const { path, frame } of routes) {
    if (frame !== 'app') continue;
    if (!path.includes(':id')) {
      paths.push(path);
      continue;
    }
    const plural = path.split('/')[1]!;
    const id = await page.evaluate(firstId, plural);
    if (id) paths.push(path.replace(':id', id));
  }
  return paths;
}

async function firstId(plural: string): Promise<string | undefined> {
  const { accessToken } = (await (
    await fetch('/api/v1/auth/refresh', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  ).json()) as { accessToken: string };
  const answer = await fetch(`/api/v1/${plural}?limit=1`, { headers: { authorization: `Bearer ${accessToken}` } });
  // Not everybody may read everything.
  return answer.ok ? ((await answer.json()) as { items: { id: string }[] }).items[0]?.id : undefined;
}

it('nobody saw a fault of a script or of the policy', () => {
  expect(people.flatMap(({ faults }) => faults)).toEqual([]);
});
