import { choice, email, instant, longText, options, ref, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { LANGUAGES } from './workspace.ts';

/** How long somebody's wish to join is kept, whatever became of it. */
export const APPLICATION_DAYS = 30;

/** Somebody outside asks for an account. It is written once he has shown that the address is his, and decided by whoever decides about people. */
export const application = defineRecord({
  name: 'application',
  plural: 'applications',
  idPrefix: 'apl',
  domain: 'workspace',
  label: { en: ['Application', 'Applications'], zh: '账号申请' },
  title: 'name',
  fields: {
    name: text({ en: 'Name', zh: '姓名' }, { required: true, max: 120, readOnly: true }),
    email: email({ en: 'E-mail', zh: '电子邮件' }, { required: true, readOnly: true, sensitivity: 'internal' }),
    department: text({ en: 'Department or team', zh: '希望加入的部门' }, { max: 120, readOnly: true }),
    remark: longText({ en: 'Remark', zh: '备注' }, { max: 500, readOnly: true }),
    language: choice(LANGUAGES, { en: 'Language', zh: '语言' }, { readOnly: true }),
    status: choice(
      options({ waiting: ['Waiting', '待处理'], approved: ['Approved', '已批准'], declined: ['Declined', '已婉拒'] }),
      { en: 'Status', zh: '状态' },
      { required: true, readOnly: true },
    ),
    /** Who came of it. */
    memberId: ref('member', { en: 'Member', zh: '成员' }, { readOnly: true }),
    decidedAt: instant({ en: 'Decided at', zh: '处理时间' }, { readOnly: true }),
    /** What the applicant was told. */
    reply: text({ en: 'Reply', zh: '回复' }, { max: 300, readOnly: true }),
  },
  access: { group: 'workspace' },
  operations: ['read'],
  summary: ['email', 'status'],
  views: { list: ['name', 'email', 'department', 'status', 'createdAt'] },
  keepDays: APPLICATION_DAYS,
});
export type Application = RecordOf<typeof application>;
