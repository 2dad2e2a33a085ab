import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDay, localInstant, toInstant } from '../../shared/kernel/dates.ts';
import { formSnippet } from '../../shared/leads/formSnippet.ts';
import { buildAll } from '../../infra/local/build/build.ts';
import { seedDemo, password, signIns } from '../../infra/local/demo/demo.ts';
import { createLocalHost, type LocalHost } from '../../infra/local/host.ts';
import { launchBrowser } from '../support/browser.ts';
import { findBarriers, openPage, type Watched } from '../support/page.ts';
import { routes } from '../../web/src/routes.ts';
import { named, openForeignSite, tabTo, type ForeignSite } from './visit.ts';

const ZONE = 'Asia/Shanghai';
const emailOf = (role: string): string => signIns.find((each) => each.role === role)!.email;

/** Names that would do harm where they are taken for more than text. */
const HOSTILE = ['<img src=x onerror="window.hacked=1"> Ann', '{{constructor.constructor("window.hacked=1")()}} 安'] as const;

/** What a mail puts into names so that mail programs make no links of them. */
const UNLINKED = /[\u200b\u2060]/g;

let browser: Browser;
let host: LocalHost;
let shop: ForeignSite;
const people: Watched[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  host = await createLocalHost({ ...(await buildAll({ site: true })) });
  const forms = await seedDemo(host);
  const snippet = (language: 'en' | 'zh-CN') => formSnippet({ id: forms[language], language }, host.url, language);
  // The same form, sent by the browser, or by a script of the site.
  const script = `<p id="said"></p><script>document.forms[0].addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(new FormData(form))) });
    document.getElementById('said').textContent = answer.status + ' ' + (await answer.json()).status;
  });</script>`;
  shop = await openForeignSite({ '/plain': snippet('en'), '/script': snippet('zh-CN') + script });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await shop?.close();
  await host?.close();
});

/** Signs in with the keyboard alone. */
async function enter(role: string, look: Parameters<typeof openPage>[1]): Promise<Page> {
  const watched = await openPage(browser, look);
  people.push(watched);
  const { page } = watched;
  await page.goto(`${host.url}/sign-in`);
  await page.locator('input[type=email]').focus();
  await page.keyboard.type(emailOf(role));
  await tabTo(page, 'input[type=password]');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${host.url}/`);
  await page
    .getByRole('navigation')
    .first()
    .waitFor()
    .catch(async (cause: unknown) => {
      throw new Error(`the page shows: ${await page.locator('body').innerText()}\n${watched.faults.join('\n')}`, { cause });
    });
  return page;
}

/** Fills in the form of the shop's page, every field by its label, and sends it with Enter. */
async function sendForm(
  path: string,
  answers: readonly (readonly [RegExp, string])[],
  look: { scripts: boolean; locale: string },
): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: look.scripts, locale: look.locale });
  const page = await context.newPage();
  await page.goto(shop.url + path);
  for (const [label, value] of answers) await page.getByLabel(label).first().fill(value);
  await page.getByLabel(answers[0]![0]).first().press('Enter');
  return page;
}

/** Tells the page that somebody looks at it again, as coming back from another window does. */
const lookAgain = (page: Page): Promise<unknown> => page.evaluate(() => window.dispatchEvent(new Event('focus')));

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
  await page.waitForURL(/\/customers\/cus_/);
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

it('tells both in the morning, each in his language', async () => {
  const tomorrow = addDays(localDay(toInstant(host.clock.now()), ZONE), 1);
  const answer = await fetch(`${host.url}/_local/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now: localInstant(tomorrow, '08:00', ZONE) }),
  });
  expect(answer.ok).toBe(true);
  const watched = await openPage(browser);
  people.push(watched);
  const { page } = watched;

  for (const [role, subject, converted] of [
    ['owner', /new leads?.*2 leads converted.*2 new customers/, 'Converted'],
    ['manager', /日报.*线索转化 2 条/, '转化'],
  ] as const) {
    await expect.poll(() => host.mail.list({ to: emailOf(role) })[0]?.subject).toMatch(subject);
    await page.goto(`${host.url}/_local/mail`);
    await page
      .getByRole('row')
      .filter({ hasText: emailOf(role) })
      .first()
      .getByRole('link')
      .click();
    const mail = page.frameLocator('iframe');
    await mail.getByText(converted).first().waitFor();
    const text = (await mail.locator('body').innerText()).replace(UNLINKED, '');
    expect(HOSTILE.filter((name) => !text.includes(name))).toEqual([]);
    expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
  }
});

describe.each([
  { theme: 'light', role: 'owner', look: { locale: 'en-GB' } },
  { theme: 'dark', role: 'manager', look: { locale: 'zh-CN', dark: true } },
] as const)('in the $theme theme', ({ role, look }) => {
  it('every page is without barriers', async () => {
    const page = await enter(role, look);
    for (const path of await everyPath(page)) {
      await page.goto(host.url + path);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect([path, await findBarriers(page)]).toEqual([path, []]);
    }
  }, 120_000);
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
  return ((await answer.json()) as { items: { id: string }[] }).items[0]?.id;
}

it('nobody saw a fault of a script or of the policy', () => {
  expect(people.flatMap(({ faults }) => faults)).toEqual([]);
});
