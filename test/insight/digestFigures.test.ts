import { describe, expect, it } from 'vitest';
import { countPeople, isQuiet, pickNamed, totalOf, type JournalRow } from '../../shared/insight/dailyDigest.ts';

const row = (owner: string, type: string, id: string, metrics: Record<string, number>, minute = 0): JournalRow => ({
  owner,
  type,
  id,
  at: `2026-03-10T09:${String(minute).padStart(2, '0')}:00.000Z`,
  metrics,
});
const PEOPLE = [
  { id: 'a', name: 'Anna', active: true },
  { id: 'b', name: 'Ben', active: true },
  { id: 'c', name: 'Carl', active: true },
  { id: 'd', name: 'Dora', active: false },
  { id: 'e', name: 'Emil', active: false },
];

describe('figures per person', () => {
  it('count new, taken up and converted leads and new customers, who did most first', () => {
    const lines = countPeople(PEOPLE, [
      row('a', 'lead', '1', { created: 1 }),
      row('b', 'lead', '2', { created: 1, working: 1 }),
      row('b', 'lead', '3', { converted: 1 }),
      row('b', 'customer', '4', { created: 1 }),
      row('d', 'lead', '5', { working: 1 }),
    ]);

    expect(
      lines.map(({ name, newLeads, workingLeads, convertedLeads, newCustomers }) => [
        name,
        newLeads,
        workingLeads,
        convertedLeads,
        newCustomers,
      ]),
    ).toEqual([
      ['Ben', 1, 1, 1, 1],
      ['Anna', 1, 0, 0, 0],
      ['Dora', 0, 1, 0, 0],
      ['Carl', 0, 0, 0, 0],
    ]);
    expect(totalOf(lines)).toEqual({ newLeads: 2, workingLeads: 2, convertedLeads: 1, newCustomers: 1 });
  });

  it('leave out who is not asked about, and what no figure stands for', () => {
    const lines = countPeople(
      [PEOPLE[0]!],
      [
        row('z', 'lead', '1', { created: 1 }),
        row('a', 'lead', '2', { qualified: 1, unqualified: 1 }),
        row('a', 'customer', '3', { removed: 1 }),
        row('a', 'contact', '4', { created: 1 }),
        row('a', 'constructor', '5', { created: 1, constructor: 1 }),
      ],
    );

    expect(lines.map(({ name }) => name)).toEqual(['Anna']);
    expect(isQuiet(totalOf(lines))).toBe(true);
  });

  it('of nobody are nothing', () => {
    expect(totalOf(countPeople([], []))).toEqual({ newLeads: 0, workingLeads: 0, convertedLeads: 0, newCustomers: 0 });
  });
});

describe('named records', () => {
  it('are named once, for the furthest they came', () => {
    const named = pickNamed(
      [row('a', 'lead', '1', { created: 1 }, 1), row('a', 'lead', '1', { converted: 1 }, 3), row('a', 'lead', '1', { working: 1 }, 2)],
      5,
    );
    expect(named).toEqual([{ type: 'lead', id: '1', event: 'converted' }]);
  });

  it('take turns, so that many of one kind do not hide the others; the latest first', () => {
    const rows = [
      ...Array.from({ length: 20 }, (_, i) => row('a', 'lead', `n${i}`, { created: 1 }, i)),
      row('a', 'lead', 'c', { converted: 1 }, 30),
      row('a', 'customer', 'k', { created: 1 }, 30),
      row('a', 'lead', 'w', { working: 1 }, 30),
    ];
    expect(pickNamed(rows, 6).map(({ id }) => id)).toEqual(['c', 'k', 'n19', 'w', 'n18', 'n17']);
    expect(pickNamed(rows, 2)).toHaveLength(2);
    expect(pickNamed([], 2)).toEqual([]);
  });
});
