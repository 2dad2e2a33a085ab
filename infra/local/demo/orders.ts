import { addDays } from '../../../shared/kernel/dates.ts';
import type { Day } from '../../../shared/kernel/types.ts';
import { COFFEES, lines } from './catalogue.ts';
import { CUSTOMERS, type Half } from './halves.ts';
import { command, create, nextSceneDay, sceneDay, type Scene, type Step } from './steps.ts';

/** How a customer buys: every so many days, from his first order to his last, in days ago. */
interface Habit {
  readonly every: number;
  readonly first: number;
  readonly last: number;
}
const TWO_YEARS = 730;
const YEAR = 365;

/** By their place among the customers: regular ones, some who fade, some who are lost, once and new; the others are still asking. */
const HABITS: readonly (Habit | undefined)[] = [
  { every: 140, first: TWO_YEARS, last: 9 },
  { every: 38, first: 270, last: 78 },
  { every: 100, first: 460, last: 31 },
  { every: 14, first: 45, last: 3 },
  { every: 150, first: TWO_YEARS, last: 15 },
  undefined,
  { every: 45, first: 420, last: 290 },
  { every: 105, first: 380, last: 44 },
  { every: 42, first: 260, last: 92 },
  { every: 20, first: 52, last: 12 },
  { every: 145, first: TWO_YEARS, last: 5 },
  { every: 70, first: 560, last: 380 },
  undefined,
  { every: 1, first: 118, last: 118 },
  { every: 90, first: 300, last: 22 },
  { every: 36, first: 220, last: 68 },
  { every: 1, first: 48, last: 48 },
  undefined,
];

interface Placed {
  readonly ref: string;
  readonly daysAgo: number;
  readonly step: Step;
}

/** Nobody buys by the calendar: days wander a little around the habit. */
const wander = (n: number): number => ((n * 7) % 9) - 4;

function ordersOf(half: Half, today: Day): Placed[] {
  const shift = half.language === 'en' ? 7 : 0;
  return half.firms.slice(0, CUSTOMERS).flatMap((firm, n) => {
    // The halves are alike, but not the same.
    const habit = HABITS[(n + shift) % HABITS.length];
    if (!habit) return [];
    const { every, first, last } = habit;
    return Array.from({ length: Math.floor((first - last) / every) + 1 }, (_, k): Placed => {
      const daysAgo = k === 0 ? last : last + k * every + wander(n + k);
      const ref = `order.${firm.domain}.${k}`;
      const kilos = 4 + ((n * 7 + k * 3 + shift) % 32);
      const body = {
        customerId: `@${firm.domain}`,
        currency: 'CNY',
        orderedOn: addDays(today, -daysAgo),
        lines: lines(
          [(n + k) % COFFEES, kilos],
          ...((n + k) % 3 === 0 ? [[4 + (k % 2), 6] as const] : []),
          ...(k % 5 === 4 ? [[7, 1] as const] : []),
        ),
        ...(n % 4 === 1 ? { customerNumber: `PO-${4100 + n * 17 + k}` } : {}),
      };
      return { ref, daysAgo, step: create(half.seller, 'order', ref, body) };
    });
  });
}

/**
 * What was bought before the firm took the product into use is written down in its first days, one state a day;
 * what came since takes its course.
 * @param opening  days ago of the first scene that may write orders
 */
export function bought(half: Half, today: Day, opening: number): Scene[] {
  const [by, orders] = [half.seller, ordersOf(half, today)];
  const isOld = ({ daysAgo }: Placed): boolean => daysAgo > opening - 4;
  const old = orders.filter(isOld);
  const paid = { delivery: 'delivered', payment: 'paid' };
  const settled = (step: Step): Step => (step.kind === 'create' ? { ...step, body: { ...step.body, ...paid } } : step);
  const status = (daysAgo: number, name: string, of: readonly Placed[]): Scene => ({
    daysAgo,
    steps: of.map(({ ref }) => command(by, 'order', ref, name)),
  });
  const recent = orders
    .filter((order) => !isOld(order))
    .flatMap((order): Scene[] => {
      const placedOn = sceneDay(order.daysAgo);
      const confirmedOn = nextSceneDay(placedOn);
      const closedOn = nextSceneDay(confirmedOn);
      const scenes = [
        { daysAgo: placedOn, steps: [order.step] },
        status(confirmedOn, 'confirm', [order]),
        { daysAgo: closedOn, steps: [{ kind: 'update', by, type: 'order', ref: order.ref, body: paid } satisfies Step] },
        status(nextSceneDay(closedOn), 'close', [order]),
      ];
      // The last days of the story are one and the same: a step that has no day of its own is still to come.
      return scenes.filter(({ daysAgo }, i) => i === 0 || daysAgo < scenes[i - 1]!.daysAgo);
    });
  return [
    { daysAgo: opening, steps: old.map(({ step }) => settled(step)) },
    status(opening - 1, 'confirm', old),
    // The books of last year are closed.
    status(
      opening - 2,
      'close',
      old.filter(({ daysAgo }) => daysAgo > YEAR),
    ),
    ...recent,
  ];
}
