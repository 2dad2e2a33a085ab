import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { STORE } from '../support/playedDiscussion.ts';
import { LOOKS } from '../support/visit.ts';
import { eventually, open, page, sent, server, tea } from './customersVisit.ts';

/** What the store was sent, and how often it refuses first. */
let stored: string[] = [];
let refusals = 0;
beforeEach(() => {
  stored = [];
  refusals = 0;
});

const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET, PUT', 'access-control-allow-headers': '*' };

async function visit(look?: Parameters<typeof open>[1]): Promise<void> {
  await open('/customers', look);
  await page.route(`${STORE}**`, async (route) => {
    const request = route.request();
    if (request.method() === 'GET') {
      const disposition = `attachment; filename="x"; filename*=UTF-8''Offer.pdf`;
      return route.fulfill({
        body: '%PDF-1.7',
        headers: { 'content-disposition': disposition, 'content-type': 'application/octet-stream' },
      });
    }
    if (request.method() === 'PUT' && refusals-- > 0) return route.fulfill({ status: 403, headers: CORS });
    if (request.method() === 'PUT') stored.push(request.url());
    return route.fulfill({ status: 200, headers: CORS });
  });
  await page.goto(new URL(`/customers/${tea.id}`, page.url()).href);
  await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
}

/** Files let go over the page, or pasted into it. */
const bring = (how: 'drop' | 'paste', files: readonly (readonly [name: string, text: string])[]): Promise<void> =>
  page.evaluate(
    ([kind, given]) => {
      const data = new DataTransfer();
      for (const [name, text] of given) data.items.add(new File([text], name));
      const options = { bubbles: true, cancelable: true };
      const event =
        kind === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: data })
          : new ClipboardEvent('paste', { ...options, clipboardData: data });
      document.querySelector('h1')!.dispatchEvent(event);
    },
    [how, files] as const,
  );
const panel = () => page.getByRole('region', { name: 'Files' });
const listed = () => panel().getByRole('listitem').allInnerTexts();

describe('files', () => {
  it('dropped anywhere on the page go to the store, and show when they are taken', async () => {
    await visit();

    await bring('drop', [
      ['Offer.pdf', '%PDF-1.7'],
      ['报价.txt', '报价'],
    ]);

    await panel().getByRole('button', { name: 'Offer.pdf', exact: true }).waitFor();
    await panel().getByRole('button', { name: '报价.txt', exact: true }).waitFor();
    await page.getByText('File added: Offer.pdf').waitFor();
    expect(stored.every((url) => url.startsWith(STORE + tea.id))).toBe(true);
    const announced = sent('POST').filter(({ path }) => path.endsWith('/files'));
    // Each is announced once its sum is known, whichever is sooner.
    expect(announced).toHaveLength(2);
    expect(announced.map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Offer.pdf', size: 8, sha256: createHash('sha256').update('%PDF-1.7').digest('hex') }),
        expect.objectContaining({ name: '报价.txt', size: 6 }),
      ]),
    );
    expect(page.url()).toContain(tea.id);
  });

  it('are pasted and picked, too', async () => {
    await visit();

    await bring('paste', [['image.png', 'x']]);
    await panel().getByRole('button', { name: 'image.png', exact: true }).waitFor();
    await panel()
      .locator('input[type=file]')
      .setInputFiles({ name: 'Picked.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b') });

    await panel().getByRole('button', { name: 'Picked.csv', exact: true }).waitFor();
  });

  it('come down from another origin, to be stored under their name', async () => {
    await visit();
    await bring('drop', [['Offer.pdf', '%PDF-1.7']]);
    const link = panel().getByRole('button', { name: 'Offer.pdf', exact: true });
    await link.waitFor();

    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);

    expect(download.url()).toContain(STORE);
    expect(download.suggestedFilename()).toBe('Offer.pdf');
    expect(await readFile(await download.path(), 'utf8')).toBe('%PDF-1.7');
    expect(page.url()).toContain(tea.id);
  });

  it('that are not taken say why, before anything is sent', async () => {
    await visit();

    await bring('drop', [
      ['page.html', '<html>'],
      ['invoice.exe.pdf', 'x'],
      ['invoice\u202efdp.pdf', 'x'],
      [`${'a'.repeat(300)}.pdf`, 'x'],
      ['empty.txt', ''],
    ]);

    for (const words of [/type of file/, /hides the extension/, /characters that are not accepted/, /too long/, /is empty/])
      await panel().getByText(words).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(sent('POST').filter(({ path }) => path.includes('/files'))).toEqual([]);
    await panel().getByRole('button', { name: 'Remove empty.txt from this list' }).click();
    await eventually(async () => (await listed()).length).toBe(4);
  });

  it('that did not get through are sent again with one press', async () => {
    await visit();
    refusals = 1;
    await bring('drop', [['Offer.pdf', '%PDF-1.7']]);
    await panel().getByRole('button', { name: 'Send Offer.pdf again' }).click();

    await panel().getByRole('button', { name: 'Offer.pdf', exact: true }).waitFor();
    expect(stored).toHaveLength(1);
  });

  it.each(LOOKS)('have no barriers: %s', async (_name, look) => {
    await visit(look);
    await bring('drop', [
      ['Offer.pdf', '%PDF-1.7'],
      ['page.html', 'x'],
    ]);
    await page.getByRole('button', { name: 'Offer.pdf', exact: true }).waitFor();

    expect(await findBarriers(page)).toEqual([]);
  });

  it('are deleted after a question', async () => {
    await visit();
    await bring('drop', [['Offer.pdf', '%PDF-1.7']]);
    await panel().getByRole('button', { name: 'Offer.pdf', exact: true }).waitFor();
    await panel().getByRole('button', { name: 'Delete Offer.pdf' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();

    await eventually(() => server.discussion.files(tea.id)).toEqual([]);
    await panel().getByText('Drop files anywhere').waitFor();
  });
});
