import * as z from 'zod/mini';

/** Parts that people play in a deal: inside guide, user, technical selector, economic decision maker. */
export const DEAL_ROLES = ['coach', 'user', 'technical', 'economic'] as const;
export const ATTITUDES = ['supporter', 'leaning', 'neutral', 'sceptic', 'opponent'] as const;

const MOST = 50;
const note = () => z.optional(z.string().check(z.maxLength(1000, 'text.tooLong')));

/** The people who decide about a deal; `influence` from 1 (little) to 5. A person without a contact is only a name. */
export const dealPeople = () =>
  z
    .array(
      z.strictObject({
        contactId: z.optional(z.string().check(z.maxLength(40))),
        name: z.string().check(z.minLength(1, 'text.empty'), z.maxLength(120, 'text.tooLong')),
        roles: z.array(z.enum(DEAL_ROLES, 'choice.unknown')).check(z.maxLength(DEAL_ROLES.length, 'list.tooLong')),
        attitude: z.optional(z.enum(ATTITUDES, 'choice.unknown')),
        influence: z.optional(z.int('number.whole').check(z.gte(1, 'number.tooSmall'), z.lte(5, 'number.tooLarge'))),
        notes: note(),
      }),
    )
    .check(z.maxLength(MOST, 'list.tooLong'));
export type DealPerson = z.infer<ReturnType<typeof dealPeople>>[number];

/** Who else wants the deal, and what we answer. */
export const dealCompetitors = () =>
  z
    .array(
      z.strictObject({
        name: z.string().check(z.minLength(1, 'text.empty'), z.maxLength(120, 'text.tooLong')),
        strengths: note(),
        weaknesses: note(),
        response: note(),
      }),
    )
    .check(z.maxLength(MOST, 'list.tooLong'));
export type DealCompetitor = z.infer<ReturnType<typeof dealCompetitors>>[number];

/** Colleagues who work on the deal; `share` in whole percent of what it brings. */
export const dealWorkGroup = () =>
  z
    .array(
      z.strictObject({
        memberId: z.string().check(z.maxLength(40)),
        share: z.int('number.whole').check(z.gte(0, 'number.tooSmall'), z.lte(100, 'number.tooLarge')),
      }),
    )
    .check(z.maxLength(MOST, 'list.tooLong'));
export type DealColleague = z.infer<ReturnType<typeof dealWorkGroup>>[number];
