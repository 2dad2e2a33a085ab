import { CUSTOM_KINDS } from '../kernel/customFields.ts';
import type { Issue } from '../kernel/errors.ts';
import { boolean, choice, data, number, type Option, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordDefinition, type RecordOf } from '../kernel/record.ts';
import { optionIssues, optionList, OPTIONS_EXAMPLE } from './optionList.ts';

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

/**
 * A field that an administrator adds to a type; it then behaves as a declared one everywhere.
 * @param types  all that are customizable
 */
export const customFieldOn = (types: readonly RecordDefinition[]) =>
  defineRecord({
    name: 'customField',
    plural: 'customFields',
    idPrefix: 'fld',
    domain: 'workspace',
    label: { en: ['Custom field', 'Custom fields'], zh: '自定义字段' },
    title: 'nameZh',
    fields: {
      on: choice(
        types.map(({ name, label }) => ({ key: name, label: { en: label.en[0], zh: label.zh } })),
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
      options: data({ en: 'Choices', zh: '选项' }, { shape: optionList, example: OPTIONS_EXAMPLE }),
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
        const frozen = before ? (['on', 'key', 'fieldKind'] as const).filter((name) => before[name] !== values[name]) : [];
        return [
          ...(KEY.test(String(values['key'])) ? [] : [{ field: 'key', code: 'customField.key' }]),
          ...(listed ? optionIssues('customField', options, (before?.['options'] ?? []) as readonly Option[]) : []),
          // Stored values were written under key and kind; another kind is another field.
          ...frozen.map((field) => ({ field, code: 'customField.frozen' })),
        ];
      },
    },
  });
export type CustomFieldRecord = RecordOf<ReturnType<typeof customFieldOn>>;
