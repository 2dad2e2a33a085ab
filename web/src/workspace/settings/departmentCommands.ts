import { m } from '#messages';
import type { Department } from '../../../../shared/workspace/department.ts';
import type { Member } from '../../../../shared/workspace/member.ts';
import { reportError } from '../../kernel/errors.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { toasts } from '../../kernel/toasts.svelte.ts';

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
 * Broken off in between, everybody is where he was or where he was to go.
 * @throws ApiError
 */
export async function removeDepartment(
  { id, name, parentId }: Department,
  held: { readonly people: readonly Member[]; readonly below: readonly Department[] },
  movesTo: string | undefined,
): Promise<void> {
  const place = async (people: string | undefined, below: string | undefined): Promise<void> => {
    for (const each of held.people) await replica.update('member', each.id, { departmentId: people ?? null });
    for (const each of held.below) await replica.update('department', each.id, { parentId: below ?? null });
  };
  await place(movesTo, parentId);
  const removed = await replica.remove('department', id).send();
  toasts.showUndo(
    () => m.settings_department_removed({ name }),
    async () => {
      try {
        await replica.restore(removed);
        await place(id, id);
      } catch (error) {
        reportError(error);
      }
    },
  );
}
