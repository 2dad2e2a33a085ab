import Check from '@lucide/svelte/icons/check';
import CircleSlash from '@lucide/svelte/icons/circle-slash';
import Play from '@lucide/svelte/icons/play';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import { m } from '#messages';
import type { Activity } from '../../../shared/activities/activity.ts';
import { isOpenActivity } from '../../../shared/activities/activityRules.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { reportError } from '../kernel/errors.ts';
import { change } from '../records/actions.ts';
import type { RecordExtension } from '../records/extensions.svelte.ts';
import { mayWrite, typeOf } from '../records/types.ts';
import type { Action } from '../ui/menu.ts';
import ActivityBadge from './ActivityBadge.svelte';
import ActivityNotice from './ActivityNotice.svelte';
import { PRIORITY_TONES, STATUS_TONES } from './activityWords.ts';
import AgendaLink from './AgendaLink.svelte';
import { closing } from './closing.svelte.ts';
import OverdueMark from './OverdueMark.svelte';
import './refusals.ts';
import { timelineWords } from './timelineWords.ts';
import { work } from './work.svelte.ts';
import WorkHost from './WorkHost.svelte';

function actionsOf(record: AnyRecord): Action[] {
  const type = typeOf('activity');
  if (!mayWrite(type, 'status', record)) return [];
  const activity = record as unknown as Activity;
  const attempt = (run: () => Promise<unknown>) => (): void => void run().catch((error: unknown) => reportError(error));
  if (!isOpenActivity(record)) return [{ title: m.activities_reopen, icon: RotateCcw, run: attempt(() => closing.reopen(record)) }];
  return [
    { title: m.activities_complete, icon: Check, run: () => work.complete(activity) },
    ...(activity.status === 'planned'
      ? [{ title: m.activities_begin, icon: Play, run: attempt(() => change(type, record, { status: 'inProgress' })) }]
      : []),
    { title: m.activities_cancel, icon: CircleSlash, run: attempt(() => closing.cancel(activity, false)) },
    ...(activity.cycle
      ? [{ title: m.activities_cancel_series, icon: CircleSlash, run: attempt(() => closing.cancel(activity, true)) }]
      : []),
  ];
}

const extension: RecordExtension = {
  tones: { status: STATUS_TONES, priority: PRIORITY_TONES },
  actions: actionsOf,
  badge: ActivityBadge,
  mark: OverdueMark,
  notice: ActivityNotice,
  host: WorkHost,
  listActions: AgendaLink,
  timeline: timelineWords,
  emptyText: m.activities_empty,
  groups: [
    {
      id: 'planned',
      title: m.activities_group_planned,
      fields: ['type', 'status', 'plannedStart', 'plannedEnd', 'allDay', 'priority', 'ownerId', 'remindMinutes', 'remindBy', 'cycle'],
    },
    { id: 'concerns', title: m.activities_group_about, fields: ['customerId', 'contactId', 'opportunityId', 'leadId', 'orderId'] },
    { id: 'result', title: m.activities_group_result, fields: ['outcome', 'evaluation', 'actualStart', 'actualEnd', 'cost'] },
  ],
  start: () => ({ type: 'call', status: 'planned' }),
  controls: {
    cycle: { load: () => import('./CycleInput.svelte'), wide: true },
    remindMinutes: { load: () => import('./ReminderInput.svelte') },
  },
};

export default extension;
