import { m } from '#messages';
import type { RightsChange } from '../../../../shared/workspace/roleRules.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import { ACTION_WORDS, REACH_WORDS, SUBJECTS } from '../settings/roleWords.ts';
import { fieldNames, SENSITIVITY_WORDS } from './roleFields.ts';

/** One change of rights as a line. Call it in markup, so that it follows the language. */
export function wordChange(change: RightsChange): string {
  switch (change.kind) {
    case 'reach': {
      const [subject, action] = [subjectOf(change.group), ACTION_WORDS[change.action]?.() ?? change.action];
      return m.company_change_reach({ subject, action, from: REACH_WORDS[change.from](), to: REACH_WORDS[change.to]() });
    }
    case 'mask': {
      if (change.sensitivity === 'public') return change.sensitivity;
      const what = SENSITIVITY_WORDS[change.sensitivity]();
      return change.hidden ? m.company_change_hidden({ what }) : m.company_change_shown({ what });
    }
    case 'fields': {
      const subject = subjectOf(change.group);
      if (change.to === undefined) return m.company_change_all_fields({ subject });
      if (!change.to.length) return m.company_change_no_fields({ subject });
      return m.company_change_fields({ subject, fields: i18n.formats.list(fieldNames(change.group, change.to)) });
    }
    default:
      return change satisfies never;
  }
}

const subjectOf = (group: string): string => SUBJECTS.find((subject) => subject.group === group)?.title() ?? group;
