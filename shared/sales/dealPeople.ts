import * as z from 'zod/mini';
import type { Issue } from '../kernel/errors.ts';
import { idOf, lineOfText, linesOfText, listAtMost } from './shapes.ts';

/** Parts that people play in a deal: inside guide, user, technical selector, economic decision maker. */
export const DEAL_ROLES = ['coach', 'user', 'technical', 'economic'] as const;
export const ATTITUDES = ['supporter', 'leaning', 'neutral', 'sceptic', 'opponent'] as const;

const MOST = 50;
const note = () => z.optional(linesOfText(1000));

/** The people who decide about a deal; `influence` from 1 (little) to 5. A person without a contact is only a name. */
export const dealPeople = () =>
  listAtMost(
    z.strictObject({
      contactId: z.optional(idOf('con')),
      name: lineOfText(120),
      roles: listAtMost(z.enum(DEAL_ROLES, 'choice.unknown'), DEAL_ROLES.length),
      attitude: z.optional(z.enum(ATTITUDES, 'choice.unknown')),
      influence: z.optional(z.int('number.whole').check(z.gte(1, 'number.tooSmall'), z.lte(5, 'number.tooLarge'))),
      notes: note(),
    }),
    MOST,
  );
export type DealPerson = z.infer<ReturnType<typeof dealPeople>>[number];

/** Who else wants the deal, and what we answer. */
export const dealCompetitors = () =>
  listAtMost(
    z.strictObject({
      name: lineOfText(120),
      strengths: note(),
      weaknesses: note(),
      response: note(),
    }),
    MOST,
  );
export type DealCompetitor = z.infer<ReturnType<typeof dealCompetitors>>[number];

/** Colleagues who work on the deal; `share` in whole percent of what it brings. */
export const dealWorkGroup = () =>
  listAtMost(
    z.strictObject({
      memberId: idOf('mem'),
      share: z.int('number.whole').check(z.gte(0, 'number.tooSmall'), z.lte(100, 'number.tooLarge')),
    }),
    MOST,
  );
export type DealColleague = z.infer<ReturnType<typeof dealWorkGroup>>[number];

const WHOLE = 100;

/** What single colleagues cannot show: somebody named twice, and shares of more than there is. */
export function workGroupIssues(group: readonly DealColleague[]): readonly Issue[] {
  const twice = group.flatMap(({ memberId }, i) =>
    group.findIndex((one) => one.memberId === memberId) < i ? [`workGroup.${i}.memberId`] : [],
  );
  const shares = group.reduce((sum, { share }) => sum + share, 0);
  return [
    ...twice.map((field) => ({ field, code: 'workGroup.memberTwice' })),
    ...(shares > WHOLE ? [{ field: 'workGroup', code: 'workGroup.sharesOverWhole', params: { limit: WHOLE } }] : []),
  ];
}
