import { AppError } from '../../shared/kernel/errors.ts';
import { versionOf } from '../records/commandRoute.ts';
import type { Context } from '../records/context.ts';
import { recordRoutes } from '../records/routes.ts';
import type { MemberRoute } from '../runtime/route.ts';
import { recordKey } from '../table/keys.ts';
import { readCopies } from './people.ts';

/**
 * @param version  that the caller saw; of another one the removal itself has to tell
 * @throws AppError department.inUse (409): somebody would lose his team and his head the span, without a word
 */
async function assertDepartmentRemoval({ table }: Context, id: string, version: number): Promise<void> {
  if ((await table.get(recordKey('department', id), { consistent: true }))?.['version'] !== version) return;
  const [members, departments] = await Promise.all([readCopies(table, 'member'), readCopies(table, 'department')]);
  const holds = members.some(({ departmentId }) => departmentId === id) || departments.some(({ parentId }) => parentId === id);
  if (holds) throw new AppError('department.inUse', { status: 409 });
}

/** Departments as other records, but that one with somebody in it, or another below it, stays. */
export const departmentRoutes: readonly MemberRoute[] = recordRoutes('department').map((route) =>
  route.method === 'DELETE'
    ? {
        ...route,
        run: async (ctx, request) => {
          await assertDepartmentRemoval(ctx, request.params['id']!, versionOf(request));
          return route.run(ctx, request);
        },
      }
    : route,
);
