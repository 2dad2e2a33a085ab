import { m } from '#messages';
import type { Issue } from '../../../shared/kernel/errors.ts';

type Wording = (params: Readonly<Record<string, string | number>>) => string;

/** Words under a field. A code without words here says that the value is not right, which is always true. */
const WORDING: Record<string, Wording> = {
  'field.required': () => m.kernel_issue_required(),
  'text.empty': () => m.kernel_issue_required(),
  'list.empty': () => m.kernel_issue_required(),
  'address.empty': () => m.kernel_issue_required(),
  'text.tooLong': ({ limit }) => (limit === undefined ? m.kernel_issue_too_long() : m.kernel_issue_too_long_limit({ limit })),
  'list.tooLong': ({ limit }) => (limit === undefined ? m.kernel_issue_too_many() : m.kernel_issue_too_many_limit({ limit })),
  'text.characters': () => m.kernel_issue_characters(),
  'number.expected': () => m.kernel_issue_number(),
  'number.precision': () => m.kernel_issue_precision(),
  'number.tooSmall': ({ limit }) => (limit === undefined ? m.kernel_issue_invalid() : m.kernel_issue_too_small({ limit })),
  'number.tooLarge': ({ limit }) => (limit === undefined ? m.kernel_issue_invalid() : m.kernel_issue_too_large({ limit })),
  'money.amount': () => m.kernel_issue_amount(),
  'money.expected': () => m.kernel_issue_amount(),
  'money.tooSmall': () => m.kernel_issue_negative(),
  'money.currency': () => m.kernel_issue_currency(),
  'date.expected': () => m.kernel_issue_date(),
  'date.invalid': () => m.kernel_issue_date(),
  'instant.invalid': () => m.kernel_issue_date(),
  'email.expected': () => m.kernel_issue_email(),
  'email.invalid': () => m.kernel_issue_email(),
  'phone.expected': () => m.kernel_issue_phone(),
  'phone.invalid': () => m.kernel_issue_phone(),
  'url.expected': () => m.kernel_issue_url(),
  'url.invalid': () => m.kernel_issue_url(),
  'choice.unknown': () => m.kernel_issue_choice(),
  'field.unknown': () => m.structure_refused_field(),
  'choice.retired': () => m.structure_refused_retired(),
  'duplicate.possible': () => m.kernel_error_duplicate(),
  'unique.taken': () => m.kernel_error_duplicate(),
  'ref.notFound': () => m.kernel_issue_ref(),
  'ref.invalid': () => m.kernel_issue_ref(),
  'ref.ofAnother': () => m.kernel_issue_of_another(),
  'ref.loop': () => m.kernel_issue_loop(),
  'ref.tooDeep': () => m.kernel_issue_too_deep(),
  'zone.unknown': () => m.kernel_issue_zone(),
  'password.weak': () => m.kernel_issue_password(),
  'password.tooShort': () => m.kernel_issue_password(),
};

/** Words for codes that only some forms meet; their chunks bring them along. */
export function addIssueWords(words: Readonly<Record<string, Wording>>): void {
  Object.assign(WORDING, words);
}

export function wordIssue(issue: Pick<Issue, 'code' | 'params'>): string {
  return (WORDING[issue.code] ?? (() => m.kernel_issue_invalid()))(issue.params ?? {});
}
