import type { Cycle } from '../../../shared/activities/cycle.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { cycleText } from './cycleText.ts';

/** How an activity comes again, in the reader's language. Reactive. */
export const cycleWords = (cycle: Cycle): string => cycleText(cycle, i18n.locale, i18n.formats);
