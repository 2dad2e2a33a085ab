import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { VIEW_FIELDS } from './listView.ts';

/** A list as everybody may see it; kept by whoever leads people or sets up the workspace. */
export const sharedView = defineRecord({
  name: 'sharedView',
  plural: 'sharedViews',
  idPrefix: 'shv',
  domain: 'workspace',
  label: { en: ['Shared view', 'Shared views'], zh: '共享视图' },
  title: 'name',
  fields: VIEW_FIELDS,
  access: { group: 'structure' },
  summary: ['on'],
  views: { list: ['name', 'on', 'updatedAt'] },
});
export type SharedView = RecordOf<typeof sharedView>;
