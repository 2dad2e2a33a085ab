import { m } from '#messages';
import type { AnyRecord, RecordDefinition } from '../../../shared/kernel/record.ts';
import { arrange, type FormSection } from '../../../shared/kernel/recordForms.ts';
import { wording, type Locale } from '../../../shared/kernel/types.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { extended } from './extensions.svelte.ts';
import { fieldOf, isAskedFor, mayWrite, valueOf, visibleFields } from './types.ts';

export interface FieldGroup {
  readonly id: string;
  readonly title: () => string;
  readonly fields: readonly string[];
}

const REACH = new Set(['phone', 'phones', 'email', 'emails', 'url', 'address']);

/**
 * The fields of a type as record pages show them: how it is reached, what its domain put together, what else it is, what
 * this workspace has added, and what is written about it. The order within is the declaration's. Reactive.
 */
export function groupsOf(definition: RecordDefinition, record: AnyRecord): FieldGroup[] {
  const { shown } = extended.of(definition.name);
  // What has no value and takes none would leave a heading over nothing.
  const isSeen = (name: string): boolean => valueOf(record, name) !== undefined || mayWrite(definition, name, record);
  return grouped(
    definition,
    visibleFields(definition).filter((name) => !shown.includes(name)),
  ).filter(({ fields }) => fields.some(isSeen));
}

/** The same for its form, where fields with controls of their own stand, too. */
export function formGroupsOf(definition: RecordDefinition): FieldGroup[] {
  return grouped(definition, formNamesOf(definition));
}

/** As the workspace puts them, where it has a form of its own; else in the product's groups. */
function grouped(definition: RecordDefinition, names: readonly string[]): FieldGroup[] {
  const { form } = definition;
  if (!form) return generalGroups(definition, names);
  const all = withOwner(definition, names).filter((name) => name !== definition.title);
  return arrange(form, all, (name) => isAskedFor(definition, name)).map(({ label, fields }, i) => ({
    id: `section${i}`,
    title: label ? () => wording(label, i18n.locale) : m.records_group_about,
    fields,
  }));
}

/** All that a form or page of the type may show below its title. Reactive. */
export function formNamesOf(definition: RecordDefinition): string[] {
  const visible = visibleFields(definition);
  const own = Object.keys(extended.of(definition.name).controls).filter((name) => !visible.includes(name));
  return [...visible, ...own, ...(definition.paths.owner ? ['ownerId'] : [])].filter((name) => name !== definition.title);
}

/** The product's own groups as sections, named in both languages. Reactive. */
export const usualSections = (definition: RecordDefinition): FormSection[] =>
  generalGroups(definition, formNamesOf(definition)).map(({ title, fields }) => {
    // Titles are messages, which take a language; who draws them needs none.
    const named = title as unknown as (inputs: object, options: { locale: Locale }) => string;
    return { label: { en: named({}, { locale: 'en' }), zh: named({}, { locale: 'zh-CN' }) }, fields };
  });

/** The groups of a type whose form no workspace has changed. */
function generalGroups(definition: RecordDefinition, names: readonly string[]): FieldGroup[] {
  const { groups } = extended.of(definition.name);
  const taken = new Set([definition.title, ...groups.flatMap(({ fields }) => fields)]);
  const all = withOwner(definition, names);
  const of = (id: string): string[] => all.filter((name) => !taken.has(name) && generalGroupOf(definition, name) === id);
  return [
    { id: 'reach', title: m.records_group_reach, fields: of('reach') },
    ...groups.map((group) => ({ ...group, fields: group.fields.filter((name) => all.includes(name)) })),
    { id: 'about', title: m.records_group_about, fields: of('about') },
    { id: 'own', title: m.records_group_own, fields: of('own') },
    { id: 'texts', title: m.records_group_texts, fields: of('texts') },
  ].filter(({ fields }) => fields.length > 0);
}

const withOwner = ({ paths }: RecordDefinition, names: readonly string[]): readonly string[] =>
  paths.owner && !names.includes('ownerId') ? [...names, 'ownerId'] : names;

function generalGroupOf(definition: RecordDefinition, name: string): 'reach' | 'about' | 'own' | 'texts' {
  const { kind } = fieldOf(definition, name);
  if (name.startsWith('x_')) return 'own';
  if (REACH.has(kind)) return 'reach';
  return kind === 'longText' ? 'texts' : 'about';
}
