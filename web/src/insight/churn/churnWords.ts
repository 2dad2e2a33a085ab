import { m } from '#messages';
import { churnWarning, type ChurnWarning } from '../../../../shared/insight/churnWarning.ts';
import { refusedFields } from '../../../../shared/kernel/access.ts';
import { addDays, daysBetween } from '../../../../shared/kernel/dates.ts';
import type { Day } from '../../../../shared/kernel/types.ts';
import { clock } from '../../kernel/clock.svelte.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';
import { may, typeOf } from '../../records/types.ts';
import type { MenuGroup } from '../../ui/menu.ts';
import type { Tone } from '../../ui/tone.ts';
import { churnSteps } from './churnSteps.svelte.ts';

export const STATUS_TONES: Readonly<Record<string, Tone>> = { open: 'warn', acknowledged: 'accent', snoozed: 'neutral', closed: 'neutral' };

/** By when a call is no longer the thing that is a little late. */
const LONG_IN_GAPS = 2.5;

/** Days of silence as of today; a warning tells those of its morning. */
export const silentDays = ({ lastOrderOn, silentDays: then = 0 }: ChurnWarning): number =>
  lastOrderOn ? daysBetween(lastOrderOn, i18n.formats.today(clock.now)) : then;

/** Why there is a warning, as a sentence. */
export function reasonOf(warning: ChurnWarning): string {
  const days = silentDays(warning);
  return warning.reason === 'rhythm'
    ? m.insight_churn_rhythm({ usual: Math.round(warning.medianGapDays ?? 0), days })
    : m.insight_churn_silence({ days });
}

/** What to do first, by how long it lasts. */
export function suggestionFor(warning: ChurnWarning): string {
  if (warning.reason !== 'rhythm') return m.insight_churn_step_silence();
  return silentDays(warning) > LONG_IN_GAPS * (warning.medianGapDays ?? 0) ? m.insight_churn_step_long() : m.insight_churn_step_late();
}

/** Whether the reader may do something about it. */
export function mayHandle(warning: ChurnWarning): boolean {
  const definition = typeOf(churnWarning.name);
  return may('update', definition, { ...warning }) && !(session.actor && refusedFields(session.actor, definition, ['status']).length);
}

/** Days on which a warning may come back. */
export function snoozeMenu(warning: ChurnWarning): MenuGroup[] {
  const today = i18n.formats.today(clock.now);
  const until = (days: number, title: () => string) => ({
    title,
    run: () => {
      const day: Day = addDays(today, days);
      void churnSteps.snooze(warning, day, () => m.insight_churn_snoozed({ name: warning.name, day: i18n.formats.dayShort(day, today) }));
    },
  });
  return [{ actions: [until(7, m.insight_churn_week), until(14, m.insight_churn_two_weeks), until(30, m.insight_churn_month)] }];
}
