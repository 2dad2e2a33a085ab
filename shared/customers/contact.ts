import { choice, date, emails, longText, phones, ref, tags, text } from '../kernel/fields/index.ts';
import { defineRecord } from '../kernel/record.ts';
import { CHANNELS } from './lists.ts';

/** A person at a customer. */
export const contact = defineRecord({
  name: 'contact',
  plural: 'contacts',
  idPrefix: 'con',
  domain: 'customers',
  label: { en: ['Contact', 'Contacts'], zh: '联系人' },
  title: 'name',
  fields: {
    name: text({ en: 'Name', zh: '姓名' }, { required: true, max: 120, search: true, sensitivity: 'personal' }),
    customerId: ref('customer', { en: 'Customer', zh: '客户' }, { required: true }),
    position: text({ en: 'Position', zh: '职位' }, { max: 120 }),
    department: text({ en: 'Department', zh: '部门' }, { max: 120 }),
    reportsToId: ref('contact', { en: 'Reports to', zh: '汇报对象' }, { within: 'customerId', tree: true }),
    phones: phones({ en: 'Phones', zh: '电话' }, { search: true, match: true }),
    emails: emails({ en: 'E-mails', zh: '电子邮件' }, { search: true, match: true }),
    messengers: text({ en: 'Messengers', zh: '即时通讯' }, { max: 200, sensitivity: 'personal' }),
    preferredChannel: choice(CHANNELS, { en: 'Preferred channel', zh: '首选渠道' }, { open: true }),
    birthDate: date({ en: 'Birthday', zh: '生日' }, { sensitivity: 'personal' }),
    tags: tags({ en: 'Tags', zh: '标签' }, { search: true }),
    notes: longText({ en: 'Notes', zh: '备注' }),
  },
  paths: { owner: true, parent: 'customerId' },
  access: { group: 'customers' },
  discussed: true,
  summary: ['position', 'phones'],
  views: { list: ['name', 'customerId', 'position', 'phones', 'emails', 'ownerId', 'updatedAt'] },
  customizable: true,
  metrics: (before, after) => (!before && after ? { created: 1 } : {}),
});
