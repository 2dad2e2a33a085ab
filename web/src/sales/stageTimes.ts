import type { StageHistory } from '../../../shared/sales/stageHistory.ts';
import type { Option } from '../../../shared/kernel/fields/index.ts';
import { daysSince } from './stagePath.ts';

/** Time at one stage, all stays together. */
export interface StageTime {
  readonly stage: Option;
  readonly days: number;
  readonly stays: number;
  /** The deal stands there now. */
  readonly here: boolean;
}

/**
 * Where a deal has been and for how long.
 * @param stages  all it may have been at, in the order in which they are told
 * @param zone  whose days they are
 */
export function stageTimesOf(stages: readonly Option[], { items }: StageHistory, nowMs: number, zone: string): StageTime[] {
  return stages.flatMap((stage): StageTime[] => {
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
