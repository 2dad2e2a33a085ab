import type { Field } from '../kernel/field.ts';
import { escapeHtml } from '../kernel/html.ts';
import type { Option } from '../kernel/fields/index.ts';
import type { RecordDefinition, Values } from '../kernel/record.ts';
import { wording, type Label, type Locale } from '../kernel/types.ts';
import { CONSENT, formFieldsOf, TRAP, type FormField } from './formFields.ts';

const WORDS = {
  send: { en: 'Send', zh: '提交' },
  trap: { en: 'Leave this field empty', zh: '请勿填写此项' },
  choose: { en: 'Please choose', zh: '请选择' },
} satisfies Record<string, Label>;

/** Browsers fill these in by themselves. */
const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  name: 'name',
  company: 'organization',
  position: 'organization-title',
  emails: 'email',
  phones: 'tel',
};
const INPUT_TYPES: Readonly<Record<string, string>> = {
  email: 'email',
  emails: 'email',
  phone: 'tel',
  phones: 'tel',
  url: 'url',
  number: 'number',
  date: 'date',
};

/** What a page asks for, in the words of its visitors. */
export interface FormQuestion extends FormField {
  readonly label: string;
  readonly field: Field;
}

/** The questions of a form with their fields; those whose field was taken away are left out. */
export function questionsOf(lead: RecordDefinition, form: Values, locale: Locale): FormQuestion[] {
  return formFieldsOf(form).flatMap((question) => {
    const field = Object.hasOwn(lead.fields, question.to) ? lead.fields[question.to] : undefined;
    if (!field || field.hidden) return [];
    // A visitor has one name, one address and one number; the record keeps several of each.
    const label = { emails: { en: 'E-mail', zh: '电子邮件' }, phones: { en: 'Phone', zh: '电话' } }[question.to] ?? field.label;
    return [{ ...question, label: wording(label, locale), field }];
  });
}

/**
 * The form as plain HTML for any web site: no script, no style of its own but for the trap, which people do not see.
 * @param lead  the type with the workspace's own fields
 * @param publicUrl  origin of the site, without a slash at its end
 * @param locale  of its words, unless the form has a language
 */
export function formSnippet(lead: RecordDefinition, form: Values & { readonly id: string }, publicUrl: string, locale: Locale): string {
  const language = (form['language'] as Locale | undefined) ?? locale;
  const word = (label: Label): string => escapeHtml(wording(label, language));
  const consent = form['consentText'];
  return [
    `<form action="${escapeHtml(publicUrl)}/api/v1/public/forms/${escapeHtml(form.id)}" method="post" accept-charset="UTF-8" lang="${language}">`,
    ...questionsOf(lead, form, language).map((question) => `  ${questionHtml(question, word)}`),
    ...(typeof consent === 'string'
      ? [`  <p><label><input type="checkbox" name="${CONSENT}" value="yes" required> ${escapeHtml(consent)}</label></p>`]
      : []),
    '  <p style="position:absolute;left:-10000px" aria-hidden="true">',
    `    <label>${word(WORDS.trap)} <input name="${TRAP}" tabindex="-1" autocomplete="off"></label>`,
    '  </p>',
    `  <p><button type="submit">${word(WORDS.send)}</button></p>`,
    '</form>',
    '',
  ].join('\n');
}

function questionHtml({ to, name, required, label, field }: FormQuestion, word: (label: Label) => string): string {
  const attributes = [
    `name="${escapeHtml(name)}"`,
    ...(AUTOCOMPLETE[to] ? [`autocomplete="${AUTOCOMPLETE[to]}"`] : []),
    ...('max' in field && typeof field.max === 'number' && ['text', 'longText'].includes(field.kind) ? [`maxlength="${field.max}"`] : []),
    ...(required ? ['required'] : []),
  ].join(' ');
  const shown = escapeHtml(label);
  switch (field.kind) {
    case 'longText':
      return `<p><label>${shown}<br><textarea ${attributes} rows="5"></textarea></label></p>`;
    case 'boolean':
      return `<p><label><input type="checkbox" ${attributes} value="true"> ${shown}</label></p>`;
    case 'choice':
      return `<p><label>${shown}<br><select ${attributes}>${optionHtml('', word(WORDS.choose))}${optionsOf(field)
        .map((option) => optionHtml(option.key, word(option.label)))
        .join('')}</select></label></p>`;
    case 'choices':
      return `<fieldset><legend>${shown}</legend>${optionsOf(field)
        .map(
          ({ key, label: one }) =>
            `<label><input type="checkbox" name="${escapeHtml(name)}" value="${escapeHtml(key)}"> ${word(one)}</label>`,
        )
        .join('')}</fieldset>`;
    default:
      return `<p><label>${shown}<br><input type="${INPUT_TYPES[field.kind] ?? 'text'}" ${attributes}></label></p>`;
  }
}

const optionsOf = (field: Field): readonly Option[] => ('options' in field ? (field.options as readonly Option[]) : []);
const optionHtml = (value: string, shown: string): string => `<option value="${escapeHtml(value)}">${shown}</option>`;
