import { choice, data, date, instant, options, text } from '../kernel/fields/index.ts';
import * as z from 'zod/mini';
import { defineRecord, type RecordOf, type Values } from '../kernel/record.ts';

const PERIODS = options({ day: ['Daily', '日报'], week: ['Weekly', '周报'], month: ['Monthly', '月报'], quarter: ['Quarterly', '季报'] });

/** What a lead is named for; of several events of one lead in one period, the furthest. */
export const LEAD_EVENTS = ['converted', 'working', 'new'] as const;
/** And what an opportunity is. */
export const OPPORTUNITY_EVENTS = ['won', 'lost', 'new', 'moved'] as const;

const money = () => z.strictObject({ minor: z.int(), currency: z.string() });
const personLine = () =>
  z.strictObject({
    memberId: z.string(),
    name: z.string(),
    newLeads: z.int(),
    workingLeads: z.int(),
    convertedLeads: z.int(),
    newCustomers: z.int(),
    newOpportunities: z.int(),
    movedOpportunities: z.int(),
    wonOpportunities: z.int(),
    lostOpportunities: z.int(),
    orders: z.int(),
    activitiesDone: z.int(),
    overdue: z.int(),
    /** There are more overdue than were counted. */
    moreOverdue: z.optional(z.literal(true)),
    /** Customers who may be lost: all, and those warned of in the period. */
    risks: z.int(),
    newRisks: z.int(),
  });
const owned = { id: z.string(), name: z.string(), ownerId: z.optional(z.string()) };
const contents = () =>
  z.strictObject({
    people: z.array(personLine()),
    leads: z.array(z.strictObject({ ...owned, event: z.enum(LEAD_EVENTS), company: z.optional(z.string()), status: z.string() })),
    customers: z.array(z.strictObject(owned)),
    opportunities: z.array(z.strictObject({ ...owned, event: z.enum(OPPORTUNITY_EVENTS), stage: z.string(), amount: z.optional(money()) })),
    orders: z.array(z.strictObject({ ...owned, customer: z.optional(z.string()), amount: z.optional(money()) })),
    risks: z.array(z.strictObject({ ...owned, customerId: z.string(), isNew: z.boolean(), value: z.optional(money()) })),
    /** What the events of a figure come to, per currency; less what was taken back of earlier ones. */
    amounts: z.partialRecord(z.enum(['newOpportunities', 'wonOpportunities', 'lostOpportunities', 'orders']), z.array(money())),
  });
export type DigestContents = z.infer<ReturnType<typeof contents>>;

/** The figures of somebody who has done nothing. */
export const NOTHING: Omit<DigestContents['people'][number], 'memberId' | 'name'> = {
  newLeads: 0,
  workingLeads: 0,
  convertedLeads: 0,
  newCustomers: 0,
  newOpportunities: 0,
  movedOpportunities: 0,
  wonOpportunities: 0,
  lostOpportunities: 0,
  orders: 0,
  activitiesDone: 0,
  overdue: 0,
  risks: 0,
  newRisks: 0,
};

const EMPTY: DigestContents = { people: [], leads: [], customers: [], opportunities: [], orders: [], risks: [], amounts: {} };

/** Digests of the first shape told of leads and customers alone. */
function toSecondShape(values: Values): Values {
  const { people, ...rest } = values['contents'] as DigestContents;
  return { ...values, contents: { ...EMPTY, ...rest, people: people.map((line) => ({ ...NOTHING, ...line })) } };
}

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
    contents: data({ en: 'Contents', zh: '内容' }, { shape: contents, example: EMPTY, packed: true }, { required: true }),
  },
  paths: { owner: true },
  access: { group: 'personal' },
  operations: ['read'],
  schema: 2,
  upgrade: (_from, values) => toSecondShape(values),
  summary: ['period', 'until'],
  views: { list: ['subject', 'period', 'to', 'createdAt'] },
});
export type Digest = RecordOf<typeof digest>;
