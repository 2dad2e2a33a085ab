import { m } from '#messages';
import { i18n } from '../kernel/i18n.svelte.ts';

/** How long before: `10 min before`, `when it begins`. Reactive. */
export const reminderWord = (minutes: number): string =>
  minutes === 0 ? m.activities_remind_then() : m.activities_remind_before({ time: i18n.formats.duration(minutes) });
