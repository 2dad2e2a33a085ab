import type { Condition } from '../../../shared/kernel/filter.ts';

/** The one pipeline whose deals a list is narrowed to. */
export function pipelineAsked(conditions: readonly Condition[]): string | undefined {
  const condition = conditions.find(({ field, op }) => field === 'pipelineId' && (op === 'is' || op === 'in'));
  const [asked, ...others] = [condition?.value].flat();
  return typeof asked === 'string' && !others.length ? asked : undefined;
}
