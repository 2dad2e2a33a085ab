import CalendarPlus from '@lucide/svelte/icons/calendar-plus';
import SquarePen from '@lucide/svelte/icons/square-pen';
import { m } from '#messages';
import { activity } from '../../../shared/activities/activity.ts';
import { session } from '../kernel/session.svelte.ts';
import type { RecordExtension } from '../records/extensions.svelte.ts';
import ActivitiesPanel from './ActivitiesPanel.svelte';
import PlanMark from './PlanMark.svelte';
import { timelineWords } from './timelineWords.ts';
import { work } from './work.svelte.ts';
import WorkHost from './WorkHost.svelte';
import WorkNotice from './WorkNotice.svelte';

/** What activities add to customers, contacts, leads, opportunities and orders: logging and planning on the spot. */
const extension: RecordExtension = {
  quick: (record) =>
    session.may('create', activity)
      ? [
          { title: m.activities_log, icon: SquarePen, keys: 'l', run: () => work.log(record) },
          { title: m.activities_plan, icon: CalendarPlus, keys: 't', run: () => work.plan(record) },
        ]
      : [],
  mark: PlanMark,
  notice: WorkNotice,
  panel: ActivitiesPanel,
  listed: [activity.name],
  timeline: timelineWords,
  host: WorkHost,
};

export default extension;
