import { options } from '../kernel/fields/index.ts';

export const ACTIVITY_TYPES = options({
  todo: ['To-do', '待办'],
  appointment: ['Appointment', '约会'],
  meeting: ['Meeting', '会议'],
  call: ['Phone call', '电话'],
  email: ['E-mail', '电子邮件'],
  fax: ['Fax', '传真'],
  visit: ['Visit', '拜访'],
  web: ['Web', '网页'],
  message: ['Message', '消息'],
});

export const PRIORITIES = options({ high: ['High', '高'], medium: ['Medium', '中'], low: ['Low', '低'] });

export const ACTIVITY_STATUSES = [
  { key: 'planned', label: { en: 'Planned', zh: '计划' }, means: 'open' },
  { key: 'inProgress', label: { en: 'In progress', zh: '进行中' }, means: 'open' },
  { key: 'done', label: { en: 'Done', zh: '完成' }, means: 'done' },
  { key: 'cancelled', label: { en: 'Cancelled', zh: '取消' }, means: 'cancelled' },
] as const;

export const REMINDER_METHODS = options({ app: ['In the app', '应用内'], mail: ['By mail', '邮件'], both: ['Both', '两者'] });
