import { daysBetween, localDay, toInstant } from '../../../shared/kernel/dates.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import type { Instant, Money } from '../../../shared/kernel/types.ts';
import { stageOf, type Pipeline } from '../../../shared/sales/pipelines.ts';
import type { Stage } from '../../../shared/sales/stages.ts';

/** A stage as the path shows it. A lost deal keeps the stages that it went through, and has none to come. */
export interface Step {
  readonly stage: Stage;
  readonly state: 'passed' | 'here' | 'ahead';
}

export function stepsOf(pipeline: Pipeline, deal: AnyRecord): Step[] {
  const here = stageOf(pipeline, deal['stage']);
  const at = pipeline.stages.findIndex(({ key }) => key === here.key);
  return pipeline.stages.map((stage, i) => ({ stage, state: i < at ? 'passed' : i === at ? 'here' : 'ahead' }));
}

export const isOpen = (deal: AnyRecord): boolean => (deal['outcome'] ?? 'open') === 'open';

/**
 * Nights from then to a moment, so that the days of stays in a row add up; a clock that is ahead of the server's counts none.
 * @param zone  whose days they are
 */
export const daysSince = (at: Instant, ms: number, zone: string): number =>
  Math.max(0, daysBetween(localDay(at, zone), localDay(toInstant(ms), zone)));

/** What the deal is worth by its chance, to the nearest minor unit. */
export function weightedOf(deal: AnyRecord): Money | undefined {
  const amount = deal['amount'] as Money | undefined;
  const rate = deal['successRate'];
  return amount && typeof rate === 'number' ? { ...amount, minor: Math.round((amount.minor * rate) / 100) } : undefined;
}
