import { beforeEach, describe, expect, it } from 'vitest';
import { toInstant } from '../../shared/kernel/dates.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const PATIENCE = { timeout: 15_000, interval: 20 };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const ME = 'mem_00000000000000000000000001';
const MARIA = 'mem_00000000000000000000000002';
const visit = useVisits();
let harbour: AnyRecord;
let deal: AnyRecord;

beforeEach(() => {
  visit.api.member.id = ME;
  visit.api.members = [
    { id: ME, name: 'Lin Wang', active: true },
    { id: MARIA, name: 'Maria Silva', active: true },
  ];
  visit.api.records.me = ME;
  const { records } = visit.api;
  harbour = records.add('customer', { name: 'Harbour Foods' });
  deal = records.add('opportunity', {
    title: 'Espresso machines',
    customerId: harbour.id,
    stage: 'needs',
    amount: { minor: 1_200_000, currency: 'CNY' },
  });
  visit.command = ({ method, path, body }) => {
    const [, id = '', command] = /^activities\/(act_\w+)\/(complete|cancel|reopen)$/.exec(path) ?? [];
    return method === 'POST' && command ? { body: close(id, command, body as Values) } : undefined;
  };
});

/** Closes and reopens as the server does. */
function close(id: string, command: string, { nextStep, endSeries: _endSeries, ...written }: Values): unknown {
  const { records } = visit.api;
  const before = records.get('activity', id)!;
  if (command === 'reopen') return records.change('activity', id, { status: 'planned', actualStart: null, actualEnd: null }, ME);
  const done = command === 'complete';
  const times = done ? { actualStart: before.createdAt, actualEnd: before.createdAt } : {};
  const activity = records.change('activity', id, { ...written, status: done ? 'done' : 'cancelled', cycle: null, ...times }, ME);
  const step = nextStep && records.add('activity', { customerId: before['customerId'], status: 'planned', ...nextStep });
  return { activity, ...(step ? { nextStep: step } : {}) };
}

const page = () => visit.page;
const button = (name: string | RegExp) => page().getByRole('button', { name, exact: typeof name === 'string' });
const dialog = () => page().getByRole('dialog');
const inDialog = (name: string | RegExp) => dialog().getByRole('button', { name, exact: typeof name === 'string' });
const notices = () => page().getByRole('region', { name: 'Notices' });
const activities = (): AnyRecord[] => visit.api.records.all('activity');
const add = (values: Values, ownerId = ME): AnyRecord =>
  visit.api.records.add('activity', { type: 'call', status: 'planned', ...values }, { ownerId });
const eventually = <T>(read: () => T) => expect.poll(read, PATIENCE);
const ago = (ms: number): string => toInstant(Date.now() - ms);

describe('logging', () => {
  it.each([
    ['a customer', () => `/customers/${harbour.id}`],
    ['an opportunity', () => `/opportunities/${deal.id}`],
    ['a row of a list', () => '/customers'],
  ])('takes two taps on a phone, from %s', async (_from, at) => {
    await visit.open(at(), { phone: true });

    await button(/^Log/).tap();
    await inDialog('Phone call').tap();

    await notices().getByText('Phone call logged').waitFor();
    expect(activities()).toHaveLength(1);
    const [call] = activities();
    expect(call).toMatchObject({ type: 'call', status: 'done', customerId: harbour.id });
    expect(call!['actualEnd']).toBe(call!['actualStart']);
    expect(await dialog().count()).toBe(0);
  });

  it('takes two keys', async () => {
    await visit.open(`/opportunities/${deal.id}`);
    await button('Log').waitFor();

    await page().keyboard.press('l');
    await dialog().waitFor();
    await page().keyboard.press('2');

    await notices().getByText('Visit logged').waitFor();
    expect(activities()[0]).toMatchObject({
      type: 'visit',
      subject: 'Visit: Espresso machines',
      opportunityId: deal.id,
      customerId: harbour.id,
    });
  });

  it('can be taken back', async () => {
    await visit.open(`/customers/${harbour.id}`);
    await button('Log').click();
    await inDialog(/^Message/).click();

    await notices().getByRole('button', { name: 'Undo' }).click();

    await eventually(() => activities().length).toBe(0);
    expect(await page().getByRole('textbox', { name: 'Outcome' }).count()).toBe(0);
  });

  it('asks where the record is shown what came of it', async () => {
    await visit.open(`/customers/${harbour.id}`);
    await button('Log').click();
    await inDialog(/^Phone call/).click();

    await page().getByRole('textbox', { name: 'Outcome' }).fill('Wants a sample.');
    await button('Save outcome').click();

    await notices().getByText('Outcome saved.').waitFor();
    expect(activities()[0]).toMatchObject({ outcome: 'Wants a sample.', status: 'done' });
    expect(await page().getByRole('textbox', { name: 'Outcome' }).count()).toBe(0);
  });

  it('logs once however often it must be sent', async () => {
    let lost = 0;
    const answer = visit.command;
    visit.command = (request) => {
      if (request.method !== 'POST' || request.path !== 'activities') return answer(request);
      return lost++ ? undefined : (visit.api.answer(request), { status: 503, headers: { 'retry-after': '0' }, body: { code: 'http.503' } });
    };
    await visit.open(`/customers/${harbour.id}`);
    await button('Log').click();
    await inDialog(/^Phone call/).click();

    await notices().getByText('Phone call logged').waitFor();
    const ids = visit.asked('POST', 'activities').map(({ body }) => (body as Values)['id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('is not offered to who may not', async () => {
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'viewer')!.rights;
    await visit.open(`/customers/${harbour.id}`);
    await page().getByText('Customer created').waitFor();

    expect(await button('Log').count()).toBe(0);
  });
});

describe('planning', () => {
  it('takes kind and time by one press each, and knows what is usual', async () => {
    await visit.open(`/opportunities/${deal.id}`);
    await button('Plan').click();

    await dialog().getByText('Visit', { exact: true }).click();
    await dialog().getByText('Next Monday').click();
    await inDialog('Plan').click();

    await notices().getByText('Planned for').waitFor();
    const [visited] = activities();
    expect(visited).toMatchObject({
      type: 'visit',
      subject: 'Visit: Espresso machines',
      opportunityId: deal.id,
      remindMinutes: 30,
      remindBy: 'app',
    });
    const [start, end] = [visited!['plannedStart'], visited!['plannedEnd']].map((at) => Date.parse(String(at)));
    expect(end! - start!).toBe(HOUR);
    expect(new Date(start! + 8 * HOUR).toISOString()).toMatch(/T09:00/); // in Shanghai
    expect(new Date(start! + 8 * HOUR).getUTCDay()).toBe(1);
  });

  it('may repeat, and warns of what is at the same time', async () => {
    const tomorrow = new Date(Date.now() + 8 * HOUR + DAY).toISOString().slice(0, 10);
    add({ type: 'meeting', subject: 'Board', plannedStart: `${tomorrow}T00:30:00.000Z`, plannedEnd: `${tomorrow}T01:30:00.000Z` });
    await visit.open(`/customers/${harbour.id}`);
    await button('Plan').click();
    await dialog().getByText('Meeting', { exact: true }).click();
    await dialog().getByText('At the same time: Board').waitFor();

    await dialog().getByText('More').click();
    await dialog().getByRole('combobox', { name: 'Repeat' }).click();
    await page().getByRole('option', { name: 'every week' }).click();
    await dialog().getByRole('button', { name: 'Wed' }).click();
    await dialog().getByText('every week on Wed').waitFor();
    await inDialog('Plan').click();

    await notices().getByText('Planned for').waitFor();
    expect(activities().find(({ subject }) => subject !== 'Board')).toMatchObject({ cycle: { unit: 'week', every: 1, weekdays: [3] } });
  });

  it('goes from the sheet of what was done to what is to be done', async () => {
    await visit.open(`/customers/${harbour.id}`, { phone: true });
    await button('Log').tap();
    await inDialog('Plan it for later').tap();
    await dialog().getByText('Plan for Harbour Foods').waitFor();
    await inDialog('Plan').tap();

    await notices().getByText('Planned for').waitFor();
    expect(activities()[0]).toMatchObject({ type: 'call', subject: 'Phone call: Harbour Foods', customerId: harbour.id });
  });
});

describe('completing', () => {
  const open = async (values: Values = {}): Promise<AnyRecord> => {
    const call = add({ subject: 'Offer the new blend', customerId: harbour.id, plannedStart: ago(HOUR), ...values });
    await visit.open(`/activities/${call.id}`);
    await button('Complete').click();
    await dialog().waitFor();
    return call;
  };

  it('keeps the outcome', async () => {
    const { id } = await open();
    await dialog().getByLabel('Outcome').fill('Ordered ten kilos.');
    await inDialog('Complete').click();

    await notices().getByText('Done: Offer the new blend').waitFor();
    expect(visit.api.records.get('activity', id)).toMatchObject({ status: 'done', outcome: 'Ordered ten kilos.' });
    await button('Plan again').waitFor();
  });

  it('plans the suggested next step by one key', async () => {
    await open();
    await dialog().getByLabel('Outcome').fill('Call again.');
    await page().keyboard.press('Control+Shift+Enter');

    await notices().getByText('The next step is planned.').waitFor();
    expect(activities()).toHaveLength(2);
    expect(activities()[1]).toMatchObject({
      type: 'call',
      subject: 'Phone call: Harbour Foods',
      customerId: harbour.id,
      status: 'planned',
    });
  });

  it('can be taken back', async () => {
    const { id } = await open();
    await inDialog('Complete').click();
    await notices().getByRole('button', { name: 'Undo' }).click();

    await eventually(() => visit.api.records.get('activity', id)!['status']).toBe('planned');
  });

  it('means it although somebody has changed the subject meanwhile', async () => {
    const { id } = await open();
    visit.api.records.change('activity', id, { subject: 'Offer the old blend' });
    const answer = visit.command;
    visit.command = (request) => {
      const record = visit.api.records.get('activity', id)!;
      const isStale = request.path.endsWith('/complete') && Number(request.headers['if-match']) !== record.version;
      return isStale ? { status: 409, body: { code: 'record.stale', params: { version: record.version, record } } } : answer(request);
    };
    await inDialog('Complete').click();

    await eventually(() => visit.api.records.get('activity', id)!['status']).toBe('done');
  });

  it('tells how a series goes on, and suggests nothing else', async () => {
    await open({ cycle: { unit: 'week', every: 2, weekdays: [1, 3], until: '2027-03-31' } });

    await dialog().getByText('Repeats every 2 weeks on Mon, Wed until 31 Mar 2027.').waitFor();
    expect(
      await dialog()
        .getByRole('button', { name: /Complete and plan/ })
        .count(),
    ).toBe(0);
  });
});

describe('my day', () => {
  it('ticks off with one press, and takes it back', async () => {
    const call = add({ subject: 'Call the harbour', customerId: harbour.id, plannedStart: ago(2 * DAY) });
    add({ subject: 'Nobody’s hurry' });
    await visit.open('/');
    const tile = page().getByRole('region', { name: 'My day' });
    await tile.getByText('Nobody’s hurry').waitFor();

    await tile.getByRole('button', { name: 'Complete: Call the harbour' }).click();
    await eventually(() => visit.api.records.get('activity', call.id)!['status']).toBe('done');
    await tile.getByText('Call the harbour').waitFor({ state: 'detached' });
    await notices().getByRole('button', { name: 'Undo' }).click();

    await tile.getByText('Call the harbour').waitFor();
  });

  it('is kind when nothing is left', async () => {
    add({ subject: 'Of another', plannedStart: ago(HOUR) }, MARIA);
    await visit.open('/');

    await page().getByRole('region', { name: 'My day' }).getByText('All done for today.').waitFor();
  });
});

describe('a record', () => {
  it('shows what is planned and what was done, and says when nothing is', async () => {
    await visit.open(`/customers/${harbour.id}`);
    const panel = page().getByRole('region', { name: 'Activities', exact: true });
    await panel.getByText('Nothing planned').waitFor();

    add({ subject: 'Bring the sample', customerId: harbour.id, plannedStart: ago(DAY) });
    add({ subject: 'Tasted', status: 'done', customerId: harbour.id, actualEnd: ago(DAY), outcome: 'Likes it dark.' });
    await page().evaluate(() => void dispatchEvent(new Event('focus')));

    await panel.getByText('Bring the sample').waitFor();
    await panel.getByText('Likes it dark.').waitFor();
    expect(await panel.getByText('Nothing planned').count()).toBe(0);
  });

  it('of a colleague says whose activities are out of sight', async () => {
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'sales')!.rights;
    const hers = visit.api.records.add('customer', { name: 'Silva Bakery' }, { ownerId: MARIA });
    await visit.open(`/customers/${hers.id}`);
    const panel = page().getByRole('region', { name: 'Activities', exact: true });

    await panel.getByText('Those of Maria Silva stay with them and their managers.').waitFor();
    expect(await panel.getByText('Nothing planned').count()).toBe(0);
  });
});

describe('a reminder', () => {
  it('reaches the bell with its time and customer, and leads to the activity', async () => {
    const call = add({ subject: 'Offer the new blend', customerId: harbour.id, plannedStart: '2037-10-20T06:00:00.000Z' });
    visit.api.records.add('notification', {
      code: 'activityReminder',
      params: { name: 'Offer the new blend', plannedAt: '2037-10-20T06:00:00.000Z', customer: 'Harbour Foods' },
      recordType: 'activity',
      recordId: call.id,
    });
    await visit.open('/activities', { phone: true });
    await button('Notifications, 1 new').tap();
    const bell = dialog();
    await bell.getByText('20 Oct 2037, 14:00 · Harbour Foods').waitFor();

    await bell.getByText('Reminder: Offer the new blend').tap();

    await page().getByRole('heading', { name: 'Offer the new blend' }).waitFor();
  });
});

describe('pages of activities', () => {
  const pages = ['/agenda', '/agenda?view=week', '/activities', 'activity', '/activities/new', 'log', 'plan', 'complete'];
  it.each(LOOKS.flatMap(([name, look]) => pages.map((at) => [at, name, look] as const)))(
    '%s is without barriers and as wide as the screen, %s',
    async (at, _name, look) => {
      const call = add({
        subject: 'Offer the new blend',
        customerId: harbour.id,
        plannedStart: ago(26 * HOUR),
        cycle: { unit: 'month', every: 1, day: 'last' },
      });
      add({ subject: 'Tasting', type: 'meeting', plannedStart: ago(0), plannedEnd: ago(-HOUR) });
      add({ subject: 'Board', type: 'meeting', plannedStart: ago(0), plannedEnd: ago(-HOUR) });
      const path: Readonly<Record<string, string>> = {
        activity: `/activities/${call.id}`,
        complete: `/activities/${call.id}`,
        log: `/customers/${harbour.id}`,
        plan: `/customers/${harbour.id}`,
      };
      await visit.open(path[at] ?? at, look);
      await page().locator('[aria-busy="true"]').waitFor({ state: 'detached' });
      const opens: Readonly<Record<string, RegExp>> = { log: /^(Log|记一笔)$/, plan: /^(Plan|安排)$/, complete: /^(Complete|完成)$/ };
      if (opens[at]) {
        // On a phone planning begins where logging does.
        if (at === 'plan' && look.phone) await button('Log').click();
        await page()
          .getByRole('button', { name: at === 'plan' && look.phone ? 'Plan it for later' : opens[at] })
          .click();
        await dialog().waitFor();
      } else if (at.startsWith('/agenda')) await page().getByText('Board').waitFor();

      expect(await findBarriers(page())).toEqual([]);
      if (!look.phone) return;
      await page().setViewportSize({ width: 320, height: 640 });
      expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    },
  );
});
