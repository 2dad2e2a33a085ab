import { m } from '#messages';
import { addErrorWords } from '../../kernel/errors.ts';
import { addIssueWords } from '../../kernel/issues.ts';

// What the server refuses about people and set-up; the pages of the settings import these words.
addErrorWords({
  'member.lastOwner': () => m.settings_refused_last_owner(),
  'member.self': () => m.settings_refused_self(),
  'member.role.above': () => m.settings_refused_above(),
  'member.notInvited': () => m.settings_refused_not_invited(),
  'unique.taken': () => m.settings_refused_taken(),
  'budget.spent': () => m.settings_refused_budget(),
  'access.fields': () => m.kernel_error_forbidden(),
});
addIssueWords({
  'unique.taken': () => m.settings_refused_taken(),
  'customField.optionTwice': () => m.settings_refused_option_twice(),
  'customField.optionGone': () => m.structure_refused_option_gone(),
  'valueList.optionTwice': () => m.settings_refused_option_twice(),
  'valueList.optionGone': () => m.structure_refused_option_gone(),
  'customField.frozen': () => m.settings_field_kind_fixed(),
});
