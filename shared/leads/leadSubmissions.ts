import type { Derivation } from '../kernel/derivation.ts';

/** The timeline's row of a post that was added to a lead; the post that made the lead has none. */
export const SUBMITTED = 'lead.submitted';

/** How often a lead has written, and when last; counted up to a hundred, which no person ever reaches. */
export const leadSubmissions: Derivation = {
  type: 'lead',
  touchedBy: ({ type, after }) => (type === 'submission' && after ? (after['leadId'] as string | undefined) : undefined),
  derive: (lead, timeline) => {
    const again = timeline.filter(({ code }) => code === SUBMITTED);
    const first = lead['webFormId'] === undefined ? 0 : 1;
    const lastSubmissionAt = again[0]?.at ?? (first ? lead.createdAt : undefined);
    return { submissions: first + again.length, ...(lastSubmissionAt ? { lastSubmissionAt } : {}) };
  },
};
