import { describe, expect, it } from 'vitest';
import { visit } from './settingsVisit.ts';

const named = (name: string) => visit.page.getByRole('button', { name, exact: true });
const company = () => visit.api.records.get('workspace', 'wsp_1')!;

describe('the company', () => {
  it('gets a logo, drawn down from a drawing in markup, and keeps what is being written beside it', async () => {
    visit.command = ({ method, path, body }) => {
      if (method !== 'POST' || path !== 'workspaces/wsp_1/logo') return undefined;
      const { ground } = body as { ground: string };
      visit.api.records.change('workspace', 'wsp_1', { logo: { file: 'a'.repeat(40), width: 480, height: 120, ground } });
      return { body: company() };
    };
    await visit.open('/settings/workspace');
    await visit.page.getByLabel('Company name').fill('Qingshan Tea & Co.');
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100"><script>alert(1)</script><circle cx="50" cy="50" r="40"/></svg>';
    await visit.page
      .getByLabel('Choose image', { exact: true })
      .last()
      .setInputFiles({
        name: 'logo.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from(svg),
      });
    await visit.page.getByText('480 × 120 pixels').waitFor();

    const [sent] = visit.asked('POST', 'workspaces/wsp_1/logo');
    const { image, ground } = sent!.body as { image: string; ground: string };
    expect(Buffer.from(image, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(Buffer.from(image, 'base64').readUInt32BE(16)).toBe(480);
    expect(ground).toBe('light');
    await named('Save').click();
    await visit.page.getByText('Saved', { exact: true }).waitFor();
    expect(company()).toMatchObject({ name: 'Qingshan Tea & Co.', logo: { width: 480 } });
  });

  it('hears why a file is no logo', async () => {
    await visit.open('/settings/workspace');
    const choose = (name: string, mimeType: string, buffer: Buffer) =>
      visit.page.getByLabel('Choose image', { exact: true }).last().setInputFiles({ name, mimeType, buffer });

    await choose('logo.png', 'image/png', Buffer.from('no picture'));
    await visit.page.getByText('not an image that can be used').waitFor();
    await choose('logo.png', 'image/png', Buffer.alloc(1_100_000));
    await visit.page.getByText('larger than 1 MB').waitFor();
    expect(visit.asked('POST', 'workspaces/wsp_1/logo')).toEqual([]);
  });

  it('offers languages, and the standard one among them', async () => {
    await visit.open('/settings/workspace');
    await visit.page.getByLabel('English').uncheck();
    expect(await visit.page.getByLabel('简体中文').isDisabled()).toBe(true);
    await named('Save').click();
    await visit.page.getByText('Saved').waitFor();

    expect(company()).toMatchObject({ languages: ['zh-CN'], language: 'zh-CN' });
  });

  it('opens the door to applications, and shows the link', async () => {
    visit.command = ({ method, path, body }) => {
      if (method !== 'POST' || path !== 'workspaces/wsp_1/applications') return undefined;
      const { open, renew } = body as { open: boolean; renew?: boolean };
      visit.api.records.change('workspace', 'wsp_1', { applyOpen: open, applyCode: renew ? 'second' : 'first' });
      return { body: company() };
    };
    await visit.open('/settings/workspace');
    await visit.page.getByLabel('People may apply for an account').check();
    await expect.poll(() => visit.page.getByLabel('Application link').inputValue()).toBe(`${visit.site.url}/apply/first`);

    await named('Renew link').click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Renew link' }).click();
    await expect.poll(() => visit.page.getByLabel('Application link').inputValue()).toBe(`${visit.site.url}/apply/second`);
  });
});
