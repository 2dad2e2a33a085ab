import type { Field } from '../kernel/field.ts';
import type { RecordDefinition } from '../kernel/record.ts';
import type { Shape } from '../kernel/shape.ts';
import { opportunityRulesIn } from './opportunityRules.ts';
import { pipelineOptions, pipelinesOf, stageOptions } from './pipelines.ts';

/** Opportunities of a workspace: their stages are those of all its pipelines, and each deal goes by its own. */
export function opportunityIn(definition: RecordDefinition, { pipelines: entries }: Pick<Shape, 'pipelines'>): RecordDefinition {
  if (!entries.length) return definition;
  const pipelines = pipelinesOf(entries);
  const { stage, pipelineId } = definition.fields as { stage: Field; pipelineId: Field };
  return {
    ...definition,
    fields: {
      ...definition.fields,
      stage: { ...stage, options: stageOptions(pipelines) } as Field,
      pipelineId: { ...pipelineId, options: pipelineOptions(pipelines), hidden: pipelines.length < 2 } as Field,
    },
    rules: opportunityRulesIn(pipelines),
  };
}
