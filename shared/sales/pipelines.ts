import type { Option } from '../kernel/fields/index.ts';
import type { Values } from '../kernel/record.ts';
import type { Entry } from '../kernel/shape.ts';
import type { Label } from '../kernel/types.ts';
import { STAGES, type Stage } from './stages.ts';

/** A stage that was taken out of its pipeline, and the one that takes its deals. */
export interface RemovedStage extends Stage {
  readonly movesTo: string;
}

/** A way to sell: stages in their order, those that are won last. */
export interface Pipeline {
  readonly id: string;
  readonly label: Label;
  readonly stages: readonly Stage[];
  readonly removed: readonly RemovedStage[];
  readonly retired: boolean;
}

/** The record of the standard pipeline has this id in every workspace; where it has none, the pipeline is as delivered. */
export const STANDARD_ID = 'pip_00000000000000000000000000';
export const STANDARD_LABEL: Label = { en: 'Standard', zh: '标准流程' };
const STANDARD: Pipeline = { id: STANDARD_ID, label: STANDARD_LABEL, stages: STAGES, removed: [], retired: false };

const READ = new WeakMap<readonly Entry[], readonly Pipeline[]>();

/** The pipelines of a workspace in their order; the standard one is always among them. */
export function pipelinesOf(entries: readonly Entry[]): readonly Pipeline[] {
  let read = READ.get(entries);
  if (!read) {
    const own = entries.toSorted((a, b) => Number(a['order'] ?? 0) - Number(b['order'] ?? 0)).map(toPipeline);
    read = own.some(({ id }) => id === STANDARD_ID) ? own : [STANDARD, ...own];
    READ.set(entries, read);
  }
  return read;
}

const toPipeline = (entry: Entry): Pipeline => ({
  id: entry.id,
  label: { en: String(entry['nameEn']), zh: String(entry['nameZh']) },
  stages: entry['stages'] as readonly Stage[],
  removed: (entry['removed'] ?? []) as readonly RemovedStage[],
  // New deals that name no pipeline need this one.
  retired: entry['retired'] === true && entry.id !== STANDARD_ID,
});

/** The pipeline of a deal; deals that name none are of the standard one. */
export const pipelineOf = (pipelines: readonly Pipeline[], deal: Values): Pipeline =>
  pipelines.find(({ id }) => id === deal['pipelineId']) ?? pipelines.find(({ id }) => id === STANDARD_ID)!;

/** The stage under that key, where it can still be entered. */
export const findStage = (pipeline: Pipeline, key: unknown): Stage | undefined => pipeline.stages.find((stage) => stage.key === key);

/**
 * Where a deal with that key stands: at the stage, or at the one that took the deals of a stage that was removed. What the
 * pipeline has never had stands at its beginning.
 */
export function stageOf(pipeline: Pipeline, key: unknown): Stage {
  const seen = new Set<unknown>();
  for (let at = key; !seen.has(at);) {
    const stage = findStage(pipeline, at);
    if (stage) return stage;
    seen.add(at);
    at = pipeline.removed.find((each) => each.key === at)?.movesTo;
  }
  return pipeline.stages[0]!;
}

/** Where deals are won, and where one that was won goes on when it is opened again. */
export const winningStage = ({ stages }: Pipeline): Stage => stages.find(({ means }) => means === 'won')!;
export const lastOpenStage = ({ stages }: Pipeline): Stage => stages.findLast(({ means }) => means === 'open')!;

/** Every stage under which a deal of the workspace may be kept; those that nobody can enter any more are retired. */
export function stageOptions(pipelines: readonly Pipeline[]): Option[] {
  const of = ({ key, label, means }: Stage, retired: boolean): Option => ({ key, label, means, ...(retired ? { retired } : {}) });
  const all = [
    ...pipelines.flatMap(({ stages }) => stages.map((stage) => of(stage, false))),
    ...pipelines.flatMap(({ removed }) => removed.map((stage) => of(stage, true))),
  ];
  return [...new Map(all.toReversed().map((option) => [option.key, option])).values()].toReversed();
}

export const pipelineOptions = (pipelines: readonly Pipeline[]): Option[] =>
  pipelines.map(({ id, label, retired }) => ({ key: id, label, ...(retired ? { retired } : {}) }));
