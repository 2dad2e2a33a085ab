import { can } from '../../shared/kernel/access.ts';
import { sameValue } from '../../shared/kernel/diff.ts';
import { AppError, forbidden, invalid, notFound } from '../../shared/kernel/errors.ts';
import type { TimelineRow } from '../../shared/kernel/plan.ts';
import type { AnyRecord, RecordDefinition } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { NOTE, parseNewNote, parseNote, type NoteInput } from '../../shared/workspace/note.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Directory } from '../runtime/directory.ts';
import { ConditionFailed, TransactionRefused, type Item } from '../table/failures.ts';
import { noteKey, pinKey, timelineKey } from '../table/keys.ts';
import { IF_ABSENT } from '../table/tenantTable.ts';
import { typeOf, type Context } from './context.ts';
import { loadForChange } from './operations.ts';
import { timelineRow } from './past.ts';
import { mayRead } from './readers.ts';
import { standing, type Standing } from './remarks.ts';

/** That a note is there, and who wrote it when. It outlives the note, so that its id is never another's. */
interface NoteMark {
  readonly at: Instant;
  readonly by: string;
  readonly removed?: true;
  /** Its place among what is pinned. */
  readonly pin?: number;
}

/**
 * Whoever may add to what is done around a record may write under it: who reads it, and may log activities.
 * @throws AppError record.notFound (404), access.denied (403)
 */
export async function loadForDiscussion(ctx: Context, name: string, id: string): Promise<[RecordDefinition, AnyRecord]> {
  const definition = typeOf(ctx, name);
  const record = await loadForChange(ctx, definition, id);
  if (!can(ctx.actor, 'create', definitionOf('activity'))) throw forbidden();
  return [definition, record];
}

/**
 * Writes a note into a record's timeline. Sent again by its writer it is the same note.
 * @throws AppError input.invalid (400) naming a mentioned member who may not read the record; record.exists (409)
 */
export async function addNote(ctx: Context, directory: Directory, name: string, id: string, body: unknown): Promise<TimelineRow> {
  const [definition, record] = await loadForDiscussion(ctx, name, id);
  const parsed = parseNewNote(body);
  if (!parsed.ok) throw invalid(parsed.issues);
  const { id: noteId, ...note } = parsed.value;
  const key = noteKey(name, id, noteId);
  const earlier = await ctx.table.get(key, { consistent: true });
  if (earlier) return repeated(ctx, name, id, noteId, note, earlier);
  assertReaders(directory, definition, record, note.mentions);
  const mark: NoteMark = { at: ctx.now, by: ctx.actor.memberId };
  const item = noteItem(standing(definition, record), noteId, mark, note, mentionedSince({}, note, ctx.now));
  try {
    await ctx.table.transact([{ put: { ...key, ...mark }, if: IF_ABSENT }, { put: item }]);
    return timelineRow(item);
  } catch (error) {
    const [failed] = error instanceof TransactionRefused ? error.failed : [];
    if (!failed?.item) throw error;
    return repeated(ctx, name, id, noteId, note, failed.item);
  }
}

/** The same person sending the same words again means the same note; anything else under its id is another's. */
async function repeated(ctx: Context, name: string, id: string, noteId: string, note: NoteInput, mark: Item): Promise<TimelineRow> {
  const item =
    mark['by'] === ctx.actor.memberId
      ? await ctx.table.get(timelineKey(name, id, String(mark['at']), noteId), { consistent: true })
      : undefined;
  const row = item && timelineRow(item);
  if (!row || !sameValue(noteOf(row), note)) throw new AppError('record.exists', { status: 409 });
  return row;
}

/** @throws AppError record.notFound (404) of a note that is gone; access.denied (403) to all but its writer */
export async function changeNote(
  ctx: Context,
  directory: Directory,
  name: string,
  id: string,
  noteId: string,
  body: unknown,
): Promise<TimelineRow> {
  const definition = typeOf(ctx, name);
  const record = await loadForChange(ctx, definition, id);
  const mark = await getMark(ctx, name, id, noteId);
  if (mark.by !== ctx.actor.memberId) throw forbidden();
  const parsed = parseNote(body);
  if (!parsed.ok) throw invalid(parsed.issues);
  const stood = await ctx.table.get(timelineKey(name, id, mark.at, noteId), { consistent: true });
  if (mark.removed || !stood) throw notFound();
  const before = noteOf(timelineRow(stood));
  if (sameValue(before, parsed.value)) return timelineRow(stood);
  const fresh = parsed.value.mentions.map((memberId) => (before.mentions.includes(memberId) ? undefined : memberId));
  assertReaders(directory, definition, record, fresh);
  const mentioned = mentionedSince(stood['mentioned'] as Mentioned, parsed.value, ctx.now);
  const item = noteItem(standing(definition, record), noteId, mark, { ...parsed.value, editedAt: ctx.now }, mentioned);
  try {
    await ctx.table.put(item, { expression: 'attribute_exists(pk)' });
    return timelineRow(item);
  } catch (error) {
    throw error instanceof ConditionFailed ? notFound() : error;
  }
}

/** @throws AppError access.denied (403) to all but its writer and those who may delete the record */
export async function removeNote(ctx: Context, name: string, id: string, noteId: string): Promise<void> {
  const definition = typeOf(ctx, name);
  const record = await loadForChange(ctx, definition, id);
  const mark = await getMark(ctx, name, id, noteId);
  if (mark.by !== ctx.actor.memberId && !can(ctx.actor, 'delete', definition, record)) throw forbidden();
  if (mark.removed) return;
  const { pin, ...kept } = mark;
  await ctx.table.transact([
    { put: { ...noteKey(name, id, noteId), ...kept, removed: true } },
    { delete: timelineKey(name, id, mark.at, noteId) },
    ...(pin === undefined ? [] : [{ delete: pinKey(name, id, pin) }]),
  ]);
}

/** @throws AppError record.notFound (404) where there never was such a note */
export async function getMark(ctx: Context, name: string, id: string, noteId: string): Promise<NoteMark> {
  const item = await ctx.table.get(noteKey(name, id, noteId), { consistent: true });
  if (!item) throw notFound();
  return {
    at: String(item['at']),
    by: String(item['by']),
    ...(item['removed'] ? { removed: true } : {}),
    ...(item['pin'] === undefined ? {} : { pin: Number(item['pin']) }),
  };
}

/** @param memberIds  by their places in the body; absent are those who need not be asked about */
function assertReaders(
  directory: Directory,
  definition: RecordDefinition,
  record: AnyRecord,
  memberIds: readonly (string | undefined)[],
): void {
  const issues = memberIds.flatMap((memberId, i) =>
    memberId === undefined || mayRead(directory, definition, record, memberId)
      ? []
      : [{ field: `mentions.${i}`, code: 'mention.cannotRead' }],
  );
  if (issues.length) throw invalid(issues);
}

type Mentioned = Readonly<Record<string, Instant>>;

/** Since when each member has been mentioned; who was once is never told again. */
const mentionedSince = (before: Mentioned, { mentions }: NoteInput, now: Instant): Mentioned => ({
  ...Object.fromEntries(mentions.map((memberId) => [memberId, now])),
  ...before,
});

const noteOf = ({ params }: TimelineRow): NoteInput => ({
  text: String(params?.['text']),
  mentions: (params?.['mentions'] as string[] | undefined) ?? [],
});

const noteItem = (
  on: Standing,
  noteId: string,
  { at, by }: NoteMark,
  params: NoteInput & { readonly editedAt?: Instant },
  mentioned: Mentioned,
): Item => ({ ...timelineKey(on.type, on.id, at, noteId), at, on, mentioned, row: { id: noteId, code: NOTE, params, by } });
