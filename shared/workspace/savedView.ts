import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { VIEW_FIELDS } from './listView.ts';

/** A list as one member wants to see it again. Nobody else reads it. */
export const savedView = defineRecord({
  name: 'savedView',
  plural: 'savedViews',
  idPrefix: 'svw',
  domain: 'workspace',
  label: { en: ['Saved view', 'Saved views'], zh: '个人视图' },
  title: 'name',
  fields: VIEW_FIELDS,
  paths: { owner: true },
  access: { group: 'personal' },
  summary: ['on'],
  views: { list: ['name', 'on', 'updatedAt'] },
});
export type SavedView = RecordOf<typeof savedView>;
