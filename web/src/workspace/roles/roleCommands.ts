import { m } from '#messages';
import type { Rights } from '../../../../shared/kernel/access.ts';
import { mayHandOut } from '../../../../shared/workspace/memberRules.ts';
import { role as type, type Role } from '../../../../shared/workspace/role.ts';
import { collectionOf } from '../../kernel/collection.svelte.ts';
import { reportError } from '../../kernel/errors.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';
import { toasts } from '../../kernel/toasts.svelte.ts';
import { removePlace } from '../settings/placeCommands.ts';
import { roleName } from '../settings/roleWords.ts';

/** Whether whoever is here may give this role to others, and therefore change it. Reactive. */
export function mayKeep(role: Pick<Role, 'key' | 'rights'>): boolean {
  const own = collectionOf<Role>(type).find(session.data?.member.roleId);
  return session.data !== undefined && mayHandOut({ rights: session.data.rights, roleKey: own?.key ?? '' }, role);
}

const isOwn = ({ id }: Role): boolean => id === session.data?.member.roleId;

/** Gives a role other rights, at once for all who hold it; the toast takes it back. @throws ApiError */
export async function saveRights(role: Role, rights: Rights): Promise<void> {
  const [{ id, rights: before }, name] = [role, roleName(role, i18n.locale)];
  const write = async (wanted: Rights): Promise<void> => {
    await replica.update('role', id, { rights: wanted });
    if (isOwn(role)) await session.load();
  };
  await write(rights);
  toasts.showUndo(
    () => m.company_role_saved({ name }),
    () => write(before).catch((error: unknown) => reportError(error)),
  );
}

/**
 * Removes a role after its holders have got another one; the toast brings back both.
 * @throws ApiError, NetworkError
 */
export const removeRole = (role: Role, movesTo: string | undefined, wish: string): Promise<void> => {
  const name = roleName(role, i18n.locale);
  return removePlace('role', role, movesTo, wish, () => m.company_role_removed({ name }));
};
