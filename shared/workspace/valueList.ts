import { choice, data, type Option, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordDefinition, type RecordOf } from '../kernel/record.ts';
import { openLists } from '../kernel/valueLists.ts';
import { optionIssues, optionList, OPTIONS_EXAMPLE } from './optionList.ts';

/**
 * A list of values as the workspace wants it: other words, another order, more of them, some retired. A key never goes:
 * records hold it.
 * @param types  all record types that may have such lists
 */
export const valueListOn = (types: readonly RecordDefinition[]) =>
  defineRecord({
    name: 'valueList',
    plural: 'valueLists',
    idPrefix: 'vls',
    domain: 'workspace',
    label: { en: ['List of values', 'Lists of values'], zh: '选项列表' },
    title: 'list',
    fields: {
      /** `<type>.<field>`. */
      list: choice(
        types.flatMap((type) =>
          openLists(type).map(({ name, field }) => ({
            key: `${type.name}.${name}`,
            label: { en: `${type.label.en[0]}: ${field.label.en}`, zh: `${type.label.zh}：${field.label.zh}` },
          })),
        ),
        { en: 'List', zh: '列表' },
        { required: true },
      ),
      options: data({ en: 'Choices', zh: '选项' }, { shape: optionList, example: OPTIONS_EXAMPLE }),
      // One for each list, also of two administrators at once: the marker of this value decides.
      slot: text({ en: 'Place', zh: '位置' }, { max: 100, unique: true, readOnly: true, hidden: true }),
    },
    access: { group: 'workspace', actions: { read: 'structure' } },
    operations: ['create', 'read', 'update'],
    views: { list: ['list', 'updatedAt'] },
    governs: true,
    rules: {
      derive: (values) => ({ ...values, slot: values['list'] }),
      check: (values, before) => [
        ...optionIssues('valueList', (values['options'] ?? []) as Option[], (before?.['options'] ?? []) as Option[]),
        ...(before && before['list'] !== values['list'] ? [{ field: 'list', code: 'valueList.frozen' }] : []),
      ],
    },
  });
export type ValueListRecord = RecordOf<ReturnType<typeof valueListOn>>;
