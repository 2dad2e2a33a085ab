import { describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
const ME = 'mem_00000000000000000000000001';
const PATIENCE = { timeout: 15_000, interval: 20 };
const shown = (): Promise<string[]> =>
  visit.page.locator('main li p:first-child').evaluateAll((names) => names.map((name) => name.textContent.trim()));
const eventually = <T>(read: () => T) => expect.poll(read, PATIENCE);

function fill(): void {
  const { api } = visit;
  api.member.id = ME;
  api.members = [{ id: ME, name: 'Lin Wang', active: true }];
  api.records.me = ME;
  for (const [type, values] of [
    ['customer', { name: 'Qingshan Tea House' }],
    ['customer', { name: 'Ångström & Søn' }],
    ['product', { name: 'Espresso', code: 'E-1' }],
  ] as const)
    api.records.remove(type, api.records.add(type, values).id);
}

describe('the bin', () => {
  it('shows what was deleted last first, by type and by name, and keeps both in the address', async () => {
    fill();
    await visit.open('/bin');
    await eventually(shown).toEqual(['Espresso', 'Ångström & Søn', 'Qingshan Tea House']);

    await visit.page.getByRole('combobox', { name: 'Type' }).click();
    await visit.page.getByRole('option', { name: 'Customers' }).click();
    await eventually(shown).toEqual(['Ångström & Søn', 'Qingshan Tea House']);
    await visit.page.getByRole('searchbox', { name: 'Search by name' }).fill('tea');

    await eventually(shown).toEqual(['Qingshan Tea House']);
    expect(visit.at()).toBe('/bin?type=customer&q=tea');
    await visit.page.getByRole('searchbox').fill('nothing like it');
    await visit.page.getByRole('button', { name: 'Clear filters' }).click();
    await eventually(shown).toHaveLength(3);
  });

  it('brings a record back, which can be opened at once', async () => {
    fill();
    await visit.open('/bin');
    await visit.page.getByRole('button', { name: 'Restore Ångström & Søn' }).click();
    await eventually(shown).toEqual(['Espresso', 'Qingshan Tea House']);

    await visit.page.getByRole('button', { name: 'Open' }).click();

    await visit.page.getByRole('heading', { name: 'Ångström & Søn', level: 1 }).waitFor();
  });

  it('says whose a value is by now that only one may have, and keeps the record', async () => {
    fill();
    const other = visit.api.records.add('product', { name: 'New espresso', code: 'E-1' });
    visit.command = ({ path }) =>
      path.endsWith('/restore')
        ? {
            status: 409,
            body: { code: 'unique.taken', status: 409, params: { field: 'code', existing: { id: other.id, title: 'New espresso' } } },
          }
        : undefined;
    await visit.open('/bin');
    await visit.page.getByRole('button', { name: 'Restore Espresso' }).click();

    await visit.page.getByText('New espresso has the same Code now. Change it there first.').waitFor();
    await eventually(shown).toHaveLength(3);
  });

  it.each(LOOKS)('bars nobody: %s', async (_name, look) => {
    fill();
    await visit.open('/bin', look);
    await eventually(shown).toHaveLength(3);

    expect(await findBarriers(visit.page)).toEqual([]);
  });
});
