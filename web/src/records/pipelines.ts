import type { Values } from '../../../shared/kernel/record.ts';
import { NO_SHAPE } from '../../../shared/kernel/shape.ts';
import { pipelineOf, pipelinesOf, stageOf, type Pipeline } from '../../../shared/sales/pipelines.ts';
import type { Stage } from '../../../shared/sales/stages.ts';
import { session } from '../kernel/session.svelte.ts';

/** The ways in which this workspace sells. Reactive. */
export const pipelines = (): readonly Pipeline[] => pipelinesOf(session.data?.shape.pipelines ?? NO_SHAPE.pipelines);

/** The pipeline of a deal, and where it stands there. Reactive. */
export const pipelineOfDeal = (deal: Values): Pipeline => pipelineOf(pipelines(), deal);
export const stageOfDeal = (deal: Values): Stage => stageOf(pipelineOfDeal(deal), deal['stage']);
