import { describe, expect, it } from 'vitest';
import { LOOKS } from '../support/visit.ts';
import { findBarriers } from '../support/page.ts';
import { eventually, focus, MARIA, ME, open, page, sent, server, tea } from './customersVisit.ts';

const box = () => page.getByRole('textbox', { name: 'Note', exact: true });
const notes = () => sent('POST').filter(({ path }) => path.endsWith('/notes'));
const HOSTILE = '<img src=x onerror=alert(1)> javascript:alert(1) https://safe.test/a?b=1';

describe('a note', () => {
  it('is written by keys alone, mentions a colleague, and stands on top', async () => {
    await open(`/customers/${tea.id}`);
    await box().waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('Ask @mar');
    await page.getByRole('option', { name: 'Maria Silva' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('about the green one');
    await page.keyboard.press('Control+Enter');

    await page.getByRole('listitem').getByText('@Maria Silva', { exact: true }).waitFor();
    expect(notes()).toMatchObject([{ body: { text: 'Ask @Maria Silva about the green one', mentions: [MARIA] } }]);
    expect(await box().inputValue()).toBe('');
  });

  it.each(LOOKS)('has no barriers in its box and its list: %s', async (_name, look) => {
    server.discussion.write('customer', tea.id, { id: 'not_1', at: '2026-03-03T02:00:00.000Z', by: ME, params: { text: HOSTILE } });
    await open(`/customers/${tea.id}`, look);
    await page.getByRole('textbox').first().fill('@');
    await page.getByRole('option').first().waitFor();

    expect(await findBarriers(page)).toEqual([]);
  });

  it('is text, whatever stands in it; addresses open elsewhere', async () => {
    server.discussion.write('customer', tea.id, { id: 'not_1', at: '2026-03-03T02:00:00.000Z', by: MARIA, params: { text: HOSTILE } });
    await open(`/customers/${tea.id}`);

    const link = page.getByRole('link', { name: 'https://safe.test/a?b=1' });
    expect(await link.getAttribute('rel')).toContain('noopener');
    await page.getByText('<img src=x onerror=alert(1)> javascript:alert(1)').waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('that was begun is still there after a look elsewhere', async () => {
    await open(`/customers/${tea.id}`);
    await box().fill('Half a thought for @');
    await page.getByRole('option', { name: 'Maria Silva' }).click();
    await page.getByRole('link', { name: /Li Lei/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Li Lei' }).waitFor();
    expect(await box().inputValue()).toBe('');

    await page.getByRole('link', { name: 'Qingshan Tea House' }).click();
    await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();

    expect(await box().inputValue()).toBe('Half a thought for @Maria Silva ');
    await box().press('Control+Enter');
    await eventually(() => notes()[0]?.body).toMatchObject({ text: 'Half a thought for @Maria Silva ', mentions: [MARIA] });
  });

  it('of one’s own is changed and deleted where it stands', async () => {
    server.discussion.write('customer', tea.id, { id: 'not_1', at: '2026-03-03T02:00:00.000Z', by: ME, params: { text: 'Frist' } });
    server.discussion.write('customer', tea.id, { id: 'not_2', at: '2026-03-03T03:00:00.000Z', by: MARIA, params: { text: 'Hers' } });
    await open(`/customers/${tea.id}`);
    await page.getByText('Hers').waitFor();
    expect(await page.getByRole('button', { name: 'Edit this note' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Edit this note' }).click();
    await page.getByRole('textbox', { name: 'Edit this note' }).fill('First');
    await page.keyboard.press('Control+Enter');
    await page.getByText('First', { exact: true }).waitFor();
    await page.getByText('edited', { exact: false }).first().waitFor();

    await page.getByRole('listitem').filter({ hasText: 'First' }).last().getByRole('button', { name: 'Delete this note' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();

    await eventually(() => server.discussion.rows(tea.id).map(({ id }) => id)).toEqual(['not_2']);
    await page.getByText('First', { exact: true }).waitFor({ state: 'detached' });
  });

  it('of a colleague comes by itself, and what is being changed stays', async () => {
    server.discussion.write('customer', tea.id, { id: 'not_1', at: '2026-03-03T02:00:00.000Z', by: ME, params: { text: 'Mine' } });
    await open(`/customers/${tea.id}`);
    await page.getByRole('button', { name: 'Edit this note' }).click();
    await page.getByRole('textbox', { name: 'Edit this note' }).fill('Mine, longer');

    server.discussion.write('customer', tea.id, { id: 'not_2', at: '2026-03-03T03:00:00.000Z', by: MARIA, params: { text: 'Hers' } });
    server.tell('customer', tea.id);
    await focus();

    await page.getByText('Hers').waitFor();
    expect(await page.getByRole('textbox', { name: 'Edit this note' }).inputValue()).toBe('Mine, longer');
  });
});

it('a record is followed with one press, and left with the next', async () => {
  await open(`/customers/${tea.id}`);
  await page.getByRole('button', { name: /^Follow$/ }).click();
  const following = page.getByRole('button', { name: /^Following/ });
  await following.waitFor();
  await eventually(() => sent('POST').some(({ path }) => path.endsWith('/follow'))).toBe(true);
  await following.click();

  await page.getByRole('button', { name: /^Follow$/ }).waitFor();
  await eventually(() => sent('DELETE').some(({ path }) => path.endsWith('/follow'))).toBe(true);
});
