import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { useVisits } from '../support/visit.ts';

const ME = 'mem_00000000000000000000000001';
const MARIA = 'mem_00000000000000000000000002';
const visit = useVisits();
const HOUR = 3_600_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const add = (values: Values, ownerId = ME): AnyRecord =>
  visit.api.records.add('activity', { type: 'call', status: 'planned', ...values }, { ownerId });
const page = () => visit.page;
const region = (name: string) => page().getByRole('region', { name });
const lines = (name: string): Promise<string[]> => region(name).getByRole('listitem').allInnerTexts();
const shown = (text: string) => page().getByText(text).waitFor();

beforeEach(() => {
  visit.api.member = { ...visit.api.member, ...{ id: ME, zone: 'Europe/Berlin' } };
  visit.api.members = [
    { id: ME, name: 'Lin Wang', active: true },
    { id: MARIA, name: 'Maria Silva', active: true },
  ];
  visit.api.records.me = ME;
});

describe('the agenda', () => {
  it('shows a week on the wall of who looks, also when the clocks go back', async () => {
    add({ subject: 'Before', plannedStart: '2026-10-24T07:00:00.000Z' });
    add({ subject: 'After', plannedStart: '2026-10-25T08:00:00.000Z' });
    add({ subject: 'Twice two', plannedStart: '2026-10-25T00:30:00.000Z', plannedEnd: '2026-10-25T01:30:00.000Z' });
    await visit.open('/agenda?view=week&day=2026-10-25');
    await shown('Twice two');

    expect((await lines('Saturday 24 October')).join()).toMatch(/Before[^]*09:00/);
    const sunday = await lines('Sunday 25 October');
    expect(sunday[0]).toMatch(/Twice two/);
    expect(sunday[1]).toMatch(/After[^]*09:00/);
  });

  it('goes on, back and to today by keys, and keeps its place in the address', async () => {
    await visit.open('/agenda?day=2026-03-28');
    await region('Saturday 28 March').waitFor();

    await page().keyboard.press('j');
    await region('Sunday 29 March').waitFor();
    expect(visit.at()).toBe('/agenda?day=2026-03-29');
    await page().keyboard.press('w');
    await region('Monday 23 March').waitFor();
    await page().keyboard.press('k');
    await region('Monday 16 March').waitFor();
    await page().keyboard.press('t');
    await page().locator('[aria-current="date"]').waitFor();

    expect(visit.at()).toBe('/agenda?view=week');
  });

  it('puts what is overdue above, and marks what collides', async () => {
    add({ subject: 'Long ago', plannedStart: ago(50 * HOUR) });
    add({ subject: 'Tasting', plannedStart: '2037-10-20T08:00:00.000Z', plannedEnd: '2037-10-20T09:00:00.000Z' });
    add({ subject: 'Board', plannedStart: '2037-10-20T08:30:00.000Z', plannedEnd: '2037-10-20T10:00:00.000Z' });
    await visit.open('/agenda');
    await shown('Long ago');
    expect(await lines('Overdue 1')).toHaveLength(1);

    await visit.open('/agenda?day=2037-10-20');
    await shown('Board');

    const tuesday = await lines('Tuesday 20 October');
    expect(tuesday).toHaveLength(2);
    for (const line of tuesday) expect(line).toMatch(/Conflict/);
    expect(tuesday[0]).toMatch(/10:00–11:00/);
  });

  it('shows a colleague’s, and what was given to others', async () => {
    add({ subject: 'Of Maria', plannedStart: ago(50 * HOUR), watcherIds: [ME] }, MARIA);
    add({ subject: 'Mine', plannedStart: ago(50 * HOUR) });
    await visit.open('/agenda');
    await shown('Mine');
    expect(await page().getByText('Of Maria').count()).toBe(0);

    const choose = async (name: string): Promise<void> => {
      await page().getByRole('combobox', { name: 'Whose agenda' }).click();
      await page().getByRole('option', { name }).click();
    };
    await choose('Maria Silva');
    await shown('Of Maria');
    expect(await page().getByText('Mine').count()).toBe(0);
    await choose('Given to others or watched');

    await page()
      .getByText('Maria Silva')
      .nth(1)
      .or(page().getByRole('link', { name: /Of Maria/ }))
      .first()
      .waitFor();
    expect(visit.at()).toBe('/agenda?who=team');
  });

  it('plans from where one looks', async () => {
    await visit.open('/agenda', { phone: true });
    await page().getByRole('button', { name: 'Plan', exact: true }).tap();
    await page().getByLabel('Subject').fill('Ring the new café');
    await page().getByRole('dialog').getByRole('button', { name: 'Plan', exact: true }).tap();

    await page().getByRole('region', { name: 'Notices' }).getByText('Planned for').waitFor();
    expect(visit.api.records.all('activity')[0]).toMatchObject({ subject: 'Ring the new café', ownerId: ME });
  });
});
