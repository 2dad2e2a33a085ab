import { boolean, choice, data, instant, longText, money, number, ref, refs, tags, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { activityMetrics } from './activityMetrics.ts';
import { activityRules } from './activityRules.ts';
import { activityRows } from './activityTimeline.ts';
import { cycleShape } from './cycle.ts';
import { ACTIVITY_STATUSES, ACTIVITY_TYPES, PRIORITIES, REMINDER_METHODS } from './lists.ts';

/** Something done, or to be done, with a customer or for the firm. */
export const activity = defineRecord({
  name: 'activity',
  plural: 'activities',
  idPrefix: 'act',
  domain: 'activities',
  label: { en: ['Activity', 'Activities'], zh: '活动' },
  title: 'subject',
  fields: {
    subject: text({ en: 'Subject', zh: '主题' }, { required: true, max: 200, search: true }),
    type: choice(ACTIVITY_TYPES, { en: 'Type', zh: '活动类型' }, { required: true }),
    status: choice([...ACTIVITY_STATUSES], { en: 'Status', zh: '状态' }, { milestone: true }),
    priority: choice(PRIORITIES, { en: 'Priority', zh: '优先级' }),
    customerId: ref('customer', { en: 'Customer', zh: '客户' }),
    contactId: ref('contact', { en: 'Contact', zh: '联系人' }),
    opportunityId: ref('opportunity', { en: 'Opportunity', zh: '销售机会' }),
    leadId: ref('lead', { en: 'Lead', zh: '线索' }),
    orderId: ref('order', { en: 'Order', zh: '订单' }),
    plannedStart: instant({ en: 'Planned start', zh: '预定开始日期' }),
    plannedEnd: instant({ en: 'Planned end', zh: '预定结束日期' }),
    allDay: boolean({ en: 'All day', zh: '全天' }),
    actualStart: instant({ en: 'Actual start', zh: '实际开始日期' }),
    actualEnd: instant({ en: 'Actual end', zh: '实际结束日期' }),
    cycle: data({ en: 'Cycle', zh: '周期' }, { shape: cycleShape, example: { unit: 'week', every: 1 } }),
    remindMinutes: number({ en: 'Remind, minutes before', zh: '提前提醒（分钟）' }, { min: 0, max: 40_320, decimals: 0 }),
    remindBy: choice(REMINDER_METHODS, { en: 'Remind by', zh: '提醒方式' }),
    description: longText({ en: 'Description', zh: '活动描述' }, { max: 4000 }),
    outcome: longText({ en: 'Outcome', zh: '结果' }, { max: 4000 }),
    evaluation: longText({ en: 'Evaluation', zh: '评价' }, { max: 2000 }),
    cost: money({ en: 'Cost', zh: '成本' }, { min: 0 }),
    watcherIds: refs('member', { en: 'Watched by', zh: '关注人' }),
    tags: tags({ en: 'Tags', zh: '标签' }, { search: true }),
    dueAt: instant({ en: 'Due at', zh: '到期时间' }, { readOnly: true, hidden: true }),
  },
  paths: { owner: true, parent: 'customerId', due: 'dueAt' },
  access: { group: 'activities' },
  endsBy: 'status',
  staysWhenEnded: true,
  summary: ['type', 'status', 'priority', 'plannedStart', 'allDay', 'customerId'],
  views: { list: ['subject', 'type', 'status', 'priority', 'plannedStart', 'customerId', 'ownerId'] },
  discussed: true,
  customizable: true,
  rules: activityRules,
  metrics: activityMetrics,
  elsewhere: activityRows,
});
export type Activity = RecordOf<typeof activity>;
