import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
let running = '';

beforeEach(() => {
  const { records } = visit.api;
  const of = { kind: 'export', recordType: 'customer' };
  records.add('customer', { name: 'Berg' });
  records.add(
    'job',
    { ...of, state: 'done', fileName: 'Orders.csv', doneCount: 1200, totalCount: 1200 },
    { createdAt: '2026-02-27T08:00:00.000Z' },
  );
  running = records.add('job', { ...of, state: 'running', fileName: 'Customers.xlsx', doneCount: 4000 }).id;
});

describe('exports', () => {
  it.each(LOOKS)('are shown without barriers and as wide as the screen, %s', async (_name, look) => {
    await visit.open('/jobs', look);
    await visit.page.getByText('Orders.csv').waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
  });

  it('tell how far they are, and can be given up', async () => {
    visit.command = ({ path }) => {
      if (path !== `jobs/${running}/cancel`) return undefined;
      visit.api.records.change('job', running, { state: 'cancelled' });
      return { body: visit.api.records.get('job', running) };
    };
    await visit.open('/jobs');
    await visit.page.getByText('Running · 4,000 records').waitFor();
    await visit.page.getByRole('button', { name: 'Cancel' }).click();
    await visit.page.evaluate(() => dispatchEvent(new Event('focus')));

    await visit.page.getByText('Cancelled · 4,000 records').waitFor();
  });

  it('are asked for in a list, as it stands', async () => {
    visit.command = ({ path }) => (path === 'jobs/export' ? { status: 202, body: {} } : undefined);
    await visit.open('/customers?sort=-name&q=ber');
    await visit.page.getByRole('link', { name: 'Berg' }).first().waitFor();
    await visit.page.getByRole('button', { name: 'More list actions' }).click();
    await visit.page.getByRole('menuitem', { name: 'Export this list (Excel)' }).click();
    await visit.page.getByText('The file is being created').waitFor();

    expect(visit.asked('POST', 'jobs/export')[0]!.body).toMatchObject({
      recordType: 'customer',
      format: 'xlsx',
      sort: '-name',
      q: 'ber',
      locale: 'en',
    });
  });
});
