import { choice, date, longText, money, number, options, ref, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { churnMetrics } from './churnMetrics.ts';

/** A customer who is about to be lost, told to whoever looks after him in time to act. Made and closed by the product. */
export const churnWarning = defineRecord({
  name: 'churnWarning',
  plural: 'churnWarnings',
  idPrefix: 'chw',
  domain: 'insight',
  label: { en: ['Churn warning', 'Churn warnings'], zh: '流失预警' },
  title: 'name',
  fields: {
    name: text({ en: 'Name', zh: '名称' }, { required: true, max: 160, readOnly: true }),
    customerId: ref('customer', { en: 'Customer', zh: '客户' }, { required: true, readOnly: true }),
    reason: choice(
      options({ rhythm: ['Later than its own rhythm', '超出自身购买节奏'], silence: ['Long silence', '长期未购买'] }),
      { en: 'Reason', zh: '原因' },
      { readOnly: true },
    ),
    lastOrderOn: date({ en: 'Last order', zh: '最近订单' }, { readOnly: true }),
    medianGapDays: number({ en: 'Usual gap, days', zh: '通常间隔（天）' }, { decimals: 1, readOnly: true }),
    silentDays: number({ en: 'Silent for, days', zh: '沉默天数' }, { decimals: 0, readOnly: true }),
    valueAtRisk: money({ en: 'Value at risk', zh: '风险金额' }, { readOnly: true }),
    status: choice(
      [
        { key: 'open', label: { en: 'Open', zh: '待处理' }, means: 'open' },
        { key: 'acknowledged', label: { en: 'Acknowledged', zh: '已确认' }, means: 'open' },
        { key: 'snoozed', label: { en: 'Snoozed', zh: '稍后处理' }, means: 'open' },
        { key: 'closed', label: { en: 'Closed', zh: '已结束' }, means: 'closed' },
      ],
      { en: 'Status', zh: '状态' },
      { readOnly: true, milestone: true },
    ),
    snoozedUntil: date({ en: 'Snoozed until', zh: '稍后至' }, { readOnly: true }),
    outcome: choice(
      options({
        kept: ['Kept', '已挽留'],
        lost: ['Lost', '已流失'],
        falseAlarm: ['False alarm', '误报'],
        boughtAgain: ['Bought again', '再次购买'],
      }),
      { en: 'Outcome', zh: '结果' },
      { readOnly: true, milestone: true },
    ),
    note: longText({ en: 'Note', zh: '说明' }, { max: 2000, readOnly: true }),
  },
  paths: { owner: true, parent: 'customerId' },
  access: { group: 'customers' },
  followsParent: true,
  operations: ['read'],
  summary: ['status', 'reason'],
  metrics: churnMetrics,
  views: { list: ['name', 'reason', 'lastOrderOn', 'silentDays', 'valueAtRisk', 'status', 'ownerId'] },
});
export type ChurnWarning = RecordOf<typeof churnWarning>;
