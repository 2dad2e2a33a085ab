import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import { wording, type Locale } from '../../../shared/kernel/types.ts';
import { formFieldsOf, labelOfQuestion, type StoredFormField } from '../../../shared/leads/formFields.ts';
import type { WebForm } from '../../../shared/leads/webForm.ts';

/** A question while the form is edited: all there could be are listed, those asked are ticked. */
export interface QuestionDraft {
  readonly to: string;
  /** Name of the input in the page, kept where somebody gave one of his own. */
  readonly name?: string;
  asked: boolean;
  required: boolean;
}

/** Fields of a lead that a visitor may fill in, beside the workspace's own. */
export const OPEN_FIELDS = ['name', 'emails', 'phones', 'company', 'position', 'interest', 'message'] as const;

/** What visitors read before each question, in the order of the form. */
export const questionsOf = (lead: RecordDefinition, form: Pick<WebForm, 'fields'>, locale: Locale) =>
  formFieldsOf({ ...form }).flatMap(({ to, required }) => {
    const field = lead.fields[to];
    return field && !field.hidden
      ? [{ to, required, label: wording(labelOfQuestion(to, field), locale), isLong: field.kind === 'longText' }]
      : [];
  });

/** Questions asked in their order, then those that could be. */
export function toDraft(lead: RecordDefinition, form: Partial<WebForm>): QuestionDraft[] {
  const stored = new Map((form.fields ?? []).map((field) => [field.to, field.name]));
  const asked = formFieldsOf({ ...form })
    .filter(({ to }) => lead.fields[to] && !lead.fields[to].hidden)
    .map(({ to, required }): QuestionDraft => ({ to, ...nameOf(stored.get(to)), asked: true, required }));
  const own = Object.keys(lead.fields).filter((name) => name.startsWith('x_') && !lead.fields[name]!.hidden);
  const others = [...OPEN_FIELDS, ...own].filter((to) => !asked.some((question) => question.to === to));
  return [...asked, ...others.map((to) => ({ to, asked: false, required: false }))];
}

/** As it is stored: only what is asked. */
export const toStored = (questions: readonly QuestionDraft[]): StoredFormField[] =>
  questions.filter(({ asked }) => asked).map(({ to, name, required }) => ({ to, ...nameOf(name), ...(required ? { required } : {}) }));

const nameOf = (name: string | undefined): { name?: string } => (name === undefined ? {} : { name });

/** The list with one question a place further up (−1) or down (1). */
export function movedBy<T>(items: readonly T[], at: number, by: 1 | -1): T[] {
  const to = at + by;
  if (to < 0 || to >= items.length) return [...items];
  return items.with(at, items[to]!).with(to, items[at]!);
}
