import type { CustomField } from '../kernel/customFields.ts';
import type { Option } from '../kernel/fields/index.ts';
import type { FormSection, RecordForm } from '../kernel/recordForms.ts';
import type { Entry, Shape } from '../kernel/shape.ts';
import type { ValueList } from '../kernel/valueLists.ts';

/**
 * The shape that governing records give.
 * @param of  all of a type, in the order of their ids, which is that of their making
 */
export const shapeOf = (of: (type: string) => readonly Entry[]): Shape => ({
  customFields: of('customField').toSorted(byOrder).map(toCustomField),
  valueLists: of('valueList').map(toValueList),
  recordForms: of('recordForm').map(toRecordForm),
  pipelines: of('pipeline'),
});

const byOrder = (a: Entry, b: Entry): number => Number(a['order'] ?? 0) - Number(b['order'] ?? 0);

const toCustomField = (entry: Entry): CustomField => ({
  id: entry.id,
  on: String(entry['on']),
  key: String(entry['key']),
  label: { en: String(entry['nameEn']), zh: String(entry['nameZh']) },
  fieldKind: entry['fieldKind'] as CustomField['fieldKind'],
  ...(entry['options'] ? { options: entry['options'] as Option[] } : {}),
  required: entry['required'] === true,
  searchable: entry['searchable'] === true,
  retired: entry['retired'] === true,
});

const toRecordForm = (entry: Entry): RecordForm => ({
  on: String(entry['on']),
  sections: (entry['sections'] ?? []) as FormSection[],
  hidden: (entry['hidden'] ?? []) as string[],
});

function toValueList(entry: Entry): ValueList {
  const [on = '', field = ''] = String(entry['list']).split('.');
  return { on, field, options: entry['options'] as Option[] };
}
