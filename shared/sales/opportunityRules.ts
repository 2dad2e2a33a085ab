import type { Values } from '../kernel/record.ts';
import type { Instant } from '../kernel/types.ts';
import { STAGES } from './stages.ts';

/** A deal starts open, at the first stage and its success rate; `stageSince` tells when it came where it is. */
export const opportunityRules = {
  derive: (given: Values, before: Values | undefined, now: Instant): Values => {
    const stage = STAGES.find(({ key }) => key === given['stage']) ?? STAGES[0];
    const moved = before?.['stage'] !== stage.key;
    return {
      ...given,
      stage: stage.key,
      outcome: given['outcome'] ?? 'open',
      successRate: given['successRate'] ?? stage.rate,
      stageSince: moved ? now : given['stageSince'],
    };
  },
};
