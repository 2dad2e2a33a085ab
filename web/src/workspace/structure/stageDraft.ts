import type { Issue } from '../../../../shared/kernel/errors.ts';
import type { Stage } from '../../../../shared/sales/stages.ts';
import { bothOf } from '../settings/fieldDraft.ts';

/** A stage while it is being written. */
export interface StageDraft {
  readonly key: string;
  en: string;
  zh: string;
  means: Stage['means'];
  /** As typed: a number where it is one. */
  rate: unknown;
  stallDays: unknown;
  /** Deals may stand there: it goes only with a place for them. */
  readonly stored: boolean;
}

export const toStageDrafts = (stages: readonly Stage[], stored: boolean): StageDraft[] =>
  stages.map(({ key, label, means, rate, stallDays }) => ({ key, ...label, means, rate, stallDays, stored }));

/** The stages as they are stored; a name in one language serves for both. */
export const toStages = (drafts: readonly StageDraft[]): Stage[] =>
  drafts.map(({ key, en, zh, means, rate, stallDays }) => {
    const [english, chinese] = bothOf(en, zh);
    return {
      key,
      label: { en: english, zh: chinese },
      means,
      rate: rate as number,
      ...(stallDays === undefined ? {} : { stallDays: stallDays as number }),
    };
  });

const isWhole = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

/** What is wrong with them before they are sent, under the name of the part: `stages.2.rate`. */
export function stageFaults(drafts: readonly StageDraft[]): Issue[] {
  const firstWon = drafts.findIndex(({ means }) => means === 'won');
  const isInOrder = firstWon > 0 && drafts.slice(firstWon).every(({ means }) => means === 'won');
  return [
    ...(isInOrder ? [] : [{ field: 'stages', code: 'pipeline.stages' }]),
    ...(drafts.every(({ en, zh }) => en.trim() || zh.trim()) ? [] : [{ field: 'stages', code: 'pipeline.stageName' }]),
    ...(drafts.every(({ rate }) => isWhole(rate, 0, 100)) ? [] : [{ field: 'stages', code: 'pipeline.stageRate' }]),
    ...(drafts.every(({ stallDays }) => stallDays === undefined || isWhole(stallDays, 1, 730))
      ? []
      : [{ field: 'stages', code: 'pipeline.stageStall' }]),
  ];
}
