import { m } from '#messages';
import type { Instant } from '../../../shared/kernel/types.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import type { RecordExtension } from '../records/extensions.svelte.ts';

type Words = NonNullable<RecordExtension['timeline']>[string];

const planned: Words = ({ subject, plannedAt }) =>
  plannedAt === undefined
    ? m.activities_timeline_planned({ subject: String(subject) })
    : m.activities_timeline_planned_for({ subject: String(subject), when: i18n.formats.instant(plannedAt as Instant) });

/** What rows of activities say in the timelines of the records they belong to. */
export const timelineWords: Readonly<Record<string, Words>> = {
  'activity.planned': planned,
  'activity.cancelled': ({ subject }) => m.activities_timeline_cancelled({ subject: String(subject) }),
  'activity.done': ({ subject, outcome }) =>
    outcome
      ? m.activities_timeline_done_outcome({ subject: String(subject), outcome: String(outcome) })
      : m.activities_timeline_done({ subject: String(subject) }),
};
