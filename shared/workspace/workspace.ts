import { isZone } from '../kernel/dates.ts';
import { boolean, choice, options, text } from '../kernel/fields/index.ts';
import { isCurrency } from '../kernel/money.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import type { Issue } from '../kernel/errors.ts';

export const LANGUAGES = options({ en: ['English', '英文'], 'zh-CN': ['Chinese', '简体中文'] });

/** Months by number: a year may begin with any of them. Sorted, for an object puts `10` before `01`. */
export const MONTHS = options({
  '01': ['January', '一月'],
  '02': ['February', '二月'],
  '03': ['March', '三月'],
  '04': ['April', '四月'],
  '05': ['May', '五月'],
  '06': ['June', '六月'],
  '07': ['July', '七月'],
  '08': ['August', '八月'],
  '09': ['September', '九月'],
  '10': ['October', '十月'],
  '11': ['November', '十一月'],
  '12': ['December', '十二月'],
}).toSorted((a, b) => Number(a.key) - Number(b.key));

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
    /** Absent: January. */
    fiscalYearStart: choice(MONTHS, { en: 'Fiscal year begins in', zh: '财年开始月份' }),
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
