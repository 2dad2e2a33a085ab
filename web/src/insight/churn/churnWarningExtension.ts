import Check from '@lucide/svelte/icons/check';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import { m } from '#messages';
import type { ChurnWarning } from '../../../../shared/insight/churnWarning.ts';
import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import type { RecordExtension } from '../../records/extensions.svelte.ts';
import type { Action } from '../../ui/menu.ts';
import ChurnHost from './ChurnHost.svelte';
import { churnSteps } from './churnSteps.svelte.ts';
import { mayHandle, snoozeMenu, STATUS_TONES } from './churnWords.ts';

function actionsOf(record: AnyRecord): Action[] {
  const warning = record as unknown as ChurnWarning;
  if (!mayHandle(warning)) return [];
  const snooze = snoozeMenu(warning).flatMap((group) => ('actions' in group ? group.actions : []));
  const reopen = { title: m.insight_churn_reopen, icon: RotateCcw, run: () => void churnSteps.reopen(warning) };
  if (warning.status === 'closed') return [reopen];
  return [
    ...(warning.status === 'open'
      ? [{ title: m.insight_churn_acknowledge, icon: Check, run: () => void churnSteps.acknowledge(warning) }]
      : []),
    { title: m.insight_churn_close, icon: CircleCheck, run: () => (churnSteps.closing = warning) },
    ...(warning.status === 'snoozed' ? [reopen] : snooze),
  ];
}

/** Past warnings and those of today as any other records, with what may be done about them. */
const extension: RecordExtension = {
  tones: { status: STATUS_TONES },
  actions: actionsOf,
  host: ChurnHost,
  emptyText: m.insight_churn_none_text,
};

export default extension;
