import Milestone from '@lucide/svelte/icons/milestone';
import { m } from '#messages';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { wording } from '../../../shared/kernel/types.ts';
import type { Stage } from '../../../shared/sales/stages.ts';
import { choosing } from '../kernel/atHand.svelte.ts';
import { reportError } from '../kernel/errors.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { change } from '../records/actions.ts';
import { pipelineOfDeal, stageOfDeal } from '../records/pipelines.ts';
import { typeOf } from '../records/types.ts';
import type { Action } from '../ui/menu.ts';
import { closing } from './closing.svelte.ts';

/** Moves a deal at once; winning it asks why first. */
export function moveToStage(deal: AnyRecord, stage: Stage): void {
  if (stage.means === 'won') return closing.ask(deal, 'won');
  void change(typeOf('opportunity'), deal, { stage: stage.key }).catch((error: unknown) => reportError(error));
}

/** Asks for the stage that an open deal has come to. */
export const movingStage = (deal: AnyRecord): Action =>
  choosing({
    title: m.sales_stage_change,
    icon: Milestone,
    keys: 's',
    minor: true,
    choices: () => {
      const now = stageOfDeal(deal).key;
      return pipelineOfDeal(deal).stages.map((stage) => ({
        title: () => wording(stage.label, i18n.locale),
        current: stage.key === now,
        run: () => void (stage.key !== now && moveToStage(deal, stage)),
      }));
    },
  });
