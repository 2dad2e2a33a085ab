import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import type { Pending } from './recordSet.svelte.ts';
import type { Edit } from './send.ts';

/** How a record looks while the server has not agreed to an edit yet. */
export function pendingOf(edit: Edit, { by, at }: { readonly by: string; readonly at: string }): Pending {
  const { id } = edit;
  switch (edit.kind) {
    case 'create': {
      const system = { id, version: 0, ownerId: by, createdAt: at, createdBy: by, updatedAt: at, updatedBy: by };
      return { id, change: {}, made: { ...system, ...edit.values } as AnyRecord };
    }
    case 'update':
      return { id, change: edit.change };
    case 'remove':
      return { id, change: undefined };
    case 'restore':
      return { id, change: {}, made: edit.record };
    default:
      return edit satisfies never;
  }
}
