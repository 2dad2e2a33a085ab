import { isZone } from '../kernel/dates.ts';
import type { Issue } from '../kernel/errors.ts';
import { boolean, choice, choices, email, instant, options, phone, ref, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { NOTICE_KINDS } from './notification.ts';
import { LANGUAGES } from './workspace.ts';

/** Somebody who works in the workspace. The record decides rights and status on every request, whatever his token says. */
export const member = defineRecord({
  name: 'member',
  plural: 'members',
  idPrefix: 'mem',
  domain: 'workspace',
  label: { en: ['Member', 'Members'], zh: '成员' },
  title: 'name',
  fields: {
    name: text({ en: 'Name', zh: '姓名' }, { required: true, max: 120, search: true }),
    email: email({ en: 'E-mail', zh: '电子邮件' }, { required: true, unique: true, sensitivity: 'internal' }),
    roleId: ref('role', { en: 'Role', zh: '角色' }, { required: true }),
    departmentId: ref('department', { en: 'Department', zh: '部门' }),
    post: text({ en: 'Post', zh: '岗位' }, { max: 120 }),
    level: text({ en: 'Level', zh: '级别' }, { max: 60 }),
    phone: phone({ en: 'Phone', zh: '电话' }, { sensitivity: 'internal' }),
    status: choice(
      options({ invited: ['Invited', '已邀请'], active: ['Active', '启用'], disabled: ['Disabled', '停用'] }),
      { en: 'Status', zh: '状态' },
      { required: true },
    ),
    language: choice(LANGUAGES, { en: 'Language', zh: '语言' }),
    zone: text({ en: 'Time zone', zh: '时区' }, { max: 60 }),
    takesLeads: boolean({ en: 'Takes new leads', zh: '接收新线索' }),
    digestDaily: boolean({ en: 'Daily digest', zh: '日报' }),
    digestWeekly: boolean({ en: 'Weekly digest', zh: '周报' }),
    /** What he does not want to be told of, so that a kind which comes later is told at first. */
    mutedNotices: choices(NOTICE_KINDS, { en: 'Not told in the app', zh: '应用内不提醒' }, { sensitivity: 'internal' }),
    unmailedNotices: choices(NOTICE_KINDS, { en: 'Not told by mail', zh: '不发邮件提醒' }, { sensitivity: 'internal' }),
    subject: text({ en: 'Sign-in subject', zh: '登录标识' }, { readOnly: true, hidden: true, max: 100 }),
    sessionsFrom: instant({ en: 'Sessions valid from', zh: '会话有效起点' }, { readOnly: true, hidden: true }),
    twoStepSince: instant({ en: 'Two-step sign-in since', zh: '两步验证启用时间' }, { readOnly: true }),
    /** Written by nobody: a write here would make everybody read everything anew. What is known is told by `/members/sign-ins`. */
    lastSignInAt: instant({ en: 'Last sign-in', zh: '最近登录' }, { readOnly: true, hidden: true }),
  },
  paths: {},
  access: { group: 'people', self: 'id', actions: { create: 'workspace', delete: 'workspace' } },
  operations: ['read', 'update'],
  summary: ['email', 'status', 'departmentId'],
  views: {
    list: ['name', 'email', 'roleId', 'departmentId', 'status', 'twoStepSince'],
    form: [
      'name',
      'email',
      'roleId',
      'departmentId',
      'post',
      'level',
      'phone',
      'status',
      'language',
      'zone',
      'takesLeads',
      'digestDaily',
      'digestWeekly',
    ],
  },
  governs: true,
  rules: {
    check: (values): Issue[] =>
      values['zone'] === undefined || isZone(String(values['zone'])) ? [] : [{ field: 'zone', code: 'zone.unknown' }],
  },
});
export type Member = RecordOf<typeof member>;

/** What a member may change of himself; all else of a member is an administrator's. */
export const OWN_FIELDS = ['name', 'phone', 'language', 'zone', 'digestDaily', 'digestWeekly', 'mutedNotices', 'unmailedNotices'] as const;
