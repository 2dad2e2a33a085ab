// Trigger: the queue of effects, which the stream's reader fills.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { can, maskRecord } from '../../shared/kernel/access.ts';
import { zoneOf } from '../../shared/insight/digestReaders.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import type { Effect } from '../../shared/kernel/effect.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import { segmentOf } from '../../shared/kernel/record.ts';
import { cutText } from '../../shared/kernel/text.ts';
import { noticeWays } from '../../shared/workspace/noticeWays.ts';
import { definitionOf, findDefinition } from '../../shared/registry.ts';
import { removeBytes } from '../records/goneFiles.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { commitPlan } from '../records/operations.ts';
import { actorOf, readDirectory, type Directory } from '../runtime/directory.ts';
import { env } from '../runtime/env.ts';
import { eachMessage } from '../runtime/queue.ts';
import { systemContext } from '../runtime/systemContext.ts';
import type { EffectMessage, FileGone } from '../services/effectsQueue.ts';
import { enqueueMail } from '../services/mailQueue.ts';
import { theDatabase, type Database } from '../table/database.ts';
import { recordKey } from '../table/keys.ts';
import { tenantTable, type TenantTable } from '../table/tenantTable.ts';
import { findMember } from './findMember.ts';
import { removeLogo } from './logo.ts';
import { localeOf } from './mailLocale.ts';
import { noticeMail } from './mailWords.ts';

const settings = env('PUBLIC_URL');
/** As the notification's `params` take them. */
const LONGEST_PARAM = 500;

export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => workOffEffects(theDatabase(), event, enqueueMail);

const message = (): z.ZodMiniType<EffectMessage> => {
  const text = () => z.string().check(z.minLength(1));
  return z.object({
    tenant: z.string().check(z.regex(/^[\w-]+$/)),
    effect: z.object({
      kind: z.literal('notify'),
      memberId: text(),
      code: text(),
      params: z.record(z.string(), z.string()),
      recordType: z.string().check(z.refine((name) => findDefinition(name) !== undefined)),
      recordId: text(),
      by: z.optional(z.enum(['app', 'mail'])),
      asReader: z.optional(z.literal(true)),
    }),
    type: text(),
    id: text(),
    version: z.int(),
    at: z.iso.datetime(),
    requestId: z.string(),
  });
};

const fileGone = (): z.ZodMiniType<FileGone> => {
  const part = () => z.string().check(z.regex(/^\w+$/));
  return z.object({ tenant: z.string().check(z.regex(/^[\w-]+$/)), gone: z.object({ type: part(), id: part(), fileId: part() }) });
};

/**
 * Tells members what concerns them: once in the app and once by mail, however often the effect is delivered. Bytes of
 * files that nothing points at are removed.
 */
export function workOffEffects(db: Database, event: SQSEvent, mail: typeof enqueueMail): Promise<SQSBatchResponse> {
  return eachMessage(event, async (body) => {
    const file = z.safeParse(fileGone(), body);
    if (file.success) {
      const { tenant, gone } = file.data;
      return (gone.type === 'workspace' ? removeLogo : removeBytes)(tenantTable(db, tenant), gone);
    }
    const parsed = z.safeParse(message(), body);
    if (!parsed.success) throw new AppError('effect.message', { message: 'no effect: waits among the dead letters', cause: parsed.error });
    await notify(db, parsed.data, mail);
  });
}

async function notify(db: Database, told: EffectMessage, mail: typeof enqueueMail): Promise<void> {
  const { tenant, effect, at, requestId } = told;
  const table = tenantTable(db, tenant);
  const member = await findMember(table, effect.memberId);
  if (member?.['status'] !== 'active') return;
  const ways = noticeWays(member, effect);
  if (!ways.app && !ways.mail) return;
  const directory = await readDirectory(db, table, at);
  const id = idOf(told);
  const { code, recordType, recordId } = effect;
  const given = effect.asReader ? await asReader(table, directory, effect) : effect.params;
  if (!given) return;
  const params = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, cutText(value, LONGEST_PARAM)]));
  if (ways.app) {
    const create = { op: 'create' as const, type: 'notification', id, ownerId: member.id, values: { code, params, recordType, recordId } };
    try {
      await commitPlan(systemContext(table, { now: at, requestId }), { writes: [create] });
    } catch (error) {
      // Delivered before, and read by now: the notification stands, its mail may not.
      if (!(error instanceof AppError) || error.code !== 'record.exists') throw error;
    }
  }
  if (!ways.mail) return;
  const { workspace, members } = directory;
  const words = noticeMail({
    locale: localeOf(member['language'] === undefined ? workspace : member),
    zone: zoneOf(member, workspace),
    code,
    params: { ...params, by: String(members.get(params['by'] ?? '')?.['name'] ?? '') },
    workspace,
    site: settings().PUBLIC_URL,
    shape: directory.shape,
    link: `${settings().PUBLIC_URL}/${segmentOf(definitionOf(recordType))}/${recordId}`,
  });
  if (words) await mail({ tenant, key: `notify-${id}`, to: { memberId: member.id }, mail: words, at });
}

/** What an effect tells of a record to one of its readers; undefined when he may read it no longer, or it is gone. */
async function asReader(table: TenantTable, directory: Directory, { memberId, params, recordType, recordId }: Effect) {
  const definition = definitionOf(recordType);
  const actor = actorOf(directory, memberId);
  const item = await table.get(recordKey(recordType, recordId));
  if (!actor || !item || isRemoved(item)) return undefined;
  const record = toRecord(definition, item);
  if (!can(actor, 'read', definition, record)) return undefined;
  return { ...params, name: String(maskRecord(actor, definition, record)[definition.title] ?? '') };
}

/** Made of the change and what follows from it: the same effect is the same notification. */
function idOf({ tenant, effect, type, id, version, at }: EffectMessage): string {
  const cause = [tenant, type, id, version, effect.code, effect.memberId].join('|');
  return makeId('ntf', toMs(at), createHash('sha256').update(cause).digest());
}
