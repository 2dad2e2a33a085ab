/** A member at the board of opportunities, in front of a played server. */
import { beforeEach, expect } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { useVisits } from '../support/visit.ts';

export const visit = useVisits();
export const BOARD = '/opportunities?layout=board';
export let deals: Record<'tea' | 'gifts' | 'canteen' | 'cards' | 'old', AnyRecord>;

beforeEach(() => {
  const { records } = visit.api;
  const customerId = records.add('customer', { name: 'Harbour Foods' }).id;
  const add = (title: string, values: object) => records.add('opportunity', { title, customerId, outcome: 'open', ...values });
  const yuan = (minor: number) => ({ minor, currency: 'CNY' });
  deals = {
    tea: add('Spring tea', { stage: 'needs', rank: 'c', amount: yuan(100_000), successRate: 40, expectedEndOn: '2020-01-31' }),
    gifts: add('Gift boxes', { stage: 'needs', rank: 'f', amount: { minor: 50_000, currency: 'USD' }, successRate: 40 }),
    canteen: add('Canteen supply', { stage: 'needs', rank: 'i' }),
    cards: add('Loyalty cards', { stage: 'solution', rank: 'c', amount: yuan(20_000), successRate: 50, expectedEndOn: '9998-01-31' }),
    old: add('Autumn tea', { stage: 'signed', outcome: 'won', amount: yuan(30_000) }),
  };
});

export const column = (stage: string) => visit.page.locator(`[data-stage="${stage}"]`);
export const card = ({ id }: AnyRecord) => visit.page.locator(`[data-card="${id}"]`);
export const title = (deal: AnyRecord) => card(deal).getByRole('link');
/** Titles of a column from the top, as they are placed. */
export const titlesAt = (stage: string): Promise<string[]> =>
  column(stage)
    .locator('li[aria-posinset]')
    .evaluateAll((places) =>
      places
        .toSorted((a, b) => Number(a.getAttribute('aria-posinset')) - Number(b.getAttribute('aria-posinset')))
        .map((place) => place.querySelector('a')!.textContent.trim()),
    );
export const eventually = (stage: string) => expect.poll(() => titlesAt(stage));
export const said = () => visit.page.locator('[aria-live="assertive"]').textContent();
export const sent = (deal: AnyRecord) => visit.asked('PATCH', `opportunities/${deal.id}`);
export const stored = ({ id }: AnyRecord) => visit.api.records.get('opportunity', id)!;
export const open = async (look?: Parameters<typeof visit.open>[1], path = BOARD): Promise<void> => {
  await visit.open(path, look);
  // Wide enough for the columns that cards go between.
  if (!look?.phone) await visit.page.setViewportSize({ width: 1760, height: 800 });
  await visit.page.locator('[data-card]').first().waitFor();
};
export const middleOf = async (deal: AnyRecord): Promise<{ x: number; y: number }> => {
  const { x, y, width, height } = (await card(deal).boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
};
export const comeBack = () => visit.page.evaluate(() => void dispatchEvent(new Event('focus')));

/** Carries a card with the mouse so that its middle comes to the middle of another, or to a place beside it. */
export async function dragTo(deal: AnyRecord, target: AnyRecord, { down = 0 } = {}): Promise<void> {
  const [from, to] = [await middleOf(deal), await middleOf(target)];
  await visit.page.mouse.move(from.x, from.y);
  await visit.page.mouse.down();
  await visit.page.mouse.move(from.x + 6, from.y + 6, { steps: 3 });
  await visit.page.mouse.move(to.x, to.y + down, { steps: 6 });
}
