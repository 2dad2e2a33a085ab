import { describe, expect, it } from 'vitest';
import {
  amountsOf,
  countPeople,
  isQuiet,
  totalOf,
  withoutTakenBack,
  type Figure,
  type JournalRow,
} from '../../shared/insight/digestFigures.ts';

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
    expect(totalOf(lines)).toMatchObject({ newLeads: 2, workingLeads: 2, convertedLeads: 1, newCustomers: 1, orders: 0, overdue: 0 });
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
    expect(isQuiet(totalOf(countPeople([], [])))).toBe(true);
  });

  it.each([
    ['opportunity', { created: 1, 'created:CNY': 500 }, 'newOpportunities'],
    ['opportunity', { moved: 1 }, 'movedOpportunities'],
    ['opportunity', { won: 1, 'won:CNY': 500 }, 'wonOpportunities'],
    ['opportunity', { lost: 1 }, 'lostOpportunities'],
    ['order', { confirmed: 1, 'confirmed:EUR': 12 }, 'orders'],
    ['activity', { done: 1 }, 'activitiesDone'],
    ['churnWarning', { warned: 1 }, 'newRisks'],
  ] as const)('of %s: %j is counted as %s, and as nothing else', (type, metrics, figure) => {
    const [line] = countPeople([PEOPLE[0]!], [row('a', type, '1', metrics)]);
    const { memberId: _memberId, name: _name, ...figures } = line!;

    expect(Object.entries(figures).filter(([, count]) => count)).toEqual([[figure, 1]]);
  });

  it('tell beside what was done how things stand', () => {
    const standings = new Map([
      ['a', { overdue: 2, risks: 1 }],
      ['b', { overdue: 8, moreOverdue: true as const, risks: 0 }],
    ]);
    const lines = countPeople(PEOPLE, [], standings);

    expect(lines.map(({ name, overdue, moreOverdue, risks }) => [name, overdue, moreOverdue, risks])).toEqual([
      ['Anna', 2, undefined, 1],
      ['Ben', 8, true, 0],
      ['Carl', 0, undefined, 0],
    ]);
    expect(totalOf(lines)).toMatchObject({ overdue: 10, moreOverdue: true, risks: 1 });
    expect(lines.map(isQuiet)).toEqual([false, false, true]);
  });

  it('come with their amounts, per currency', () => {
    expect(
      amountsOf([
        row('a', 'opportunity', '1', { won: 1, 'won:EUR': 1000 }),
        row('b', 'opportunity', '2', { won: 2, 'won:EUR': 500, 'won:CNY': 70 }),
        row('b', 'order', '3', { confirmed: 1, 'confirmed:EUR': 9 }),
        row('b', 'order', '3', { closed: 1 }),
        row('b', 'constructor', '6', { 'won:EUR': 1 }),
      ]),
    ).toEqual({
      wonOpportunities: [
        { minor: 70, currency: 'CNY' },
        { minor: 1500, currency: 'EUR' },
      ],
      orders: [{ minor: 9, currency: 'EUR' }],
    });
  });

  it('come to less by what is taken back of earlier ones, and to no sum where nothing is left', () => {
    const rows = [
      row('a', 'order', '1', { confirmed: 1, 'confirmed:EUR': 900, 'confirmed:CNY': 50 }),
      row('b', 'order', '2', { cancelled: 1, 'cancelled:EUR': 1000 }),
      row('b', 'order', '3', { removed: 1, 'cancelled:CNY': 50 }),
      row('b', 'opportunity', '4', { won: 1, 'won:EUR': 70 }),
      row('b', 'opportunity', '5', { reopened: 1, 'reopened:EUR': 70 }),
    ];

    expect(withoutTakenBack(rows)).toEqual(rows);
    expect(amountsOf(rows)).toEqual({ orders: [{ minor: -100, currency: 'EUR' }] });
  });
});

describe('what came to nothing in one period', () => {
  const confirmed = { confirmed: 1, 'confirmed:EUR': 900 };
  const cancelled = { cancelled: 1, 'cancelled:EUR': 900 };

  it.each<readonly [string, string, readonly (readonly [string, Record<string, number>])[], Partial<Record<Figure, number>>, object]>([
    [
      'an order, cancelled',
      'order',
      [
        ['a', confirmed],
        ['a', cancelled],
      ],
      {},
      {},
    ],
    [
      'one that had changed hands',
      'order',
      [
        ['a', confirmed],
        ['b', cancelled],
      ],
      {},
      {},
    ],
    [
      'one that was deleted',
      'order',
      [
        ['a', confirmed],
        ['a', { removed: 1, 'cancelled:EUR': 900 }],
      ],
      {},
      {},
    ],
    [
      'one that was brought back',
      'order',
      [
        ['a', confirmed],
        ['a', { removed: 1, 'cancelled:EUR': 900 }],
        ['a', { created: 1, ...confirmed }],
      ],
      { orders: 1 },
      { orders: [{ minor: 900, currency: 'EUR' }] },
    ],
    [
      'a draft, cancelled',
      'order',
      [
        ['a', { created: 1 }],
        ['a', { cancelled: 1 }],
      ],
      {},
      {},
    ],
    [
      'a new deal, won and reopened',
      'opportunity',
      [
        ['a', { created: 1, 'created:EUR': 70, won: 1, 'won:EUR': 70 }],
        ['a', { reopened: 1, 'reopened:EUR': 70 }],
      ],
      { newOpportunities: 1 },
      { newOpportunities: [{ minor: 70, currency: 'EUR' }] },
    ],
    [
      'the removal of an order that came back',
      'order',
      [
        ['a', confirmed],
        ['a', { removed: 1, 'cancelled:EUR': 900 }],
        ['a', { removed: -1, 'cancelled:EUR': -900 }],
      ],
      { orders: 1 },
      { orders: [{ minor: 900, currency: 'EUR' }] },
    ],
    [
      'an order that was cancelled, removed and came back',
      'order',
      [
        ['a', confirmed],
        ['a', cancelled],
        ['a', { removed: 1 }],
        ['a', { removed: -1 }],
      ],
      {},
      {},
    ],
    [
      'a deal, lost, reopened and won',
      'opportunity',
      [
        ['a', { lost: 1 }],
        ['a', { reopened: 1 }],
        ['a', { won: 1, 'won:EUR': 70 }],
      ],
      { wonOpportunities: 1 },
      { wonOpportunities: [{ minor: 70, currency: 'EUR' }] },
    ],
  ])('is as if it had not been: %s', (_case, type, events, figures, amounts) => {
    const rows = withoutTakenBack(events.map(([owner, metrics], minute) => row(owner, type, '1', metrics, minute)).reverse());
    const { newRisks: _newRisks, ...total } = totalOf(countPeople(PEOPLE, rows));

    expect(Object.fromEntries(Object.entries(total).filter(([, count]) => count))).toEqual(figures);
    expect(amountsOf(rows)).toEqual(amounts);
  });
});
