import * as z from 'zod/mini';
import { maskRecord } from '../../shared/kernel/access.ts';
import { invalid } from '../../shared/kernel/errors.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { parseWith } from '../../shared/kernel/schema.ts';
import type { Application } from '../../shared/workspace/application.ts';
import { asksForDecision } from '../../shared/workspace/applications.ts';
import { noteAudit } from '../records/audit.ts';
import { typeOf, type Context } from '../records/context.ts';
import { commitPlan, loadForChange } from '../records/operations.ts';
import { readDirectory } from '../runtime/directory.ts';
import { env } from '../runtime/env.ts';
import { enqueueMail } from '../services/mailQueue.ts';
import type { Database } from '../table/database.ts';
import { withHold } from '../table/hold.ts';
import { assertDecides } from './changeMember.ts';
import { inviteMember } from './inviteMember.ts';
import { localeOf } from './mailLocale.ts';
import { declineMail } from './mailWords.ts';

const settings = env('PUBLIC_URL');
const LONGEST_REPLY = 300;

const id = () => z.string('id.invalid').check(z.minLength(1, 'field.required'), z.maxLength(60, 'id.invalid'));
export const approvalShape = () => z.strictObject({ roleId: id(), departmentId: z.optional(id()) }, 'input.object');
export const refusalShape = () =>
  z.strictObject(
    { reply: z.optional(z.string('text.expected').check(z.trim(), z.maxLength(LONGEST_REPLY, 'text.tooLong'))) },
    'input.object',
  );

/**
 * Invites who has applied: what comes of it is a member as any other invitation makes him. Cut off, it goes on where it
 * was; done twice it is done once.
 * @throws AppError application.over, application.decided, unique.taken (409), and all that an invitation throws
 */
export async function approveApplication(db: Database, ctx: Context, applicationId: string, body: unknown): Promise<AnyRecord> {
  return decide(db, ctx, applicationId, 'approved', async ({ name, email, language }) => {
    const place = read(approvalShape(), body);
    const invited = await inviteMember(db, ctx, { name, email, ...(language ? { language } : {}), ...place });
    await noteDecision(ctx, applicationId, 'approved', { type: 'member', id: invited.id });
    return { memberId: invited.id };
  });
}

/** Says no, with a sentence where there is one to say. @throws AppError application.over, application.decided (409) */
export async function declineApplication(db: Database, ctx: Context, applicationId: string, body: unknown): Promise<AnyRecord> {
  return decide(db, ctx, applicationId, 'declined', async (application) => {
    const { reply } = read(refusalShape(), body ?? {});
    const { workspace } = await readDirectory(db, ctx.table, ctx.now);
    await noteDecision(ctx, applicationId, 'declined', { type: 'application', id: applicationId });
    await enqueueMail({
      tenant: ctx.table.tenant,
      // One for each application, however often a try was cut off behind it.
      key: `declined-${applicationId}`,
      to: { email: application.email },
      mail: declineMail({
        locale: localeOf(application.language === undefined ? workspace : { language: application.language }),
        workspace,
        site: settings().PUBLIC_URL,
        reply,
      }),
      at: ctx.now,
    });
    return reply ? { reply } : {};
  });
}

function read<T>(shape: z.ZodMiniType<T>, body: unknown): T {
  const parsed = parseWith(shape, body);
  if (!parsed.ok) throw invalid(parsed.issues);
  return parsed.value;
}

/** One decision on an application at a time; what is decided is written last, so that a try cut off before asks again. */
function decide(
  db: Database,
  ctx: Context,
  applicationId: string,
  status: 'approved' | 'declined',
  carryOut: (application: Application) => Promise<Values>,
): Promise<AnyRecord> {
  assertDecides(ctx);
  const definition = typeOf(ctx, 'application');
  return withHold(db, `application|${ctx.table.tenant}|${applicationId}`, ctx.now, async () => {
    const application = await loadForChange(ctx, definition, applicationId);
    if (!asksForDecision(application as unknown as Application, status, ctx.now)) return maskRecord(ctx.actor, definition, application);
    const made = await carryOut(application as unknown as Application);
    const change = { status, decidedAt: ctx.now, reply: null, ...made };
    const [decided] = await commitPlan(ctx, {
      writes: [{ op: 'update', type: 'application', id: applicationId, version: application.version, change }],
    });
    return maskRecord(ctx.actor, definition, decided!);
  });
}

const noteDecision = (
  ctx: Context,
  applicationId: string,
  event: 'approved' | 'declined',
  on: { type: string; id: string },
): Promise<void> => noteAudit(ctx.table, { at: ctx.now, kind: 'people', event, by: ctx.actor.memberId, on }, `${applicationId}|${event}`);
