import * as z from 'zod/mini';
import { AppError, invalid, type Issue } from '../kernel/errors.ts';
import { boolean, data, number, text } from '../kernel/fields/index.ts';
import { defineRecord, type AnyRecord, type RecordOf, type Values } from '../kernel/record.ts';
import { parseWith } from '../kernel/schema.ts';
import { keyShape, labelShape } from '../workspace/optionList.ts';
import type { RemovedStage } from './pipelines.ts';
import { PROJECT_STAGES, type Stage } from './stages.ts';

const MOST_STAGES = 30;
const MOST_REMOVED = 200;
const LONGEST_STALL_DAYS = 730;

const stage = () => ({
  key: keyShape(),
  label: labelShape(),
  means: z.enum(['open', 'won'], 'choice.unknown'),
  rate: z.int('number.expected').check(z.gte(0), z.lte(100)),
  stallDays: z.optional(z.int('number.expected').check(z.gte(1), z.lte(LONGEST_STALL_DAYS))),
});
const stages = () => z.array(z.strictObject(stage())).check(z.maxLength(MOST_STAGES)) as unknown as z.ZodMiniType<Stage[]>;
const removedStages = () =>
  z.array(z.strictObject({ ...stage(), movesTo: keyShape() })).check(z.maxLength(MOST_REMOVED)) as unknown as z.ZodMiniType<RemovedStage[]>;

/** A way to sell, with the stages that its deals go through. */
export const pipeline = defineRecord({
  name: 'pipeline',
  plural: 'pipelines',
  idPrefix: 'pip',
  domain: 'workspace',
  label: { en: ['Pipeline', 'Pipelines'], zh: '销售流程' },
  title: 'nameZh',
  fields: {
    nameEn: text({ en: 'Name in English', zh: '英文名称' }, { required: true, max: 80 }),
    nameZh: text({ en: 'Name in Chinese', zh: '中文名称' }, { required: true, max: 80 }),
    stages: data({ en: 'Stages', zh: '阶段' }, { shape: stages, example: [...PROJECT_STAGES] }),
    // Deals were there once, and their histories name them.
    removed: data({ en: 'Removed stages', zh: '已移除的阶段' }, { shape: removedStages, example: [] }, { readOnly: true }),
    order: number({ en: 'Order', zh: '顺序' }, { decimals: 0 }),
    retired: boolean({ en: 'Retired', zh: '已停用' }),
  },
  access: { group: 'workspace', actions: { read: 'structure' } },
  // Deals stand in it for ever: it is retired, not removed.
  operations: ['create', 'read', 'update'],
  views: { list: ['nameZh', 'nameEn', 'order', 'retired'] },
  governs: true,
  rules: { check: (values, before) => pipelineIssues(values, before) },
});
export type PipelineRecord = RecordOf<typeof pipeline>;

const stagesOf = (values: Values | undefined): readonly Stage[] => (values?.['stages'] ?? []) as readonly Stage[];
const removedOf = (values: Values | undefined): readonly RemovedStage[] => (values?.['removed'] ?? []) as readonly RemovedStage[];

/** A pipeline begins open and ends won, names each stage once, and loses none but by the command that moves its deals. */
function pipelineIssues(values: Values, before: Values | undefined): Issue[] {
  const [now, then] = [stagesOf(values), stagesOf(before)];
  const keys = [...now, ...removedOf(values)].map(({ key }) => key);
  const firstWon = now.findIndex(({ means }) => means === 'won');
  const isInOrder = firstWon > 0 && now.slice(firstWon).every(({ means }) => means === 'won');
  const meant = (key: string) => then.find((each) => each.key === key)?.means;
  return [
    ...(isInOrder ? [] : [{ field: 'stages', code: 'pipeline.stages' }]),
    ...(new Set(keys).size < keys.length ? [{ field: 'stages', code: 'pipeline.stageTwice' }] : []),
    ...(then.some(({ key }) => !keys.includes(key)) ? [{ field: 'stages', code: 'pipeline.stageGone' }] : []),
    // Deals were won by reaching it.
    ...(now.some(({ key, means }) => (meant(key) ?? means) !== means) ? [{ field: 'stages', code: 'pipeline.stageMeans' }] : []),
  ];
}

const removalShape = () => z.strictObject({ stage: z.string('choice.expected'), movesTo: z.string('choice.expected') }, 'input.object');
export interface StageRemoval {
  /** Key of the stage that goes, and of the one that takes its deals. */
  readonly stage: string;
  readonly movesTo: string;
}

/** @throws AppError input.invalid (400) */
export function readRemoval(body: unknown): StageRemoval {
  const parsed = parseWith(removalShape(), body ?? {});
  if (!parsed.ok) throw invalid(parsed.issues);
  return parsed.value;
}

/**
 * What removing a stage changes. From then on its deals are where they go to, whether they have been written there or not.
 * @returns nothing where it was removed so before
 * @throws AppError input.invalid (400); pipeline.removed (409) where its deals went elsewhere
 */
export function removeStageChange(record: AnyRecord, { stage: key, movesTo }: StageRemoval): Values {
  const [now, removed] = [stagesOf(record), removedOf(record)];
  const gone = removed.find((each) => each.key === key);
  if (gone?.movesTo === movesTo) return {};
  if (gone) throw new AppError('pipeline.removed', { status: 409, params: { movesTo: gone.movesTo } });
  const [leaving, target] = [key, movesTo].map((wanted) => now.find((each) => each.key === wanted));
  if (!leaving) throw invalid([{ field: 'stage', code: 'choice.unknown' }]);
  if (!target || target.key === key || target.means !== leaving.means) throw invalid([{ field: 'movesTo', code: 'choice.unknown' }]);
  return { stages: now.filter((each) => each.key !== key), removed: [...removed, { ...leaving, movesTo }] };
}
