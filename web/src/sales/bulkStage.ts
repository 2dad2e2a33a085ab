import { m } from '#messages';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { pipelineOf, type Pipeline } from '../../../shared/sales/pipelines.ts';
import type { OfMany } from '../records/extensions.svelte.ts';
import { isOpen } from './stagePath.ts';

/** Many deals go to a stage together where they are of one pipeline, whose stages are then offered; what has ended stays. */
export function stageOfMany(pipelines: readonly Pipeline[], deals: readonly AnyRecord[]): OfMany {
  const open = deals.filter(isOpen);
  const [first] = open;
  if (!first) return { refused: m.sales_bulk_none_open };
  const { id } = pipelineOf(pipelines, first);
  if (open.some((deal) => pipelineOf(pipelines, deal).id !== id)) return { refused: m.sales_bulk_pipelines };
  return { others: { pipelineId: id, stage: first['stage'] }, fits: isOpen };
}
