import { ref } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { VIEW_FIELDS } from './listView.ts';

/** A list as one member wants to see it again, or which shared view it opens with for him. Nobody else reads it. */
export const savedView = defineRecord({
  name: 'savedView',
  plural: 'savedViews',
  idPrefix: 'svw',
  domain: 'workspace',
  label: { en: ['Saved view', 'Saved views'], zh: '个人视图' },
  title: 'name',
  fields: {
    ...VIEW_FIELDS,
    /** It is none itself: its owner's list opens with that shared view. */
    opens: ref('sharedView', { en: 'Opens with', zh: '默认打开' }, { hidden: true }),
  },
  paths: { owner: true },
  access: { group: 'personal' },
  summary: ['on'],
  views: { list: ['name', 'on', 'updatedAt'] },
});
export type SavedView = RecordOf<typeof savedView>;
