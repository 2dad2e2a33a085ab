import { SOURCES } from '../customers/lists.ts';
import { choice, emails, instant, longText, number, options, phones, ref, tags, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { leadMetrics, statusFollows } from './leadStatus.ts';

/** What a state of a lead means, whatever an administrator calls it. */
export const LEAD_STATUSES = [
  { key: 'new', label: { en: 'New', zh: '新建' }, means: 'open' },
  { key: 'working', label: { en: 'Working', zh: '跟进中' }, means: 'open' },
  { key: 'qualified', label: { en: 'Qualified', zh: '合格' }, means: 'open' },
  { key: 'unqualified', label: { en: 'Unqualified', zh: '无效' }, means: 'closed' },
  { key: 'converted', label: { en: 'Converted', zh: '已转化' }, means: 'converted' },
] as const;

/** Somebody who may become a customer. */
export const lead = defineRecord({
  name: 'lead',
  plural: 'leads',
  idPrefix: 'lea',
  domain: 'leads',
  label: { en: ['Lead', 'Leads'], zh: '线索' },
  title: 'name',
  fields: {
    name: text({ en: 'Name', zh: '姓名' }, { required: true, max: 120, search: true, sensitivity: 'personal' }),
    company: text({ en: 'Company', zh: '公司' }, { max: 160, search: true }),
    position: text({ en: 'Position', zh: '职位' }, { max: 120 }),
    phones: phones({ en: 'Phones', zh: '电话' }, { search: true, match: true }),
    emails: emails({ en: 'E-mails', zh: '电子邮件' }, { search: true, match: true }),
    status: choice([...LEAD_STATUSES], { en: 'Status', zh: '状态' }, { milestone: true }),
    source: choice(SOURCES, { en: 'Source', zh: '来源' }, { open: true }),
    interest: longText({ en: 'Interested in', zh: '感兴趣的产品' }, { max: 2000 }),
    message: longText({ en: 'Message', zh: '留言' }, { max: 4000 }),
    opinion: choice(
      options({ positive: ['Positive', '正面'], neutral: ['Neutral', '中立'], negative: ['Negative', '负面'] }),
      { en: 'Opinion of our product', zh: '对产品的看法' },
      { open: true },
    ),
    opinionNote: longText({ en: 'Opinion, in words', zh: '看法说明' }, { max: 2000 }),
    tags: tags({ en: 'Tags', zh: '标签' }, { search: true }),
    notes: longText({ en: 'Notes', zh: '备注' }),
    webFormId: ref('webForm', { en: 'Web form', zh: '网页表单' }, { readOnly: true }),
    customerId: ref('customer', { en: 'Customer', zh: '客户' }, { readOnly: true }),
    contactId: ref('contact', { en: 'Contact', zh: '联系人' }, { readOnly: true }),
    opportunityId: ref('opportunity', { en: 'Opportunity', zh: '销售机会' }, { readOnly: true }),
    convertedAt: instant({ en: 'Converted at', zh: '转化时间' }, { readOnly: true }),
  },
  derived: {
    submissions: number({ en: 'Submissions', zh: '提交次数' }, { decimals: 0 }),
    lastSubmissionAt: instant({ en: 'Last submission', zh: '最近提交' }),
  },
  paths: { owner: true, parent: 'customerId' },
  access: { group: 'leads' },
  endsBy: 'status',
  discussed: true,
  summary: ['company', 'status'],
  views: {
    list: ['name', 'company', 'status', 'phones', 'emails', 'source', 'ownerId', 'createdAt'],
  },
  customizable: true,
  rules: statusFollows,
  metrics: leadMetrics,
});
export type Lead = RecordOf<typeof lead>;
