import type { Issue } from '../kernel/errors.ts';
import type { Field } from '../kernel/field.ts';
import { kindOf } from '../kernel/fields/index.ts';
import type { RecordDefinition, Values } from '../kernel/record.ts';
import { parseValue, type Parsed } from '../kernel/schema.ts';
import { cutText, hasRefusedCharacters, isBlankText, lengthOf } from '../kernel/text.ts';
import type { Label } from '../kernel/types.ts';

/** One input of a form: its name in the page, and the field of the lead that takes what is written there. */
export interface FormField {
  readonly to: string;
  readonly name: string;
  readonly required: boolean;
}
/** As it is stored with the form; the name is the usual one unless said otherwise. */
export interface StoredFormField {
  readonly to: string;
  readonly name?: string | undefined;
  readonly required?: boolean | undefined;
}

/** Fields of a lead that a stranger may fill, and the names his browser knows them by (autofill goes by name). */
const USUAL_NAMES: Readonly<Record<string, string>> = {
  name: 'name',
  company: 'company',
  position: 'position',
  emails: 'email',
  phones: 'phone',
  interest: 'interest',
  message: 'message',
};
/** Left empty by people, who do not see it, and filled in by programs that fill in everything. */
export const TRAP = 'website_url';
/** The box under the form's consent text. */
export const CONSENT = 'consent';
/** Lets a page without scripts name its post, so that a second press of the button is no second post. */
export const RECEIPT_KEY = '_key';
const RESERVED: readonly string[] = [TRAP, CONSENT, RECEIPT_KEY];

const DEFAULT_FIELDS: readonly StoredFormField[] = [
  { to: 'name', required: true },
  { to: 'emails', required: true },
  { to: 'phones' },
  { to: 'company' },
  { to: 'message' },
];

/** What a form asks, in its order. */
export const formFieldsOf = (form: Values): FormField[] =>
  ((form['fields'] as readonly StoredFormField[] | undefined) ?? DEFAULT_FIELDS).map(({ to, name, required }) => ({
    to,
    name: name ?? USUAL_NAMES[to] ?? to,
    required: required === true,
  }));

/** A form may ask what a stranger may say, under names of its own, once each. */
export function checkFormFields(form: Values): Issue[] {
  if (form['fields'] === undefined) return [];
  const fields = formFieldsOf(form);
  const seen = new Set<string>();
  return fields.flatMap(({ to, name }, i): Issue[] => {
    const doubled = seen.has(name) || seen.has(`→${to}`);
    seen.add(name).add(`→${to}`);
    if (!Object.hasOwn(USUAL_NAMES, to) && !to.startsWith('x_')) return [{ field: `fields.${i}.to`, code: 'form.field' }];
    if (RESERVED.includes(name) || name in Object.prototype) return [{ field: `fields.${i}.name`, code: 'form.name' }];
    return doubled ? [{ field: `fields.${i}.name`, code: 'form.doubled' }] : [];
  });
}

export type Answers = Readonly<Record<string, string>>;

const MOST_ANSWERS = 60;
const LONGEST_NAME = 80;
const LONGEST_ANSWER = 10_000;
const MOST_LETTERS = 30_000;

/**
 * What was sent, as texts by name. Blank answers are left out: browsers send every empty box.
 * @param sent  pairs in their order; an input that comes twice (boxes of one group) is one answer, separated by semicolons as the list kinds read them
 */
export function readAnswers(sent: readonly (readonly [name: string, value: unknown])[]): Parsed<Answers> {
  const issues: Issue[] = [];
  const answers = new Map<string, string>();
  if (sent.length > MOST_ANSWERS) return { ok: false, issues: [{ field: '', code: 'form.tooMany', params: { limit: MOST_ANSWERS } }] };
  for (const [name, value] of sent) {
    const shown = cutText(name, LONGEST_NAME);
    if (name.length > LONGEST_NAME || name === '' || name in Object.prototype || hasRefusedCharacters(name)) {
      issues.push({ field: shown, code: 'form.name' });
      continue;
    }
    if (value === null || value === undefined) continue;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      issues.push({ field: name, code: 'text.expected' });
      continue;
    }
    const text = String(value);
    if (isBlankText(text)) continue;
    const whole = answers.has(name) ? `${answers.get(name)}; ${text}` : text;
    if (whole.length > LONGEST_ANSWER) issues.push({ field: name, code: 'text.tooLong', params: { limit: LONGEST_ANSWER } });
    else if (hasRefusedCharacters(text)) issues.push({ field: name, code: 'text.characters' });
    else answers.set(name, whole);
  }
  const letters = [...answers].reduce((sum, [name, text]) => sum + lengthOf(name) + lengthOf(text), 0);
  if (letters > MOST_LETTERS) issues.push({ field: '', code: 'text.tooLong', params: { limit: MOST_LETTERS } });
  return issues.length ? { ok: false, issues } : { ok: true, value: Object.fromEntries(answers) };
}

/**
 * A lead's values from the answers of a form; what no field takes stays in the submission.
 * @param definition  of the lead, the workspace's own fields included
 * @returns issues under the names of the page's inputs
 */
export function toLeadValues(definition: RecordDefinition, form: Values, answers: Answers): Parsed<Values> {
  const values: Values = {};
  const issues: Issue[] = [];
  for (const { to, name, required } of formFieldsOf(form)) {
    const field = Object.hasOwn(definition.fields, to) ? definition.fields[to] : undefined;
    if (!field || field.hidden) continue; // a field of the workspace's own that was taken away since
    const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (answer === undefined) {
      if (required) issues.push({ field: name, code: 'field.required' });
      continue;
    }
    const parsed = parseValue(definition, to, kindOf(field).fromText(answer, field));
    if (parsed.ok) values[to] = parsed.value;
    else issues.push(...onInput(parsed.issues, name));
  }
  if (form['consentText'] !== undefined && !Object.hasOwn(answers, CONSENT)) issues.push({ field: CONSENT, code: 'form.consent' });
  if (issues.length) return { ok: false, issues };
  // A lead has a name. Where the form asks for none, whatever it was told serves.
  const [name] = [values['name'], values['company'], first(values['emails']), first(values['phones'])].filter(
    (each) => typeof each === 'string',
  );
  if (name === undefined) return { ok: false, issues: [{ field: 'name', code: 'field.required' }] };
  return { ok: true, value: { ...values, name: cutText(name, 120) } };
}

const first = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined);

/** Issues of the parts of one answer, told once for the input it was written in. */
function onInput(issues: readonly Issue[], name: string): Issue[] {
  const [told] = issues;
  return told ? [{ ...told, field: name }] : [];
}

/** To a stranger, who has one of each, in his own words. */
const LABELS: Readonly<Record<string, Label>> = {
  emails: { en: 'E-mail', zh: '电子邮件' },
  phones: { en: 'Phone', zh: '电话' },
};
/** What stands beside the input that fills a field. */
export const labelOfQuestion = (to: string, field: Pick<Field, 'label'>): Label => LABELS[to] ?? field.label;

/** The field of a lead that an input of this name fills in a form that says nothing else. */
export const usualFieldOf = (name: string): string | undefined => Object.keys(USUAL_NAMES).find((to) => USUAL_NAMES[to] === name);
