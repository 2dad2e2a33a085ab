import { choice, data, date, instant, options, text } from '../kernel/fields/index.ts';
import * as z from 'zod/mini';
import { defineRecord, type RecordOf } from '../kernel/record.ts';

const PERIODS = options({ day: ['Daily', '日报'], week: ['Weekly', '周报'], month: ['Monthly', '月报'], quarter: ['Quarterly', '季报'] });

/** What a lead is named for; of several events of one lead in one period, the furthest. */
export const LEAD_EVENTS = ['converted', 'working', 'new'] as const;

const personLine = () =>
  z.strictObject({
    memberId: z.string(),
    name: z.string(),
    newLeads: z.int(),
    workingLeads: z.int(),
    convertedLeads: z.int(),
    newCustomers: z.int(),
  });
const contents = () =>
  z.strictObject({
    people: z.array(personLine()),
    leads: z.array(
      z.strictObject({
        id: z.string(),
        event: z.enum(LEAD_EVENTS),
        name: z.string(),
        company: z.optional(z.string()),
        status: z.string(),
        ownerId: z.optional(z.string()),
      }),
    ),
    customers: z.array(z.strictObject({ id: z.string(), name: z.string(), ownerId: z.optional(z.string()) })),
  });
export type DigestContents = z.infer<ReturnType<typeof contents>>;

/**
 * One report mailed to one manager: what all staff in his span did in one period. Kept so that past digests can be read
 * again. Numbers count everything; of the records behind them a few are named.
 */
export const digest = defineRecord({
  name: 'digest',
  plural: 'digests',
  idPrefix: 'dig',
  domain: 'insight',
  label: { en: ['Digest', 'Digests'], zh: '工作报表' },
  title: 'to',
  fields: {
    subject: text({ en: 'Subject', zh: '主题' }, { required: true, max: 200 }),
    period: choice(PERIODS, { en: 'Period', zh: '周期' }, { required: true }),
    from: date({ en: 'From', zh: '开始日期' }, { required: true }),
    to: date({ en: 'To', zh: '结束日期' }, { required: true }),
    until: instant({ en: 'Counted until', zh: '统计终点' }, { required: true, hidden: true }),
    plannedAt: instant({ en: 'Planned for', zh: '计划时间' }, { required: true }),
    contents: data(
      { en: 'Contents', zh: '内容' },
      { shape: contents, example: { people: [], leads: [], customers: [] }, packed: true },
      { required: true },
    ),
  },
  paths: { owner: true },
  access: { group: 'personal' },
  operations: ['read'],
  summary: ['period', 'until'],
  views: { list: ['subject', 'period', 'to', 'createdAt'] },
});
export type Digest = RecordOf<typeof digest>;
