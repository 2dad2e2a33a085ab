import { longText, ref, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';

/** A node in the tree of departments; a manager's span is the members of his department's subtree. */
export const department = defineRecord({
  name: 'department',
  plural: 'departments',
  idPrefix: 'dep',
  domain: 'workspace',
  label: { en: ['Department', 'Departments'], zh: '部门' },
  title: 'name',
  fields: {
    name: text({ en: 'Name', zh: '名称' }, { required: true, max: 120 }),
    parentId: ref('department', { en: 'Part of', zh: '上级部门' }),
    headId: ref('member', { en: 'Head', zh: '负责人' }, { responsible: true }),
    description: longText({ en: 'Description', zh: '说明' }, { max: 1000 }),
  },
  access: { group: 'workspace', actions: { read: 'structure' } },
  views: { list: ['name', 'parentId', 'headId', 'updatedAt'] },
  governs: true,
});
export type Department = RecordOf<typeof department>;

type Node = { readonly id: string; readonly parentId?: string };

/**
 * Ids of a department and all below it. A cycle, which two edits at once can make, ends the walk instead of hanging it.
 */
export function subtreeOf(rootId: string, departments: readonly Node[]): Set<string> {
  const found = new Set([rootId]);
  const queue = [rootId];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const node of departments) {
      if (node.parentId === id && !found.has(node.id)) {
        found.add(node.id);
        queue.push(node.id);
      }
    }
  }
  return found;
}
