import type { Issue } from '../../../../shared/kernel/errors.ts';
import { arrange, type FormSection, type RecordForm } from '../../../../shared/kernel/recordForms.ts';
import { bothOf } from '../settings/fieldDraft.ts';

/** A section while the form is being written. */
export interface SectionDraft {
  en: string;
  zh: string;
  fields: string[];
}

export interface FormDraft {
  sections: SectionDraft[];
  hidden: string[];
}

const toDraft = ({ label, fields }: FormSection): SectionDraft => ({ ...label, fields: [...fields] });

/**
 * What the editor begins with.
 * @param usual  the product's own groups, where the workspace has no form
 * @param names  all fields that may stand there; those that are new stand in the last section
 */
export function draftOf(
  form: RecordForm | undefined,
  usual: readonly FormSection[],
  names: readonly string[],
  isNeeded: (name: string) => boolean,
): FormDraft {
  const hidden = (form?.hidden ?? []).filter((name) => names.includes(name) && !isNeeded(name));
  const arranged = arrange({ sections: form?.sections ?? usual, hidden }, names, isNeeded);
  const sections = arranged.flatMap(({ label, fields }) => (label ? [toDraft({ label, fields })] : []));
  const rest = arranged.filter(({ label }) => !label).flatMap(({ fields }) => fields);
  const last = sections.at(-1);
  if (last) last.fields.push(...rest);
  return { sections: last ? sections : [{ en: 'Details', zh: '详情', fields: [...rest] }], hidden };
}

/** The form as it is stored; a section named in one language is named so in both. */
export const toForm = ({ sections, hidden }: FormDraft): { sections: FormSection[]; hidden: string[] } => ({
  sections: sections.map(({ en, zh, fields }) => {
    const [english, chinese] = bothOf(en, zh);
    return { label: { en: english, zh: chinese }, fields: [...fields] };
  }),
  hidden: [...hidden],
});

export const formFaults = ({ sections }: Pick<FormDraft, 'sections'>): Issue[] =>
  sections.every(({ en, zh }) => en.trim() || zh.trim()) ? [] : [{ field: 'sections', code: 'recordForm.sections' }];

/** Without the section; its fields go to its neighbour. */
export function withoutSection(sections: readonly SectionDraft[], at: number): SectionDraft[] {
  const gone = sections[at]!;
  const heir = at > 0 ? at - 1 : 1;
  return sections
    .map((section, i) => (i === heir ? { ...section, fields: [...section.fields, ...gone.fields] } : section))
    .filter((_section, i) => i !== at);
}
