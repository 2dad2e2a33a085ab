import { choice, data, instant, options, ref, text } from '../kernel/fields/index.ts';
import * as z from 'zod/mini';
import { defineRecord, type RecordOf } from '../kernel/record.ts';

/** What members are told of. A new kind needs its words (in the app and in a mail) and gets its row in everybody's choices by itself. */
export const NOTICE_KINDS = options({
  leadAssigned: ['A lead is yours', '新线索分配给你'],
  leadMerged: ['A lead wrote again', '线索再次提交'],
  opportunityAssigned: ['An opportunity is yours', '新销售机会分配给你'],
  activityAssigned: ['An activity is yours', '新活动分配给你'],
  activityDone: ['An activity you watch is done', '你关注的活动已完成'],
  activityReminder: ['Reminder of an activity', '活动提醒'],
  mentioned: ['You were mentioned', '有人提到你'],
  noteAdded: ['A note was added', '新增备注'],
  followedChanged: ['Something you follow has changed', '你关注的内容有变化'],
  churnWarning: ['A customer is about to be lost', '客户有流失风险'],
  newsPublished: ['News', '新闻发布'],
  handedOver: ['Records of a colleague are yours', '接手同事的记录'],
  handoverEnded: ['A hand-over has ended', '移交已结束'],
  exportReady: ['An export is ready', '导出已完成'],
  exportFailed: ['An export has failed', '导出失败'],
  applicationWaiting: ['Someone applies for an account', '有人申请账号'],
});
export type NoticeKind = (typeof NOTICE_KINDS)[number]['key'];

const about = () => z.record(z.string().check(z.maxLength(40)), z.string().check(z.maxLength(500)));

/** One thing one member should know. Worded on his side from `code` and `params`, in his language. */
export const notification = defineRecord({
  name: 'notification',
  plural: 'notifications',
  idPrefix: 'ntf',
  domain: 'workspace',
  label: { en: ['Notification', 'Notifications'], zh: '通知' },
  title: 'code',
  fields: {
    code: choice(NOTICE_KINDS, { en: 'What', zh: '内容' }, { required: true, readOnly: true }),
    params: data({ en: 'About', zh: '关于' }, { shape: about, example: { name: 'Li Lei' } }, { readOnly: true }),
    recordId: ref('record', { en: 'Record', zh: '记录' }, { readOnly: true }),
    recordType: text({ en: 'Type', zh: '类型' }, { max: 40, readOnly: true }),
    readAt: instant({ en: 'Read at', zh: '已读时间' }),
  },
  paths: { owner: true },
  access: { group: 'personal' },
  operations: ['read', 'update'],
  summary: ['code'],
  views: { list: ['code', 'createdAt', 'readAt'] },
  keepDays: 180,
});
export type Notification = RecordOf<typeof notification>;
