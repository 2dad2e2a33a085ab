import type { StageHistory } from '../../../shared/sales/stageHistory.ts';
import { STAGES, type Stage } from '../../../shared/sales/stages.ts';
import { daysSince } from './stagePath.ts';

/** Time at one stage, all stays together. */
export interface StageTime {
  readonly stage: Stage;
  readonly days: number;
  readonly stays: number;
  /** The deal stands there now. */
  readonly here: boolean;
}

/** Where a deal has been and for how long, in the order of the pipeline. @param zone  whose days they are */
export function stageTimesOf({ items }: StageHistory, nowMs: number, zone: string): StageTime[] {
  return STAGES.flatMap((stage): StageTime[] => {
    const stays = items.filter((stay) => stay.stage === stage.key);
    if (!stays.length) return [];
    const days = stays.map(({ since, until }) => daysSince(since, until ? Date.parse(until) : nowMs, zone));
    return [
      {
        stage,
        days: days.reduce((sum, each) => sum + each, 0),
        stays: stays.length,
        here: stays.some(({ until }) => until === undefined),
      },
    ];
  });
}
