import { isZone } from '../kernel/dates.ts';
import { boolean, choice, options, text } from '../kernel/fields/index.ts';
import { isCurrency } from '../kernel/money.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import type { Issue } from '../kernel/errors.ts';

export const LANGUAGES = options({ en: ['English', '英文'], 'zh-CN': ['Chinese', '简体中文'] });

/** A firm's own space: one tenant. Its id is the tenant in every key. */
export const workspace = defineRecord({
  name: 'workspace',
  plural: 'workspaces',
  idPrefix: 'wsp',
  domain: 'workspace',
  label: { en: ['Workspace', 'Workspaces'], zh: '工作区' },
  title: 'name',
  fields: {
    name: text({ en: 'Company name', zh: '公司名称' }, { required: true, max: 120 }),
    zone: text({ en: 'Time zone of reports', zh: '报表时区' }, { required: true, max: 60 }),
    currency: text({ en: 'Base currency', zh: '本位币' }, { required: true, max: 3 }),
    language: choice(LANGUAGES, { en: 'Language', zh: '语言' }, { required: true }),
    twoStepRequired: boolean({ en: 'Two-step sign-in for everybody', zh: '要求所有成员使用两步验证' }),
    demo: boolean({ en: 'Demo', zh: '演示' }, { readOnly: true, hidden: true }),
  },
  access: { group: 'workspace', actions: { read: 'structure' } },
  operations: ['read', 'update'],
  views: { list: ['name', 'zone', 'currency', 'language'] },
  governs: true,
  rules: {
    check: (values): Issue[] => [
      ...(isZone(String(values['zone'])) ? [] : [{ field: 'zone', code: 'zone.unknown' }]),
      ...(isCurrency(String(values['currency'])) ? [] : [{ field: 'currency', code: 'money.currency' }]),
    ],
  },
});
export type Workspace = RecordOf<typeof workspace>;
