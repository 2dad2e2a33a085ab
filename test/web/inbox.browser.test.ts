import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
let leadId = '';

beforeEach(() => {
  const { records } = visit.api;
  records.add('member', { name: 'Lin Wang', email: 'lin@tea.example', status: 'active', unmailedNotices: ['noteAdded'] }, { id: 'mem_1' });
  leadId = records.add('lead', { name: 'Li Lei', status: 'new' }).id;
  const about = { recordType: 'lead', recordId: leadId };
  const told = (code: string, name: string, values: object = {}) =>
    records.add('notification', { code, params: { name }, ...about, ...values });
  told('leadMerged', 'Old One', { readAt: '2026-03-01T09:00:00.000Z' });
  told('leadAssigned', 'Han Mei');
  told('noteAdded', 'Li Lei');
});
const rows = () => visit.page.getByRole('tabpanel').getByRole('listitem');
const member = () => visit.api.records.get('member', 'mem_1');
async function act(row: RegExp, action: string): Promise<void> {
  await visit.page.getByRole('button', { name: row }).click();
  await visit.page.getByRole('menuitem', { name: action }).click();
}

describe('the inbox', () => {
  it.each(LOOKS)('is without barriers and as wide as the screen, %s', async (_name, look) => {
    await visit.open('/notifications', look);
    await rows().first().waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
  });

  it('holds what is unread, and by its other tab all', async () => {
    await visit.open('/notifications');
    await expect.poll(() => rows().count()).toBe(2);
    await visit.page.getByRole('tab', { name: 'All 3' }).click();

    await expect.poll(() => rows().count()).toBe(3);
    expect(visit.at()).toBe('/notifications?tab=all');
  });

  it('marks one as read, and as unread again', async () => {
    await visit.open('/notifications');
    await act(/Actions for .*Han Mei/, 'Mark as read');
    await expect.poll(() => rows().count()).toBe(1);
    await visit.page.getByRole('tab', { name: /^All/ }).click();
    await act(/Actions for .*Han Mei/, 'Mark as unread');

    await visit.page.getByRole('tab', { name: 'Unread 2' }).waitFor();
  });

  it('shows one kind, which the address keeps', async () => {
    await visit.open('/notifications?tab=all&kind=leadMerged');
    await expect.poll(() => rows().allTextContents()).toEqual([expect.stringContaining('Old One')]);

    expect(await visit.page.getByRole('tab', { name: 'Unread 0' }).count()).toBe(1);
  });

  it('mutes a kind, and takes it back', async () => {
    await visit.open('/notifications');
    await act(/Actions for .*Han Mei/, 'Mute this kind');
    await expect.poll(() => member()!['mutedNotices']).toEqual(['leadAssigned']);
    await visit.page.getByRole('button', { name: 'Undo' }).click();

    await expect.poll(() => member()!['mutedNotices']).toBeUndefined();
  });

  it('stops following the record that a note was added to', async () => {
    visit.command = ({ method, path }) => (method === 'DELETE' && path === `leads/${leadId}/follow` ? { status: 204 } : undefined);
    await visit.open('/notifications');
    await act(/Actions for .*note on Li Lei/, 'Stop following this record');

    await visit.page.getByText('You no longer follow this record').waitFor();
    expect(visit.asked('DELETE', `leads/${leadId}/follow`)).toHaveLength(1);
  });
});

describe('what members are told of', () => {
  it.each(LOOKS)('is chosen without barriers, %s', async (_name, look) => {
    await visit.open('/settings/notifications', look);
    await visit.page.getByRole('table').waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
  });

  it('is kept kind by kind, in the app and by mail', async () => {
    await visit.open('/settings/notifications');
    await visit.page.getByRole('checkbox', { name: 'You were mentioned: in the app' }).uncheck();
    await visit.page.getByRole('checkbox', { name: 'A note was added: by mail' }).check();
    await visit.page.getByRole('button', { name: 'Save' }).click();
    await visit.page.getByText('Saved', { exact: true }).waitFor();

    expect(member()).toMatchObject({ mutedNotices: ['mentioned'] });
    expect(member()!['unmailedNotices']).toBeUndefined();
  });
});
