import type { Effect, EffectRule, RecordChange } from './kernel/effect.ts';
import { activityEffects } from './activities/activityEffects.ts';
import { churnEffects } from './insight/churnEffects.ts';
import { leadEffects } from './leads/leadEffects.ts';
import { opportunityEffects } from './sales/opportunityEffects.ts';

/** The only list of rules that make effects of changes; each domain keeps its own in `<domain>/<subject>Effects.ts`. */
const RULES: readonly EffectRule[] = [...activityEffects, ...leadEffects, ...churnEffects, ...opportunityEffects];

/** All effects of one change, in the order of the rules. */
export const effectsOf = (change: RecordChange, rules: readonly EffectRule[] = RULES): Effect[] => rules.flatMap((rule) => rule(change));
