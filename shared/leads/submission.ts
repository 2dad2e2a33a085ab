import * as z from 'zod/mini';
import { choice, data, number, options, ref, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';

/** Exactly one of these is the end of every post. */
export const OUTCOMES = options({
  created: ['Lead created', '已创建线索'],
  merged: ['Added to a lead', '已并入线索'],
  refused: ['Refused', '已拒绝'],
});

/** One post of a form, as it came, and what became of it. Its id is the receipt the sender gets. */
export const submission = defineRecord({
  name: 'submission',
  plural: 'submissions',
  idPrefix: 'sub',
  domain: 'leads',
  label: { en: ['Submission', 'Submissions'], zh: '表单提交' },
  title: 'who',
  fields: {
    who: text({ en: 'From', zh: '提交人' }, { max: 200, sensitivity: 'personal' }),
    webFormId: ref('webForm', { en: 'Web form', zh: '网页表单' }, { required: true }),
    webFormVersion: number({ en: 'Version of the form', zh: '表单版本' }, { decimals: 0 }),
    leadId: ref('lead', { en: 'Lead', zh: '线索' }),
    outcome: choice(OUTCOMES, { en: 'Outcome', zh: '结果' }, { required: true }),
    reason: text({ en: 'Reason', zh: '原因' }, { max: 100 }),
    payload: data(
      { en: 'What was sent', zh: '提交内容' },
      { shape: answers, example: { name: 'Li Lei', email: 'lilei@example.test' } },
      { sensitivity: 'personal' },
    ),
    page: text({ en: 'Sent from', zh: '来源页面' }, { max: 500 }),
  },
  paths: { owner: true, parent: 'leadId' },
  followsParent: true,
  access: { group: 'leads' },
  operations: ['read'],
  summary: ['outcome', 'reason'],
  views: { list: ['createdAt', 'who', 'webFormId', 'outcome', 'reason', 'leadId'] },
  metrics: (before, after) => (!before && after ? { received: 1, [String(after['outcome'])]: 1 } : {}),
  keepDays: 90,
});
export type Submission = RecordOf<typeof submission>;

function answers() {
  return z.record(z.string().check(z.maxLength(80)), z.string().check(z.maxLength(10_000)));
}
