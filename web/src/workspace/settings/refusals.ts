import { m } from '#messages';
import { addErrorWords } from '../../kernel/errors.ts';
import { addIssueWords } from '../../kernel/issues.ts';

// What the server refuses about people and set-up; the pages of the settings import these words.
addErrorWords({
  'member.lastOwner': () => m.settings_refused_last_owner(),
  'member.self': () => m.settings_refused_self(),
  'member.role.above': () => m.settings_refused_above(),
  'member.notInvited': () => m.settings_refused_not_invited(),
  'role.owner': () => m.company_refused_role_owner(),
  'role.self': () => m.company_refused_role_self(),
  'department.inUse': () => m.company_refused_department_in_use(),
  'role.inUse': () => m.company_refused_role_in_use(),
  'handover.running': () => m.company_refused_handover_running(),
  'handover.takenBack': () => m.company_refused_handover_taken_back(),
  'pipeline.removed': () => m.structure_refused_stage_gone(),
  'twoStep.shared': () => m.settings_refused_shared(),
  'unique.taken': () => m.settings_refused_taken(),
  'budget.spent': () => m.settings_refused_budget(),
  'access.fields': () => m.kernel_error_forbidden(),
});
addIssueWords({
  'handover.self': () => m.company_refused_handover_self(),
  'language.notOffered': () => m.company_language_not_offered(),
  'workspace.standardLanguage': () => m.company_languages_standard(),
  'unique.taken': () => m.settings_refused_taken(),
  'customField.optionTwice': () => m.settings_refused_option_twice(),
  'recordForm.sections': () => m.structure_refused_sections(),
  'pipeline.stages': () => m.structure_refused_stages(),
  'pipeline.stageName': () => m.structure_refused_stage_name(),
  'pipeline.stageRate': () => m.structure_refused_stage_rate(),
  'pipeline.stageStall': () => m.structure_refused_stage_stall(),
  'pipeline.stageTwice': () => m.structure_refused_stage_gone(),
  'pipeline.stageGone': () => m.structure_refused_stage_gone(),
  'customField.optionGone': () => m.structure_refused_option_gone(),
  'valueList.optionTwice': () => m.settings_refused_option_twice(),
  'valueList.optionGone': () => m.structure_refused_option_gone(),
  'customField.frozen': () => m.settings_field_kind_fixed(),
});
