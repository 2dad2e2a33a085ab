import * as z from 'zod/mini';
import { kindOf, longText, refs } from '../kernel/fields/index.ts';
import { isId } from '../kernel/ids.ts';
import { parseWith, type Parsed } from '../kernel/schema.ts';

/** Longest note, in characters. */
export const LONGEST_NOTE = 10_000;
export const NOTE_PREFIX = 'not';
/** Notes at the top of one timeline: what must be seen first is little. */
export const MOST_PINS = 5;
/** The code of a note among the rows of a timeline; its `params` are a `NoteInput`, and `editedAt` once it was changed. */
export const NOTE = 'note';

const TEXT = longText({ en: 'Note', zh: '备注' }, { required: true, max: LONGEST_NOTE });
const MENTIONS = refs('member', { en: 'Mentioned', zh: '提到的人' });

export interface NoteInput {
  readonly text: string;
  /** Members, each named once. */
  readonly mentions: readonly string[];
}

const parts = {
  text: () => kindOf(TEXT).schema(TEXT) as z.ZodMiniType<string>,
  mentions: () => z.optional(kindOf(MENTIONS).schema(MENTIONS) as z.ZodMiniType<string[]>),
  id: () => z.string('id.invalid').check(z.refine((value) => isId(value, NOTE_PREFIX), 'id.invalid')),
};

/** Body of a new note; its id is its writer's own, so that the note sent twice is one note. */
export const newNoteShape = () => z.strictObject({ id: parts.id(), text: parts.text(), mentions: parts.mentions() }, 'input.object');
/** Body of a change of a note. */
export const noteShape = () => z.strictObject({ text: parts.text(), mentions: parts.mentions() }, 'input.object');

export function parseNewNote(body: unknown): Parsed<NoteInput & { readonly id: string }> {
  const parsed = parseWith(newNoteShape(), withoutNobody(body));
  return parsed.ok ? { ok: true, value: { ...parsed.value, mentions: parsed.value.mentions ?? [] } } : parsed;
}

export function parseNote(body: unknown): Parsed<NoteInput> {
  const parsed = parseWith(noteShape(), withoutNobody(body));
  return parsed.ok ? { ok: true, value: { ...parsed.value, mentions: parsed.value.mentions ?? [] } } : parsed;
}

/** An empty list of mentions says the same as none. */
function withoutNobody(body: unknown): unknown {
  if (body === null || typeof body !== 'object' || !('mentions' in body) || !Array.isArray(body.mentions) || body.mentions.length)
    return body;
  const { mentions: _, ...rest } = body;
  return rest;
}
