import type { SystemValues } from '../../../../shared/kernel/record.ts';

export type StepKey = 'company' | 'profile' | 'customer' | 'colleague' | 'form' | 'deal' | 'activity';

/** A first step, and whether it has been taken: told by what is there, never by a tick. */
interface Step {
  readonly key: StepKey;
  readonly done: boolean;
}

type Made = Pick<SystemValues, 'createdBy'>;

/** What the product knows of a reader and his workspace. */
export interface Seen {
  readonly me: string;
  /** He sets the workspace up for everybody. */
  readonly setsUp: boolean;
  /** He has looked at what the sign-up guessed. */
  readonly basicsChecked: boolean;
  readonly members: number;
  /** What he may make of his own. */
  readonly makes: { readonly customers: boolean; readonly activities: boolean };
  readonly customers: readonly Made[];
  readonly leads: readonly Made[];
  readonly opportunities: readonly Made[];
  readonly activities: readonly Made[];
  /** Web forms that take messages. */
  readonly activeForms: number;
}

/** Five steps for whoever sets a workspace up; fewer for who joins one, of what he may do there. */
export function stepsOf(seen: Seen): Step[] {
  const { setsUp, basicsChecked, members, makes, customers, leads, opportunities, activities, activeForms } = seen;
  if (setsUp)
    return [
      { key: 'company', done: basicsChecked },
      { key: 'customer', done: customers.length + leads.length > 0 },
      { key: 'colleague', done: members > 1 },
      { key: 'form', done: activeForms > 0 },
      { key: 'deal', done: opportunities.length + activities.length > 0 },
    ];
  const mine = (all: readonly Made[]): boolean => all.some(({ createdBy }) => createdBy === seen.me);
  return [
    { key: 'profile', done: basicsChecked },
    ...(makes.customers ? [{ key: 'customer', done: mine(customers) || mine(leads) } as const] : []),
    ...(makes.activities ? [{ key: 'activity', done: mine(activities) } as const] : []),
  ];
}
