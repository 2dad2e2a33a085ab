import * as m from '#messages';
import type { Digest, DigestContents } from '../../shared/insight/digest.ts';
import {
  BY_WEIGHT,
  FIGURE_GROUPS,
  isQuiet,
  totalOf,
  type Figure,
  type PersonLine,
  type Total,
} from '../../shared/insight/digestFigures.ts';
import type { DigestPeriod } from '../../shared/insight/digestReaders.ts';
import type { Values } from '../../shared/kernel/record.ts';
import type { Shape } from '../../shared/kernel/shape.ts';
import type { Locale } from '../../shared/kernel/types.ts';
import { type Block, layOutMail, senderOf } from '../services/mailLayout.ts';
import { recordBlocks } from './digestSections.ts';
import { daysOf, moneyText, shown, WORDS } from './digestWords.ts';

/** Who reads it, in which words, from where. */
export interface DigestReader {
  readonly memberId: string;
  readonly name: string;
  readonly locale: Locale;
  readonly workspace: Values | undefined;
  /** How the workspace calls the stages of its deals. */
  readonly shape: Shape;
  /** Origin of the site, where the links lead. */
  readonly site: string;
}

const MOST_QUIET_NAMES = 8;

/** What is said differently of a day and of a week. */
const OF = {
  day: { title: m.digest_title, team: m.digest_team, own: m.digest_own, why: m.digest_why, stop: m.digest_stop },
  week: { title: m.digest_week_title, team: m.digest_week_team, own: m.digest_week_own, why: m.digest_week_why, stop: m.digest_week_stop },
} as const satisfies Record<DigestPeriod, unknown>;

/** The digest as a mail, made of what is stored: however often it is made, it is the same. */
export function digestMail(digest: Digest, reader: DigestReader): { subject: string; text: string; html: string } {
  const { locale, name, site } = reader;
  const { contents, from, to } = digest;
  const period: DigestPeriod = digest.period === 'week' ? 'week' : 'day';
  const { people } = contents;
  const total = totalOf(people);
  const quiet = isQuiet(total);
  const alone = people.every(({ memberId }) => memberId === reader.memberId);
  const words = { locale };
  const intro = quiet ? (alone ? m.digest_quiet_own : m.digest_quiet_team) : alone ? OF[period].own : OF[period].team;
  const since = period === 'day' && from < to ? [m.digest_since({}, words)] : [];
  const blocks: Block[] = [
    { kind: 'text', text: [m.digest_hello({ name }, words), intro({}, words), ...since].join(locale === 'en' ? ' ' : '') },
    ...(quiet
      ? []
      : [
          ...figureBlocks(total, contents.amounts, locale),
          ...(alone ? [] : peopleBlocks(people, reader.memberId, locale)),
          ...recordBlocks(contents, total, reader),
        ]),
    { kind: 'button', title: m.digest_open({}, words), url: `${site}/digests/${digest.id}` },
  ];
  return layOutMail({
    locale,
    subject: digest.subject,
    title: OF[period].title({ days: daysOf({ from, to, period }, locale) }, words),
    blocks,
    from: senderOf(reader.workspace, site),
    foot: [
      OF[period].why({ workspace: String(reader.workspace?.['name'] ?? '') }, words),
      OF[period].stop({ url: `${site}/settings/profile` }, words),
    ],
  });
}

/** A row of figures for each group in which there is anything; sums are told in whole units, which fit a phone. */
function figureBlocks(total: Total, amounts: DigestContents['amounts'], locale: Locale): Block[] {
  const words = { locale };
  const detailOf = (figure: Figure): string | undefined => {
    if (figure === 'risks') return total.newRisks ? m.digest_new_risks({ count: total.newRisks }, words) : undefined;
    return amounts[figure as keyof typeof amounts]?.map((sum) => moneyText(sum, locale, 0)).join(' + ');
  };
  return Object.values(FIGURE_GROUPS)
    .filter((group) => group.some((figure) => total[figure] > 0))
    .map((group) => ({
      kind: 'figures',
      figures: group.map((figure) => [WORDS[figure][1]({}, words), shown(total, figure, locale), detailOf(figure)] as const),
    }));
}

/** What each has done, in a line; @param readerId  who is not told of himself that he did nothing */
function peopleBlocks(people: readonly PersonLine[], readerId: string, locale: Locale): Block[] {
  const words = { locale };
  const lineOf = (line: PersonLine): string =>
    BY_WEIGHT.filter((figure) => line[figure] > 0)
      .map((figure) => `${WORDS[figure][2]({}, words)} ${shown(line, figure, locale)}`)
      .join(' · ');
  const busy = people.filter((line) => !isQuiet(line));
  const quiet = people.filter((line) => isQuiet(line) && line.memberId !== readerId).map(({ name }) => name);
  return [
    { kind: 'heading', text: m.digest_people({}, words) },
    { kind: 'facts', rows: busy.map((line) => [line.name, lineOf(line)]) },
    ...(quiet.length ? [{ kind: 'text' as const, text: m.digest_quiet_people({ names: listOf(quiet, locale) }, words) }] : []),
  ];
}

function listOf(names: readonly string[], locale: Locale): string {
  const more = names.length - MOST_QUIET_NAMES;
  const shownNames = more > 0 ? [...names.slice(0, MOST_QUIET_NAMES), m.digest_quiet_more({ count: more }, { locale })] : names;
  return new Intl.ListFormat(locale === 'en' ? 'en-GB' : locale, { type: 'conjunction' }).format(shownNames);
}
