import { sameValue } from '../kernel/diff.ts';
import type { Effect } from '../kernel/effect.ts';
import type { Option } from '../kernel/fields/index.ts';
import type { AnyRecord, RecordDefinition } from '../kernel/record.ts';
import { cutText } from '../kernel/text.ts';
import { wording, type Instant, type Locale } from '../kernel/types.ts';

/** A note as those are told of it whom it concerns. */
export interface ToldNote {
  readonly text: string;
  readonly by: string;
  /** Whom it has ever mentioned, and since when: nobody is told twice, however often it is edited. */
  readonly mentioned: Readonly<Record<string, Instant>>;
}

/** The record that a note stands under. */
interface Place {
  readonly type: string;
  readonly id: string;
}

/** What a notification quotes of a note. */
const LONGEST_QUOTE = 280;

/**
 * Tells those whom a note mentions for the first time, and, when it is new, everybody else who follows its record; its
 * writer never.
 */
export function noteEffects(place: Place, before: ToldNote | undefined, after: ToldNote, followers: readonly string[]): Effect[] {
  const tell = (code: string) => (memberId: string) =>
    toReader(place, memberId, code, { by: after.by, text: cutText(after.text.replace(/\s+/g, ' '), LONGEST_QUOTE) });
  const mentioned = Object.keys(after.mentioned);
  const others = before ? [] : followers.filter((follower) => !mentioned.includes(follower));
  const isAnother = ({ memberId }: Effect): boolean => memberId !== after.by;
  return [
    ...mentioned.filter((memberId) => !before || !Object.hasOwn(before.mentioned, memberId)).map(tell('mentioned')),
    ...others.map(tell('noteAdded')),
  ].filter(isAnother);
}

/** The milestones that a change of a record has moved, in the order of their declaration. */
export function movedMilestones({ fields }: RecordDefinition, before: AnyRecord | undefined, after: AnyRecord | undefined): string[] {
  if (!before || !after) return [];
  return Object.keys(fields).filter((name) => fields[name]!.milestone && !sameValue(before[name], after[name]));
}

/** Tells those who follow a record of a milestone, but not of their own doings. */
export function milestoneEffects(definition: RecordDefinition, after: AnyRecord, moved: readonly string[], followers: readonly string[]) {
  const [field] = moved;
  if (field === undefined) return [];
  const to = after[field];
  const params = {
    by: after.updatedBy,
    type: definition.name,
    field,
    ...(typeof to === 'string' ? { to: cutText(to, LONGEST_QUOTE) } : {}),
  };
  return followers
    .filter((memberId) => memberId !== after.updatedBy)
    .map((memberId) => toReader({ type: definition.name, id: after.id }, memberId, 'followedChanged', params));
}

/** What a milestone has become, in words: `Stage: Evaluation`. Undefined where there is nothing to say. */
export function milestoneText(
  definition: RecordDefinition | undefined,
  { field = '', to = '' }: Readonly<Record<string, string>>,
  locale: Locale,
): string | undefined {
  const declared = definition && Object.hasOwn(definition.fields, field) ? definition.fields[field] : undefined;
  if (!declared || !to) return undefined;
  const options = 'options' in declared ? (declared.options as readonly Option[]) : [];
  const option = options.find(({ key }) => key === to);
  return `${wording(declared.label, locale)}${locale === 'en' ? ': ' : '：'}${option ? wording(option.label, locale) : to}`;
}

const toReader = ({ type, id }: Place, memberId: string, code: string, params: Effect['params']): Effect => ({
  kind: 'notify',
  memberId,
  code,
  params,
  recordType: type,
  recordId: id,
  asReader: true,
});
