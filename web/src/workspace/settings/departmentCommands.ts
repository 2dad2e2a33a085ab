import { m } from '#messages';
import type { Department } from '../../../../shared/workspace/department.ts';
import { reportError } from '../../kernel/errors.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { toasts } from '../../kernel/toasts.svelte.ts';
import { removePlace } from './placeCommands.ts';

/** Hangs a department under another, or at the top; the toast takes it back. */
export async function moveDepartment({ id, name, parentId }: Department, under: string | undefined): Promise<void> {
  const write = (to: string | undefined): Promise<unknown> => replica.update('department', id, { parentId: to ?? null });
  try {
    await write(under);
    toasts.showUndo(
      () => m.company_department_moved({ name }),
      () => write(parentId).then(undefined, (error: unknown) => reportError(error)),
    );
  } catch (error) {
    reportError(error);
  }
}

/**
 * Removes a department after its people have moved and those below it have gone up a level; the toast brings all back.
 * @throws ApiError, NetworkError
 */
export const removeDepartment = (removed: Department, movesTo: string | undefined, wish: string): Promise<void> =>
  removePlace('department', removed, movesTo, wish, () => m.settings_department_removed({ name: removed.name }));
