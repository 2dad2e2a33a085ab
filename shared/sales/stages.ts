import type { Option } from '../kernel/fields/index.ts';

export interface Stage extends Option {
  /** `open` while the deal is worked on, `won` from its winning on. Losing is a way of closing, not a stage. */
  readonly means: 'open' | 'won';
  /** Success rate a deal starts with at this stage, in percent. */
  readonly rate: number;
  /** After so many days here a deal is called stalled; absent: never. */
  readonly stallDays?: number;
}

/** The stages of the standard pipeline as it is delivered. */
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

/** Another way to sell that a new pipeline may begin with: few stages, and the delivery after the win. */
export const PROJECT_STAGES = [
  { key: 'created', label: { en: 'Opportunity created', zh: '机会建立' }, means: 'open', rate: 10 },
  { key: 'provided', label: { en: 'Solution provided', zh: '方案提供' }, means: 'open', rate: 30 },
  { key: 'evaluated', label: { en: 'Solution evaluated', zh: '方案评估' }, means: 'open', rate: 50 },
  { key: 'terms', label: { en: 'Negotiation', zh: '商务谈判' }, means: 'open', rate: 80 },
  { key: 'contract', label: { en: 'Contract signed', zh: '合同签订' }, means: 'won', rate: 100 },
  { key: 'implementation', label: { en: 'Implementation', zh: '项目实施' }, means: 'won', rate: 100 },
] as const satisfies readonly Stage[];
