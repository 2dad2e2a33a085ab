import { isId } from '../../shared/kernel/ids.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { findRemoved } from '../records/bin.ts';
import { newId, type Context } from '../records/context.ts';
import type { MemberRoute } from '../runtime/route.ts';
import type { Database } from '../table/database.ts';
import { claimDoor, takeDoor } from '../table/entry.ts';

/** Behind a form's public id stands its workspace. */
export const FORM_DOOR = 'form';

/**
 * Opens the public address of a form. Before the form is written, so that no form is ever without one; a door to a form
 * that was never written leads nowhere.
 * @throws AppError record.exists (409) when the id is another workspace's form: ids of forms can be read in any page
 */
export async function openFormDoor(db: Database, tenant: string, formId: string): Promise<void> {
  if (!(await claimDoor(db, FORM_DOOR, formId, { tenant, target: formId }))) throw new AppError('record.exists', { status: 409 });
}

/** The generic routes of web forms, which open a form's door before it is there or back, and shut it after it is removed. */
export const withDoors = (route: MemberRoute): MemberRoute =>
  route.method === 'POST' && route.path === '/web-forms'
    ? {
        ...route,
        run: async (ctx, request) => {
          const body = withId(ctx, request.body);
          if (body && isId(body.id, 'frm')) await openFormDoor(request.db, ctx.table.tenant, body.id);
          return route.run(ctx, { ...request, body: body ?? request.body });
        },
      }
    : route.path === '/web-forms/{id}/restore'
      ? {
          ...route,
          run: async (ctx, request) => {
            // Of a form that is not to come back the door stays as it is.
            const id = request.params['id']!;
            if (await findRemoved(ctx, 'webForm', id)) await openFormDoor(request.db, ctx.table.tenant, id);
            return route.run(ctx, request);
          },
        }
      : route.method === 'DELETE'
        ? {
            ...route,
            run: async (ctx, request) => {
              const answer = await route.run(ctx, request);
              await takeDoor(request.db, FORM_DOOR, request.params['id']!);
              return answer;
            },
          }
        : route;

/** A new form's body with the id it will have; undefined for what is no object and will be refused as such. */
const withId = (ctx: Context, body: unknown): (Record<string, unknown> & { id: string }) | undefined =>
  body !== null && typeof body === 'object' && !Array.isArray(body) ? { id: newId(ctx, 'frm'), ...body } : undefined;
