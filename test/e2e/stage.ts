/** The whole product as `npm start` runs it, with the demo told; browsers of its people, and a foreign site with its forms. */
import type { Browser, Page } from 'playwright-core';
import type { Instant } from '../../shared/kernel/types.ts';
import { formSnippet } from '../../shared/leads/formSnippet.ts';
import { buildAll } from '../../infra/local/build/build.ts';
import { seedDemo, password } from '../../infra/local/demo/demo.ts';
import { createLocalHost, type LocalHost } from '../../infra/local/host.ts';
import { launchBrowser } from '../support/browser.ts';
import { openPage, type Look, type Watched } from '../support/page.ts';
import { openForeignSite, tabTo, type ForeignSite } from './visit.ts';

let browser: Browser;
export let host: LocalHost;
let shop: ForeignSite;
/** Everybody's pages, whose faults are looked at in the end. */
export const people: Watched[] = [];

export async function openStage(): Promise<void> {
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
}

export async function closeStage(): Promise<void> {
  await browser?.close();
  await shop?.close();
  await host?.close();
}

export const mailOf = (key: string): string => `${key}@demo.regulars.test`;

/** A page of the product that nobody has signed in to. */
export async function openStranger(look: Look = {}): Promise<Page> {
  const watched = await openPage(browser, look);
  people.push(watched);
  return watched.page;
}

/** Signs in with the keyboard alone. @param key  of a demo colleague */
export async function enter(key: string, look: Look = {}): Promise<Page> {
  const page = await openStranger(look);
  const { faults } = people.at(-1)!;
  await page.goto(`${host.url}/sign-in`);
  await page.locator('input[type=email]').focus();
  await page.keyboard.type(mailOf(key));
  await tabTo(page, 'input[type=password]');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${host.url}/`);
  // On a phone the navigation is behind a button.
  await (look.phone ? page.getByRole('button', { name: 'Navigation' }) : page.getByRole('navigation').first())
    .waitFor()
    .catch(async (cause: unknown) => {
      throw new Error(`the page shows: ${await page.locator('body').innerText()}\n${faults.join('\n')}`, { cause });
    });
  return page;
}

/** Fills in the form of the shop's page, every field by its label, and sends it with Enter. */
export async function sendForm(
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
export const lookAgain = (page: Page): Promise<unknown> => page.evaluate(() => window.dispatchEvent(new Event('focus')));

/** Lets the product's time be another, as its local page does. */
export async function setClock(now: Instant): Promise<void> {
  const answer = await fetch(`${host.url}/_local/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now }),
  });
  if (!answer.ok) throw new Error(`the clock was not set: ${answer.status}`);
}

/** A request to the API as whoever is signed in on the page. */
export function apiOf(page: Page) {
  return <T>(method: string, path: string, body?: unknown, version?: number): Promise<T> =>
    page.evaluate(
      async ([how, where, what, seen]) => {
        const json = { 'content-type': 'application/json' };
        const entered = await fetch('/api/v1/auth/refresh', { method: 'POST', headers: json, body: '{}' });
        const { accessToken } = (await entered.json()) as { accessToken: string };
        const answer = await fetch(`/api/v1/${where}`, {
          method: how,
          headers: { ...json, authorization: `Bearer ${accessToken}`, ...(seen ? { 'if-match': String(seen) } : {}) },
          ...(what === undefined ? {} : { body: JSON.stringify(what) }),
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${how} ${where}: ${answer.status} ${text}`);
        return (text ? JSON.parse(text) : undefined) as T;
      },
      [method, path, body, version] as const,
    );
}

/** Opens the newest mail to somebody in the local inbox. @returns the mail's own frame */
export async function readMail(page: Page, to: string, subject: RegExp) {
  await page.goto(`${host.url}/_local/mail`);
  await page.getByRole('row').filter({ hasText: to }).filter({ hasText: subject }).first().getByRole('link').click();
  return page.frameLocator('iframe');
}
