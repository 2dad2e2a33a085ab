import { m } from '#messages';
import { i18n } from '../../kernel/i18n.svelte.ts';
import type { SearchSource } from '../../parts.ts';

/** Letters before questions are looked through: one of them is in all. */
const LEAST = 2;

/** Questions of the help, by their words; the answers come with the first that is looked for. */
const searchHelp: SearchSource = {
  title: m.help_faq,
  rank: 'places',
  ask: async (text) => {
    const wanted = text.toLocaleLowerCase();
    if ([...wanted].length < LEAST) return [];
    const { default: groups } = await (i18n.locale === 'en' ? import('./faq/en.ts') : import('./faq/zh.ts'));
    return groups
      .flatMap(({ items }) => items)
      .filter(({ question }) => question.toLocaleLowerCase().includes(wanted))
      .map(({ id, question }) => ({ id: `help ${id}`, title: question, href: `/help#${id}` }));
  },
};

export default searchHelp;
