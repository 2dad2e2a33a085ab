import type { Field } from '../kernel/field.ts';
import type { Option } from '../kernel/fields/index.ts';
import { escapeHtml } from '../kernel/html.ts';
import type { RecordDefinition, Values } from '../kernel/record.ts';
import { wording, type Label, type Locale } from '../kernel/types.ts';
import { CONSENT, formFieldsOf, labelOfQuestion, TRAP, type FormField } from './formFields.ts';
import { lead } from './lead.ts';

const SEND: Label = { en: 'Send', zh: '提交' };
const LEAVE_EMPTY: Label = { en: 'Leave this empty', zh: '请勿填写' };
const OPTIONAL: Label = { en: '(optional)', zh: '（选填）' };

/** What a browser fills in by itself, by the field it fills. */
const AUTOFILL: Readonly<Record<string, string>> = {
  name: 'name',
  company: 'organization',
  position: 'organization-title',
  emails: 'email',
  phones: 'tel',
};
const TYPES: Readonly<Record<string, string>> = {
  email: 'email',
  emails: 'email',
  phone: 'tel',
  phones: 'tel',
  url: 'url',
  number: 'number',
  date: 'date',
};

/**
 * A form as plain HTML, to be pasted into any page: it works without scripts, styles and cookies, and takes the look of
 * the page around it. Labels hold their inputs, so nothing needs an id that the page might have.
 * @param form       a web form's record
 * @param publicUrl  origin under which the product is reached, without a slash at the end
 * @param definition of the lead, where the workspace has fields of its own
 */
export function formSnippet(
  form: Values & { readonly id: string },
  publicUrl: string,
  locale: Locale,
  definition: RecordDefinition = lead as unknown as RecordDefinition,
): string {
  const inputs = formFieldsOf(form).flatMap((asked) => {
    const field = Object.hasOwn(definition.fields, asked.to) ? definition.fields[asked.to] : undefined;
    return field && !field.hidden ? [question(asked, field, locale)] : [];
  });
  const consent = form['consentText'];
  return [
    `<form action="${escapeHtml(`${publicUrl}/api/v1/public/forms/${form.id}`)}" method="post" accept-charset="utf-8">`,
    ...inputs,
    ...(typeof consent === 'string' ? [consentBox(consent)] : []),
    // Out of sight for people, in the way of programs: those fill in whatever there is.
    `  <p style="position:absolute;left:-9999px" aria-hidden="true"><label>${wording(LEAVE_EMPTY, locale)} <input name="${TRAP}" tabindex="-1" autocomplete="off"></label></p>`,
    `  <p><button type="submit">${wording(SEND, locale)}</button></p>`,
    '</form>',
    '',
  ].join('\n');
}

const consentBox = (text: string): string =>
  `  <p><label><input type="checkbox" name="${CONSENT}" value="yes" required> ${escapeHtml(text).replace(/\n/g, '<br>')}</label></p>`;

function question(asked: FormField, field: Field, locale: Locale): string {
  const label = escapeHtml(wording(labelOfQuestion(asked.to, field), locale));
  if (field.kind === 'boolean') return `  <p><label><input type="checkbox"${attributes(asked, field)} value="true"> ${label}</label></p>`;
  const title = asked.required ? label : `${label} ${wording(OPTIONAL, locale)}`;
  return `  <p><label>${title}<br>${control(asked, field, locale)}</label></p>`;
}

function control(asked: FormField, field: Field, locale: Locale): string {
  const given = attributes(asked, field);
  const options = (field as { options?: readonly Option[] }).options;
  if (options) {
    const choices = options.map(({ key, label }) => `<option value="${escapeHtml(key)}">${escapeHtml(wording(label, locale))}</option>`);
    return `<select${given}>${field.kind === 'choice' ? '<option value=""></option>' : ''}${choices.join('')}</select>`;
  }
  return field.kind === 'longText' ? `<textarea${given} rows="4"></textarea>` : `<input type="${TYPES[field.kind] ?? 'text'}"${given}>`;
}

function attributes({ to, name, required }: FormField, field: Field): string {
  const { max } = field as { max?: number };
  return [
    ` name="${escapeHtml(name)}"`,
    AUTOFILL[to] ? ` autocomplete="${AUTOFILL[to]}"` : '',
    max ? ` maxlength="${max}"` : '',
    field.kind === 'choices' ? ' multiple' : '',
    required ? ' required' : '',
  ].join('');
}
