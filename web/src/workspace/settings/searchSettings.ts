import { m } from '#messages';
import type { SearchSource } from '../../parts.ts';
import { settingsSections } from './settingsSections.ts';

/** Pages of the settings, by their names and by what is said to be set there. */
const searchSettings: SearchSource = {
  title: m.settings_title,
  rank: 'places',
  find: (text) => {
    const wanted = text.toLocaleLowerCase();
    if (!wanted) return [];
    const isNamed = (words: string): boolean => words.toLocaleLowerCase().includes(wanted);
    const open = settingsSections.filter(({ can }) => can());
    const named = open.filter(({ title }) => isNamed(title()));
    const told = open.filter((section) => !named.includes(section) && isNamed(section.text()));
    return [...named, ...told].map(({ href, title, text: detail, icon }) => ({
      id: `go ${href}`,
      title: title(),
      detail: detail(),
      icon,
      href,
    }));
  },
};

export default searchSettings;
