import * as z from 'zod/mini';
import { CUSTOM_KINDS } from '../kernel/customFields.ts';
import type { Issue } from '../kernel/errors.ts';
import { boolean, choice, data, number, type Option, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';

const KEY = /^[a-z][a-zA-Z0-9]{0,39}$/;
const KIND_LABELS: Record<(typeof CUSTOM_KINDS)[number], readonly [string, string]> = {
  text: ['Text', '文本'],
  longText: ['Long text', '多行文本'],
  number: ['Number', '数字'],
  money: ['Amount', '金额'],
  date: ['Date', '日期'],
  boolean: ['Yes or no', '是/否'],
  choice: ['One of a list', '单选'],
  choices: ['Several of a list', '多选'],
  email: ['E-mail', '电子邮件'],
  phone: ['Phone', '电话'],
  url: ['Web address', '网址'],
  tags: ['Tags', '标签'],
};

const optionList = () =>
  z
    .array(
      z.strictObject({
        key: z.string().check(z.regex(/^[\p{L}\p{N}_-]{1,40}$/u)),
        label: z.strictObject({ en: z.string().check(z.maxLength(80)), zh: z.string().check(z.maxLength(80)) }),
      }),
    )
    .check(z.maxLength(200)) as z.ZodMiniType<Option[]>;

/** A field that an administrator adds to a type; it then behaves as a declared one everywhere. */
export const customField = defineRecord({
  name: 'customField',
  plural: 'customFields',
  idPrefix: 'fld',
  domain: 'workspace',
  label: { en: ['Custom field', 'Custom fields'], zh: '自定义字段' },
  title: 'nameZh',
  fields: {
    on: choice(
      [
        { key: 'customer', label: { en: 'Customer', zh: '客户' } },
        { key: 'contact', label: { en: 'Contact', zh: '联系人' } },
        { key: 'lead', label: { en: 'Lead', zh: '线索' } },
        { key: 'opportunity', label: { en: 'Opportunity', zh: '销售机会' } },
        { key: 'order', label: { en: 'Order', zh: '订单' } },
        { key: 'product', label: { en: 'Product', zh: '产品' } },
        { key: 'activity', label: { en: 'Activity', zh: '活动' } },
      ],
      { en: 'On', zh: '所属' },
      { required: true },
    ),
    key: text({ en: 'Key', zh: '标识' }, { required: true, max: 40 }),
    nameEn: text({ en: 'Name in English', zh: '英文名称' }, { required: true, max: 80 }),
    nameZh: text({ en: 'Name in Chinese', zh: '中文名称' }, { required: true, max: 80 }),
    fieldKind: choice(
      CUSTOM_KINDS.map((key) => ({ key, label: { en: KIND_LABELS[key][0], zh: KIND_LABELS[key][1] } })),
      { en: 'Kind', zh: '类型' },
      { required: true },
    ),
    options: data({ en: 'Choices', zh: '选项' }, { shape: optionList, example: [{ key: 'a', label: { en: 'A', zh: '甲' } }] }),
    // Two administrators at once must not take one key: the marker of this value decides.
    slot: text({ en: 'Place', zh: '位置' }, { max: 100, unique: true, readOnly: true, hidden: true }),
    required: boolean({ en: 'Must be filled in', zh: '必填' }),
    searchable: boolean({ en: 'Can be searched', zh: '可搜索' }),
    // Place among the fields of its type; equal ones in the order they were made.
    order: number({ en: 'Order', zh: '顺序' }, { decimals: 0 }),
    retired: boolean({ en: 'Retired', zh: '已停用' }),
  },
  access: { group: 'workspace', actions: { read: 'structure' } },
  summary: ['on', 'key'],
  views: { list: ['nameZh', 'nameEn', 'on', 'fieldKind', 'required', 'searchable', 'retired'] },
  governs: true,
  rules: {
    derive: (values) => ({ ...values, slot: `${String(values['on'])}.${String(values['key'])}` }),
    check: (values, before): Issue[] => {
      const listed = values['fieldKind'] === 'choice' || values['fieldKind'] === 'choices';
      const options = (values['options'] ?? []) as readonly Option[];
      const isDoubled = new Set(options.map((option) => option.key)).size < options.length;
      const frozen = before ? (['on', 'key', 'fieldKind'] as const).filter((name) => before[name] !== values[name]) : [];
      return [
        ...(KEY.test(String(values['key'])) ? [] : [{ field: 'key', code: 'customField.key' }]),
        ...(listed && options.length === 0 ? [{ field: 'options', code: 'field.required' }] : []),
        ...(isDoubled ? [{ field: 'options', code: 'customField.optionTwice' }] : []),
        // Stored values were written under key and kind; another kind is another field.
        ...frozen.map((field) => ({ field, code: 'customField.frozen' })),
      ];
    },
  },
});
export type CustomFieldRecord = RecordOf<typeof customField>;
