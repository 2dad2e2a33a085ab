import * as z from 'zod/mini';
import type { Issue } from '../kernel/errors.ts';
import { choice, data, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordDefinition, type RecordOf, type Values } from '../kernel/record.ts';
import type { FormSection } from '../kernel/recordForms.ts';
import { labelShape } from './optionList.ts';

const MOST_SECTIONS = 30;
const MOST_FIELDS = 300;

const fieldNames = () => z.array(z.string().check(z.regex(/^[a-zA-Z][a-zA-Z0-9_]{0,60}$/))).check(z.maxLength(MOST_FIELDS));
const sections = () =>
  z.array(z.strictObject({ label: labelShape(), fields: fieldNames() })).check(z.maxLength(MOST_SECTIONS)) as z.ZodMiniType<FormSection[]>;

/**
 * The order and the sections in which forms and pages of a type show its fields. Names of fields that are not there say
 * nothing: own fields come and go.
 * @param types  all whose forms may be changed
 */
export const recordFormOn = (types: readonly RecordDefinition[]) =>
  defineRecord({
    name: 'recordForm',
    plural: 'recordForms',
    idPrefix: 'rfm',
    domain: 'workspace',
    label: { en: ['Record form', 'Record forms'], zh: '记录表单' },
    title: 'on',
    fields: {
      on: choice(
        types.map(({ name, label }) => ({ key: name, label: { en: label.en[0], zh: label.zh } })),
        { en: 'Of', zh: '所属' },
        { required: true },
      ),
      sections: data(
        { en: 'Sections', zh: '分组' },
        { shape: sections, example: [{ label: { en: 'Basics', zh: '基本信息' }, fields: ['notes'] }] },
      ),
      hidden: data({ en: 'Hidden fields', zh: '隐藏的字段' }, { shape: fieldNames, example: ['website'] }),
      // One for each type, also of two administrators at once: the marker of this value decides.
      slot: text({ en: 'Place', zh: '位置' }, { max: 100, unique: true, readOnly: true, hidden: true }),
    },
    access: { group: 'workspace', actions: { read: 'structure' } },
    views: { list: ['on', 'updatedAt'] },
    governs: true,
    rules: {
      derive: (values) => ({ ...values, slot: values['on'] }),
      check: (values, before) => [
        ...formIssues(
          types.find(({ name }) => name === values['on'])!,
          values,
        ),
        ...(before && before['on'] !== values['on'] ? [{ field: 'on', code: 'recordForm.frozen' }] : []),
      ],
    },
  });
export type RecordFormRecord = RecordOf<ReturnType<typeof recordFormOn>>;

function formIssues(definition: RecordDefinition, values: Values): Issue[] {
  const hidden = (values['hidden'] ?? []) as readonly string[];
  const named = [...((values['sections'] ?? []) as readonly FormSection[]).flatMap(({ fields }) => fields), ...hidden];
  const needed = hidden.filter((name) => Object.hasOwn(definition.fields, name) && definition.fields[name]!.required);
  return [
    ...(new Set(named).size < named.length ? [{ field: 'sections', code: 'recordForm.fieldTwice' }] : []),
    // Nothing could be saved without it.
    ...(needed.length ? [{ field: 'hidden', code: 'recordForm.required' }] : []),
  ];
}
