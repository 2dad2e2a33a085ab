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
/** Days after which nobody comes back to an order. */
const SETTLED = 540;

/**
 * By their place among the customers: regular ones, some who fade, some who are lost, once and new; the others are still
 * asking. New customers came as others went, so that the months of two years are alike, and the current one like the last.
 */
const HABITS: readonly (Habit | undefined)[] = [
  { every: 30, first: 369, last: 9 },
  { every: 38, first: 306, last: 78 },
  { every: 60, first: 686, last: 26 },
  { every: 15, first: 63, last: 3 },
  { every: 60, first: 657, last: 57 },
  undefined,
  { every: 42, first: 710, last: 290 },
  { every: 90, first: 673, last: 43 },
  { every: 42, first: 386, last: 92 },
  { every: 10, first: 52, last: 2 },
  { every: 30, first: 395, last: 5 },
  { every: 52, first: 692, last: 380 },
  undefined,
  { every: 1, first: 118, last: 118 },
  { every: 45, first: 292, last: 22 },
  { every: 36, first: 248, last: 68 },
  { every: 1, first: 48, last: 48 },
  undefined,
];

interface Placed {
  readonly ref: string;
  readonly daysAgo: number;
  readonly step: Step;
}

/** Nobody buys by the calendar: days wander a little around the habit. */
const wander = (n: number): number => ((n * 7) % 5) - 2;

/** More coffee is drunk in winter: by how much a month is above or below the year. */
const seasonOf = (day: Day): number => 1 + 0.15 * Math.cos((2 * Math.PI * (Number(day.slice(5, 7)) - 12)) / 12);

/** @param firstTold  days ago; what was bought since stands on the day of the scene in which it is told */
function ordersOf(half: Half, today: Day, firstTold: number): Placed[] {
  const shift = half.language === 'en' ? 7 : 0;
  return half.firms.slice(0, CUSTOMERS).flatMap((firm, n) => {
    // The halves are alike, but not the same.
    const habit = HABITS[(n + shift) % HABITS.length];
    if (!habit) return [];
    const { every, first, last } = habit;
    return Array.from({ length: Math.floor((first - last) / every) + 1 }, (_, k): Placed => {
      const said = k === 0 ? last : last + k * every + wander(n + k);
      const daysAgo = said > firstTold ? said : sceneDay(said);
      const orderedOn = addDays(today, -daysAgo);
      const ref = `order.${firm.domain}.${k}`;
      const usual = 12 + ((n * 11 + shift) % 5) * 8;
      const kilos = Math.round(usual * seasonOf(orderedOn)) + wander(n + 3 * k);
      const body = {
        customerId: `@${firm.domain}`,
        currency: 'CNY',
        orderedOn,
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
  const firstTold = opening - 4;
  const [by, orders] = [half.seller, ordersOf(half, today, firstTold)];
  const isOld = ({ daysAgo }: Placed): boolean => daysAgo > firstTold;
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
      const placedOn = order.daysAgo;
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
    status(
      opening - 2,
      'close',
      old.filter(({ daysAgo }) => daysAgo > SETTLED),
    ),
    ...recent,
  ];
}
