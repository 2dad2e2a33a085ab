import { SOURCES } from '../customers/lists.ts';
import { choice, choices, data, date, instant, longText, money, number, options, ref, refs, tags, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { dealCompetitors, dealPeople, dealWorkGroup } from './dealPeople.ts';
import { LINE_EXAMPLE, salesLines } from './lines.ts';
import { CLOSE_REASONS, DEAL_OUTCOMES, SALES_CHANNELS, SALES_METHODS } from './lists.ts';
import { opportunityRulesIn } from './opportunityRules.ts';
import { opportunityIn } from './opportunityShape.ts';
import { pipelineOptions, pipelinesOf, stageOptions, STANDARD_ID } from './pipelines.ts';
import { opportunityMetrics } from './salesMetrics.ts';

/** As a workspace has them that has set up none. */
const PIPELINES = pipelinesOf([]);

/** A sale that may come about, from the first contact to its end. */
export const opportunity = defineRecord({
  name: 'opportunity',
  plural: 'opportunities',
  idPrefix: 'opp',
  domain: 'sales',
  label: { en: ['Opportunity', 'Opportunities'], zh: '销售机会' },
  title: 'title',
  fields: {
    title: text({ en: 'Title', zh: '机会题目' }, { required: true, max: 160, search: true }),
    customerId: ref('customer', { en: 'Customer', zh: '客户' }, { required: true }),
    objectKind: choice(
      options({ customer: ['Customer', '客户'], distributor: ['Distributor', '分销商'], partner: ['Partner', '合作伙伴'] }),
      { en: 'Sold to', zh: '机会对象' },
      { open: true },
    ),
    contactIds: refs('contact', { en: 'Contacts', zh: '机会联系人' }, { within: 'customerId' }),
    pipelineId: choice(pipelineOptions(PIPELINES), { en: 'Pipeline', zh: '销售流程' }, { milestone: true, hidden: true, open: 'byShape' }),
    stage: choice(stageOptions(PIPELINES), { en: 'Stage', zh: '机会阶段' }, { milestone: true, open: 'byShape' }),
    outcome: choice([...DEAL_OUTCOMES], { en: 'Outcome', zh: '结果' }, { readOnly: true, milestone: true }),
    amount: money({ en: 'Expected amount', zh: '预计销售额' }, { min: 0 }),
    successRate: number({ en: 'Success rate, %', zh: '成功率（%）' }, { min: 0, max: 100, decimals: 0 }),
    successReason: text({ en: 'Why another rate', zh: '调整成功率的理由' }, { max: 300 }),
    expectedEndOn: date({ en: 'Expected end', zh: '预计结束时间' }),
    description: longText({ en: 'Description', zh: '机会描述' }, { max: 4000 }),
    method: choice(SALES_METHODS, { en: 'Sales method', zh: '销售方法' }, { open: true }),
    channel: choice(SALES_CHANNELS, { en: 'Sales channel', zh: '销售渠道' }, { open: true }),
    source: choice(SOURCES, { en: 'Source', zh: '机会来源' }, { open: true }),
    lines: data({ en: 'Products', zh: '机会产品' }, { shape: salesLines, example: LINE_EXAMPLE, refs: { productId: 'product' } }),
    people: data(
      { en: 'People of the deal', zh: '机会影响力' },
      {
        shape: dealPeople,
        example: [{ name: 'Li Lei', roles: ['coach'], attitude: 'supporter', influence: 3 }],
        refs: { contactId: 'contact' },
      },
    ),
    competitors: data({ en: 'Competitors', zh: '竞争对手' }, { shape: dealCompetitors, example: [{ name: 'Acme' }] }),
    workGroup: data(
      { en: 'Work group', zh: '机会工作组' },
      { shape: dealWorkGroup, example: [{ memberId: 'mem_01KJPWD6M0040G2081040G2081', share: 50 }], refs: { memberId: 'member' } },
    ),
    tags: tags({ en: 'Tags', zh: '标签' }, { search: true }),
    reasons: choices(CLOSE_REASONS, { en: 'Why won or lost', zh: '成败原因' }, { readOnly: true, open: true }),
    lostTo: text({ en: 'Lost to', zh: '输给' }, { max: 120, readOnly: true }),
    closeNote: longText({ en: 'Closing remark', zh: '成败说明' }, { max: 2000, readOnly: true }),
    closedAt: instant({ en: 'Closed at', zh: '结束时间' }, { readOnly: true }),
    stageSince: instant({ en: 'In this stage since', zh: '进入阶段时间' }, { readOnly: true }),
    rank: text({ en: 'Place on the board', zh: '看板位置' }, { max: 200, hidden: true }),
    leadIds: refs('lead', { en: 'Came from leads', zh: '来自线索' }, { readOnly: true }),
    orderIds: refs('order', { en: 'Orders', zh: '机会订单' }, { readOnly: true }),
  },
  paths: { owner: true, parent: 'customerId' },
  access: { group: 'sales' },
  endsBy: 'outcome',
  summary: ['stage', 'outcome', 'amount'],
  views: { list: ['title', 'customerId', 'stage', 'outcome', 'amount', 'expectedEndOn', 'ownerId', 'updatedAt'] },
  discussed: true,
  customizable: true,
  rules: opportunityRulesIn(PIPELINES),
  inShape: opportunityIn,
  // Deals from before there were several pipelines are of the standard one.
  schema: 2,
  upgrade: (_from, values) => ({ pipelineId: STANDARD_ID, ...values }),
  metrics: opportunityMetrics,
});
export type Opportunity = RecordOf<typeof opportunity>;
