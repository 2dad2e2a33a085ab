import { inReach, reachOf, REACHES, type Actor, type Reach } from '../kernel/access.ts';

// Apart from the figures themselves: the home page needs this before it needs to count anything.

/** Whose figures: one's own, those of a wider reach, or (by id) of one member. */
export const SCOPES = ['me', 'team', 'span', 'all'] as const;
type Scope = (typeof SCOPES)[number];
const REACH_OF = { me: 'own', team: 'team', span: 'span', all: 'all' } as const satisfies Record<Scope, Reach>;
export const INSIGHT = { access: { group: 'insight' } } as const;

/**
 * Whose numbers count in a scope.
 * @returns undefined when the scope is wider than the reader's reports reach; else a test of owners, undefined being nobody
 */
export function scopeTest(actor: Actor, scope: string): ((owner: string | undefined) => boolean) | undefined {
  const reach = reachOf(actor, 'read', INSIGHT);
  const named = SCOPES.find((each) => each === scope);
  if (!named) return inReach(actor, reach, scope) ? (owner) => owner === scope : undefined;
  const wanted = REACH_OF[named];
  return REACHES.indexOf(wanted) > REACHES.indexOf(reach) ? undefined : (owner) => inReach(actor, wanted, owner);
}
