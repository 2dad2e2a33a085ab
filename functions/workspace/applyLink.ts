import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';
import { invalid } from '../../shared/kernel/errors.ts';
import { refTo, schemaName } from '../../shared/kernel/openApiSchemas.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { parseWith } from '../../shared/kernel/schema.ts';
import { definitionOf } from '../../shared/registry.ts';
import { commandRoute } from '../records/commandRoute.ts';
import type { Context } from '../records/context.ts';
import type { MemberRoute } from '../runtime/route.ts';
import type { Database } from '../table/database.ts';
import { putDoor, secretOf, takeDoor } from '../table/entry.ts';
import { changeWorkspace, loadWorkspace } from './changeWorkspace.ts';

/** Behind the code of an application link stands its workspace. */
export const APPLY_DOOR = 'apply';
const CODE_LETTERS = 22;

const shape = () =>
  z.strictObject({ open: z.boolean('boolean.expected'), renew: z.optional(z.boolean('boolean.expected')) }, 'input.object');

/**
 * Lets people apply for an account, or no longer. The link keeps its code from one opening to the next, unless a new one
 * is asked for: then whatever the old one has led to is dead.
 */
async function openApplications(db: Database, ctx: Context, id: string, body: unknown): Promise<AnyRecord> {
  const { applyCode: before } = await loadWorkspace(ctx, id);
  const parsed = parseWith(shape(), body);
  if (!parsed.ok) throw invalid(parsed.issues);
  const { open, renew } = parsed.value;
  if (before !== undefined && !renew) return changeWorkspace(ctx, id, () => ({ applyOpen: open }));
  // Of the wish that it follows from: a repeat whose answer was lost renews nothing once more.
  const code = createHmac('sha256', await secretOf(db, 'apply-link'))
    .update(`${ctx.table.tenant}|${ctx.writeId}`)
    .digest('base64url')
    .slice(0, CODE_LETTERS);
  // The door first: a link that is shown must lead somewhere. One that the record does not name leads nowhere.
  await putDoor(db, APPLY_DOOR, code, { tenant: ctx.table.tenant, target: id });
  const changed = await changeWorkspace(ctx, id, () => ({ applyOpen: open, applyCode: code }));
  if (before !== undefined && before !== code) await takeDoor(db, APPLY_DOOR, String(before));
  return changed;
}

export const applyLinkRoute: MemberRoute = commandRoute('workspace', '/applications', {
  access: 'update',
  summary: 'Let people apply for an account, or no longer; renew the link',
  api: () => ({
    idempotent: true,
    body: shape(),
    responses: { 200: { description: 'the workspace, with the code of its link', body: refTo(schemaName(definitionOf('workspace'))) } },
  }),
  run: (ctx, id, { db, body }) => openApplications(db, ctx, id, body),
});
