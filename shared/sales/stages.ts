import type { Option } from '../kernel/fields/index.ts';

export interface Stage extends Option {
  /** `open` while the deal is worked on, `won` at the end. Losing is a way of closing, not a stage. */
  readonly means: 'open' | 'won';
  /** Success rate a deal starts with at this stage, in percent. */
  readonly rate: number;
}

/** The default pipeline, in its order. */
export const STAGES = [
  { key: 'firstContact', label: { en: 'First contact', zh: '初次接触' }, means: 'open', rate: 5 },
  { key: 'interest', label: { en: 'Interest shown', zh: '表示兴趣' }, means: 'open', rate: 15 },
  { key: 'decisionMaker', label: { en: 'Met decision maker', zh: '会见项目决策者' }, means: 'open', rate: 30 },
  { key: 'needs', label: { en: 'Needs elicited', zh: '导出需求' }, means: 'open', rate: 40 },
  { key: 'solution', label: { en: 'Solution submitted', zh: '提交解决方案' }, means: 'open', rate: 50 },
  { key: 'demonstration', label: { en: 'Demonstration', zh: '演示' }, means: 'open', rate: 60 },
  { key: 'evaluation', label: { en: 'Evaluation, solution revised', zh: '评价、修改方案' }, means: 'open', rate: 70 },
  { key: 'verbalYes', label: { en: 'Verbal yes', zh: '客户口头答应' }, means: 'open', rate: 80 },
  { key: 'negotiation', label: { en: 'Contract negotiation', zh: '合同谈判' }, means: 'open', rate: 90 },
  { key: 'signed', label: { en: 'Contract signed', zh: '签订合同' }, means: 'won', rate: 100 },
] as const satisfies readonly Stage[];
export type StageKey = (typeof STAGES)[number]['key'];

/** The stage of that key; a deal whose stage has gone from the pipeline starts again at the first. */
export const stageOf = (key: unknown): Stage => STAGES.find((stage) => stage.key === key) ?? STAGES[0];
