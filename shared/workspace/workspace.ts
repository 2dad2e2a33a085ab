import { isZone } from '../kernel/dates.ts';
import { boolean, choice, choices, data, options, text } from '../kernel/fields/index.ts';
import { isCurrency } from '../kernel/money.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import type { Issue } from '../kernel/errors.ts';
import { isLanguageOpen } from './languages.ts';
import { logoShape } from './logo.ts';

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
    /** Of members who have not chosen one, and of what people outside read. */
    language: choice(LANGUAGES, { en: 'Standard language', zh: '默认语言' }, { required: true }),
    /** Absent: all that the product speaks. */
    languages: choices(LANGUAGES, { en: 'Languages offered', zh: '可选语言' }),
    logo: data(
      { en: 'Logo', zh: '标志' },
      { shape: logoShape, example: { file: '0123456789abcdef0123456789abcdef01234567', width: 320, height: 80, ground: 'light' } },
      { readOnly: true },
    ),
    /** Whether people may apply for an account, and the code in the address under which they do. */
    applyOpen: boolean({ en: 'People may apply for an account', zh: '允许申请账号' }, { readOnly: true }),
    applyCode: text({ en: 'Code of the application link', zh: '申请链接代码' }, { readOnly: true, hidden: true, max: 40 }),
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
      ...(isLanguageOpen(values, values['language']) ? [] : [{ field: 'languages', code: 'workspace.standardLanguage' }]),
    ],
  },
});
export type Workspace = RecordOf<typeof workspace>;
