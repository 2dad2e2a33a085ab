import type { Values } from '../../shared/kernel/record.ts';
import { pipelineOf, pipelinesOf, type Pipeline } from '../../shared/sales/pipelines.ts';
import type { Context } from '../records/context.ts';

/** The pipeline of a deal, as the workspace has set it up. */
export const pipelineIn = ({ shape }: Pick<Context, 'shape'>, deal: Values): Pipeline => pipelineOf(pipelinesOf(shape.pipelines), deal);
