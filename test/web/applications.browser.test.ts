import { describe, expect, it } from 'vitest';
import { north, roleIds, visit } from './settingsVisit.ts';

const named = (name: string) => visit.page.getByRole('button', { name, exact: true });

describe('somebody without an account', () => {
  it('applies, comes back by the mailed link, and confirms by a press of his own', async () => {
    visit.api.signedIn = false;
    await visit.open('/apply/open');
    await visit.page.getByText('Qingshan Tea', { exact: true }).waitFor();
    await named('Apply').click();
    expect(visit.asked('POST', 'auth/apply')).toEqual([]);

    await visit.page.getByLabel('Your name').fill('Ana Reis');
    await visit.page.getByLabel('E-mail').fill('ana@tea.example');
    await visit.page.getByLabel('Department or team').fill('Sales North');
    await named('Apply').click();
    await visit.page.getByText('We sent a link to ana@tea.example').waitFor();

    expect(visit.asked('POST', 'auth/apply').map(({ body }) => body)).toEqual([
      { code: 'open', name: 'Ana Reis', email: 'ana@tea.example', language: 'en', department: 'Sales North' },
    ]);
    await visit.page.goto(`${visit.site.url}/apply/open?back#good`);
    expect(await visit.page.getByRole('heading', { level: 1 }).textContent()).toBe('Confirm your application');
    expect(visit.asked('POST', 'auth/confirm-application')).toEqual([]);
    await named('Confirm application').click();
    await visit.page.getByText('until 1 Apr 2026', { exact: false }).waitFor();
  });

  it('hears of a link that is closed, and of one that was used', async () => {
    visit.api.signedIn = false;
    await visit.open('/apply/shut');
    await visit.page.getByText('It was renewed or switched off').waitFor();

    await visit.page.goto(`${visit.site.url}/apply/open#used`);
    await named('Confirm application').click();
    await visit.page.getByRole('link', { name: 'Apply for an account' }).waitFor();
  });
});

describe('whoever decides about people', () => {
  const DAY_MS = 86_400_000;
  /** As old as that by the computer's clock, which the page goes by. */
  const applied = (name: string, daysAgo: number, more: object = {}) => {
    const values = { name, email: `${name.split(' ')[0]!.toLowerCase()}@out.example`, status: 'waiting', ...more };
    const createdAt = new Date(Date.now() - daysAgo * DAY_MS).toISOString();
    return visit.api.records.add('application', values, { createdAt }).id;
  };
  const answer = (decision: string, status: string) => {
    visit.command = ({ method, path, body }) => {
      const [, id, what] = /^applications\/(\w+)\/(\w+)$/.exec(path) ?? [];
      if (method !== 'POST' || what !== decision) return undefined;
      visit.api.records.change('application', id!, { status, ...(body as object) });
      return { body: visit.api.records.get('application', id!) };
    };
  };

  it('finds who waits at the members, and invites him into the department he named', async () => {
    const id = applied('Ana Reis', 2, { department: 'sales north', remark: 'Maria knows me.' });
    applied('Old Wish', 31);
    answer('approve', 'approved');
    await visit.open('/settings/members');
    await visit.page.getByRole('link', { name: '1 application is waiting' }).click();
    await visit.page.getByText('Maria knows me.').waitFor();
    expect(await visit.page.getByText('Old Wish').count()).toBe(0);

    await named('Approve the application of Ana Reis').click();
    await visit.page.getByText('This department has no head.').waitFor();
    await named('Send invitation').click();
    await visit.page.getByText('Invitation sent to ana@out.example.').waitFor();

    expect(visit.asked('POST', `applications/${id}/approve`).map(({ body }) => body)).toEqual([
      { roleId: roleIds['sales'], departmentId: north },
    ]);
    await visit.page.getByRole('region', { name: 'Decided' }).getByText('Approved').waitFor();
  });

  it('declines with a sentence, and may think better of it', async () => {
    const id = applied('Ana Reis', 2);
    answer('decline', 'declined');
    await visit.open(`/applications/${id}`);
    await named('Decline the application of Ana Reis').click();
    await visit.page.getByLabel('Sentence for the mail').fill('Not before May.');
    await named('Decline').click();
    await visit.page.getByText('Told: Not before May.').waitFor();

    expect(await named('Approve the application of Ana Reis').count()).toBe(1);
    expect(await named('Decline the application of Ana Reis').count()).toBe(0);
  });
});
