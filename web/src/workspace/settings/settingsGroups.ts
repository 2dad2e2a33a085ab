import { m } from '#messages';
import type { SettingsSection } from './settingsSections.ts';

/** Where a section stands; what is named nowhere is about records. */
const PLACES: Readonly<Record<string, 'own' | 'people' | 'company'>> = {
  profile: 'own',
  security: 'own',
  notifications: 'own',
  members: 'people',
  departments: 'people',
  roles: 'people',
  workspace: 'company',
  audit: 'company',
};
const GROUPS = [
  { key: 'own', title: m.company_group_own },
  { key: 'company', title: m.company_group_company },
  { key: 'people', title: m.company_group_people },
  { key: 'records', title: m.company_group_records },
] as const;

/** Sections by group, those without any left out; of all whose title or text holds every word asked for. Reactive. */
export function settingsGroups(sections: readonly SettingsSection[], asked: string) {
  const words = asked.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = sections.filter(({ title, text }) => {
    const said = `${title()} ${text()}`.toLocaleLowerCase();
    return words.every((word) => said.includes(word));
  });
  return GROUPS.map(({ key, title }) => ({ key, title, sections: found.filter((each) => (PLACES[each.key] ?? 'records') === key) })).filter(
    (group) => group.sections.length,
  );
}
