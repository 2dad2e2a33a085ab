import { createHash } from 'node:crypto';
import { toMs } from '../../shared/kernel/dates.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { cutText } from '../../shared/kernel/text.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Answers } from '../../shared/leads/formFields.ts';
import { fillsOf, saidOtherwise } from '../../shared/leads/leadMerge.ts';
import { isOpen } from '../../shared/leads/leadStatus.ts';
import { SUBMITTED } from '../../shared/leads/leadSubmissions.ts';
import { commit } from '../records/commit.ts';
import { newId, typeOf, type Context } from '../records/context.ts';
import { isRemoved, markersOf, toRecord, valuesOf } from '../records/item.ts';
import { timelineItem } from '../records/past.ts';
import { markerName, prepareCreate, prepareUpdate, type Holders, type Prepared } from '../records/prepare.ts';
import { TransactionRefused } from '../table/failures.ts';
import { recordKey, uniqueKey } from '../table/keys.ts';
import { ifEquals, type Write } from '../table/tenantTable.ts';

/** A post of a form, read and checked. */
export interface Post {
  readonly form: AnyRecord;
  readonly answers: Answers;
  /** Address of the page it came from. */
  readonly page: string | undefined;
  /** What makes two posts one beside what they say: the sender's own key, or where they come from. */
  readonly sender: string;
}

/** What is to become of a post: into a lead with these values, or refused for a reason. */
export type Verdict = { readonly values: Values } | { readonly reason: string };

/** The same post again within this time, at least, is the same submission. */
const REPEAT_MS = 3_600_000;
/** Twice a quarter of an hour: one clock ahead, the other behind. */
const SKEW_MS = 1_800_000;
const MOST_ROUNDS = 12;
const LONGEST_QUOTE = 500;

/**
 * Ends a post as created, merged or refused: once, in one transaction, however often it is sent and whoever else
 * sends the same address at the same moment. Every round starts from what stands in the table, so a lost answer, a
 * lost race and a repeat are one case.
 * @param owner  asked at most once, when a lead is to be created
 * @returns the receipt, which is the submission's id
 * @throws AppError table.unavailable (503)
 */
export async function captureSubmission(
  ctx: Context,
  post: Post,
  verdict: Verdict,
  owner: () => Promise<string | undefined>,
): Promise<string> {
  const receipts = receiptsOf(post, verdict, ctx.now);
  let ownerId: Promise<string | undefined> | undefined;
  for (let round = 1; ; round++) {
    const stored = await Promise.all(receipts.map((id) => ctx.table.get(recordKey('submission', id), { consistent: true })));
    const known = receipts.find((_id, i) => stored[i]);
    if (known) return known;
    try {
      if ('reason' in verdict) await refuse(ctx, receipts[0]!, post, verdict.reason);
      else await ctx.table.transact(await capture(ctx, receipts[0]!, post, verdict.values, () => (ownerId ??= owner())));
      return receipts[0]!;
    } catch (error) {
      if (!mayPass(error) || round >= MOST_ROUNDS) throw error;
    }
  }
}

const mayPass = (error: unknown): boolean =>
  error instanceof TransactionRefused || (error instanceof AppError && error.code === 'table.unavailable');

/**
 * The receipt of a post made now, and those it has if it was made in the window of time before this one; or in the one
 * after it, because the servers that tell the time of a post and of its repeat need not agree.
 */
function receiptsOf({ form, answers, sender }: Post, verdict: Verdict, now: Instant): string[] {
  const said = Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1));
  // What was refused of somebody a moment ago he may send again.
  const reason = 'reason' in verdict ? verdict.reason : '';
  const hash = createHash('sha256')
    .update(JSON.stringify([form.id, sender, said, reason]))
    .digest();
  const window = toMs(now) - (toMs(now) % REPEAT_MS);
  const isLate = window + REPEAT_MS - toMs(now) <= SKEW_MS;
  return [window, window - REPEAT_MS, ...(isLate ? [window + REPEAT_MS] : [])].map((start) => makeId('sub', start, hash));
}

/** What is refused belongs to whoever keeps the form. */
async function refuse(ctx: Context, receipt: string, post: Post, reason: string): Promise<void> {
  await commit(ctx, [await prepareSubmission(ctx, receipt, post, post.form.ownerId, { outcome: 'refused', reason })]);
}

async function capture(
  ctx: Context,
  receipt: string,
  post: Post,
  values: Values,
  owner: () => Promise<string | undefined>,
): Promise<readonly Write[]> {
  const definition = typeOf(ctx, 'lead');
  const { holders, known } = await findKnown(ctx, definition, values);
  const who = String(values['name']);
  if (known) {
    const change = fillsOf(definition, valuesOf(known), values);
    const filled = await prepareUpdate(ctx, definition, known, change, { holders });
    const row = {
      at: ctx.now,
      id: receipt,
      code: SUBMITTED,
      params: { submissionId: receipt, webFormId: post.form.id, form: post.form['name'], ...quoteOf(definition, known, values) },
      by: ctx.actor.memberId,
    };
    return [
      ...(filled?.writes ?? [{ check: recordKey('lead', known.id), if: ifEquals('version', known.version) }]),
      ...(await prepareSubmission(ctx, receipt, post, known.ownerId, { who, outcome: 'merged', leadId: known.id })).writes,
      { put: timelineItem('lead', known.id, row) },
    ];
  }
  const id = newId(ctx, definition.idPrefix);
  const ownerId = await owner();
  const lead = { ...values, source: 'webForm', webFormId: post.form.id };
  const created = await prepareCreate(ctx, definition, { id, ownerId, values: lead, holders });
  const submission = await prepareSubmission(ctx, receipt, post, ownerId, { who, outcome: 'created', leadId: id });
  return [...created.writes, ...submission.writes];
}

function prepareSubmission(
  ctx: Context,
  id: string,
  { form, answers, page }: Post,
  ownerId: string | undefined,
  end: Values,
): Promise<Prepared> {
  const values = { webFormId: form.id, webFormVersion: form.version, payload: answers, ...(page ? { page } : {}), ...end };
  return prepareCreate(ctx, typeOf(ctx, 'submission'), { id, ownerId, values });
}

/**
 * The open lead of the same e-mail or phone, e-mail first, and who holds the markers of all the values. A lead that is
 * closed, converted or gone gives its marker to the next one: its successor must be found by the post after this.
 */
async function findKnown(
  ctx: Context,
  definition: RecordDefinition,
  values: Values,
): Promise<{ holders: Holders; known: AnyRecord | undefined }> {
  const markers = markersOf(definition, values).sort((a, b) => (a.field === b.field ? 0 : a.field === 'emails' ? -1 : 1));
  const items = await Promise.all(markers.map(({ kind, value }) => ctx.table.get(uniqueKey(kind, value), { consistent: true })));
  const ids = [...new Set(items.flatMap((item) => (item ? [String(item['id'])] : [])))];
  const leads = new Map(
    await Promise.all(
      ids.map(async (id) => {
        const item = await ctx.table.get(recordKey('lead', id), { consistent: true });
        const lead = item && !isRemoved(item) ? toRecord(definition, item) : undefined;
        return [id, lead && isOpen(lead['status']) ? lead : undefined] as const;
      }),
    ),
  );
  const holders: Holders = new Map(
    markers.flatMap((marker, i) => {
      const id = items[i] && String(items[i]['id']);
      return id ? [[markerName(marker), { id, yields: !leads.get(id) }] as const] : [];
    }),
  );
  return { holders, known: ids.map((id) => leads.get(id)).find((lead) => lead !== undefined) };
}

/** The newest words of the visitor, short, and what he corrects, where the owner of the lead looks first. */
function quoteOf(definition: RecordDefinition, known: AnyRecord, { message, ...others }: Values): Values {
  const said = saidOtherwise(definition, known, others);
  return {
    ...(typeof message === 'string' ? { message: cutText(message, LONGEST_QUOTE) } : {}),
    ...(Object.keys(said).length ? { said } : {}),
  };
}
