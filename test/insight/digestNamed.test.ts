import { describe, expect, it } from 'vitest';
import type { JournalRow } from '../../shared/insight/digestFigures.ts';
import { pickNamed } from '../../shared/insight/digestNamed.ts';

const row = (owner: string, type: string, id: string, metrics: Record<string, number>, minute = 0): JournalRow => ({
  owner,
  type,
  id,
  at: `2026-03-10T09:${String(minute).padStart(2, '0')}:00.000Z`,
  metrics,
});

describe('named records', () => {
  it('are named once, for the furthest they came', () => {
    const named = pickNamed(
      [row('a', 'lead', '1', { created: 1 }, 1), row('a', 'lead', '1', { converted: 1 }, 3), row('a', 'lead', '1', { working: 1 }, 2)],
      5,
    );
    expect(named).toEqual([{ type: 'lead', id: '1', event: 'converted' }]);
  });

  it.each([
    ['opportunity', [{ created: 1 }, { moved: 1 }, { won: 1, 'won:EUR': 5 }], 'won'],
    ['opportunity', [{ created: 1 }, { moved: 1 }, { lost: 1 }], 'lost'],
    ['opportunity', [{ created: 1 }, { moved: 1 }], 'new'],
    ['opportunity', [{ moved: 1 }], 'moved'],
    ['order', [{ created: 1 }, { confirmed: 1 }], 'confirmed'],
    ['order', [{ created: 1 }], undefined],
    ['activity', [{ done: 1 }], undefined],
  ] as const)('of type %s after %j: %s', (type, all, event) => {
    const rows = all.map((metrics, minute) => row('a', type, '1', { ...metrics }, minute));
    expect(pickNamed(rows, 5).map((each) => each.event)).toEqual(event === undefined ? [] : [event]);
  });

  it('take turns, so that many of one kind do not hide the others; the latest first', () => {
    const rows = [
      ...Array.from({ length: 20 }, (_, i) => row('a', 'lead', `n${i}`, { created: 1 }, i)),
      row('a', 'lead', 'c', { converted: 1 }, 30),
      row('a', 'customer', 'k', { created: 1 }, 30),
      row('a', 'lead', 'w', { working: 1 }, 30),
      row('a', 'opportunity', 'm', { moved: 1 }, 30),
      row('a', 'opportunity', 'won', { won: 1 }, 1),
      row('a', 'order', 'o', { confirmed: 1 }, 1),
    ];
    expect(pickNamed(rows, 9).map(({ id }) => id)).toEqual(['won', 'o', 'c', 'k', 'n19', 'm', 'w', 'n18', 'n17']);
    expect(pickNamed(rows, 2)).toHaveLength(2);
    expect(pickNamed([], 2)).toEqual([]);
  });
});
