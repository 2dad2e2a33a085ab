import * as m from '#messages';
import type { Digest, DigestContents } from '../../shared/insight/digest.ts';
import { FIGURES, isQuiet, totalOf, type Figures, type PersonLine } from '../../shared/insight/dailyDigest.ts';
import type { Day, Locale } from '../../shared/kernel/types.ts';
import { type Block, layOutMail, withoutLinks } from '../services/mailLayout.ts';

/** Who reads it, in which words, from where. */
export interface DigestReader {
  readonly memberId: string;
  readonly name: string;
  readonly locale: Locale;
  readonly workspaceName: string;
  /** Origin of the site, where the links lead. */
  readonly site: string;
}

const MOST_QUIET_NAMES = 8;

const COUNTED = {
  newLeads: m.digest_new_leads,
  workingLeads: m.digest_working_leads,
  convertedLeads: m.digest_converted_leads,
  newCustomers: m.digest_new_customers,
} satisfies Record<keyof Figures, unknown>;
const FIGURE = {
  newLeads: m.digest_figure_new_leads,
  workingLeads: m.digest_figure_working_leads,
  convertedLeads: m.digest_figure_converted_leads,
  newCustomers: m.digest_figure_new_customers,
} satisfies Record<keyof Figures, unknown>;
const COLUMN = {
  newLeads: m.digest_column_new_leads,
  workingLeads: m.digest_column_working_leads,
  convertedLeads: m.digest_column_converted_leads,
  newCustomers: m.digest_column_new_customers,
} satisfies Record<keyof Figures, unknown>;

/** `Sunday 22 November`, `11月22日（周日）`. */
function dayOf(day: Day, locale: Locale): string {
  const format = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', ...parts }).format(new Date(`${day}T00:00:00Z`));
  if (locale === 'en') return format({ weekday: 'long', day: 'numeric', month: 'long' });
  return `${format({ day: 'numeric', month: 'long' })}（${format({ weekday: 'short' })}）`;
}

const daysOf = ({ from, to }: { from: Day; to: Day }, locale: Locale): string =>
  from < to ? m.digest_from_to({ from: dayOf(from, locale), to: dayOf(to, locale) }, { locale }) : dayOf(to, locale);

export function subjectOf(days: { from: Day; to: Day }, people: readonly Figures[], locale: Locale): string {
  const total = totalOf(people);
  const words = { days: daysOf(days, locale) };
  if (isQuiet(total)) return m.digest_subject_quiet(words, { locale });
  return m.digest_subject({ ...words, figures: figuresOf(total, locale) }, { locale });
}

const figuresOf = (figures: Figures, locale: Locale): string =>
  FIGURES.filter((figure) => figures[figure] > 0)
    .map((figure) => COUNTED[figure]({ count: figures[figure] }, { locale }))
    .join(locale === 'en' ? ', ' : '，');

/** The digest as a mail, made of what is stored: however often it is made, it is the same. */
export function digestMail(digest: Digest, reader: DigestReader): { subject: string; text: string; html: string } {
  const { locale, name, site, workspaceName: workspace } = reader;
  const { people } = digest.contents;
  const total = totalOf(people);
  const alone = people.every(({ memberId }) => memberId === reader.memberId);
  const words = { locale };
  const intro = isQuiet(total)
    ? alone
      ? m.digest_quiet_own({}, words)
      : m.digest_quiet_team({}, words)
    : alone
      ? m.digest_own({}, words)
      : m.digest_team({}, words);
  const since = digest.from < digest.to ? [m.digest_since({}, words)] : [];
  const hello = [m.digest_hello({ name }, words), intro, ...since].join(locale === 'en' ? ' ' : '');
  const blocks: Block[] = [
    { kind: 'text', text: hello },
    ...(isQuiet(total)
      ? []
      : [
          figuresBlock(total, locale),
          ...(alone ? [] : peopleBlocks(people, total, reader.memberId, locale)),
          ...recordBlocks(digest.contents, total, site, locale),
        ]),
    { kind: 'button', title: m.digest_open({}, words), url: `${site}/digests/${digest.id}` },
  ];
  return layOutMail({
    locale,
    subject: digest.subject,
    title: m.digest_title({ days: daysOf(digest, locale) }, words),
    blocks,
    foot: [m.digest_why({ workspace }, words), m.digest_stop({ url: `${site}/settings/profile` }, words)],
  });
}

const figuresBlock = (total: Figures, locale: Locale): Block => ({
  kind: 'figures',
  figures: FIGURES.map((figure) => [FIGURE[figure]({}, { locale }), String(total[figure])]),
});

/** @param readerId  who is not told of himself that he did nothing */
function peopleBlocks(people: readonly PersonLine[], total: Figures, readerId: string, locale: Locale): Block[] {
  const words = { locale };
  const cells = (figures: Figures): string[] => FIGURES.map((figure) => (figures[figure] ? String(figures[figure]) : '–'));
  const busy = people.filter((line) => !isQuiet(line));
  const quiet = people.filter((line) => isQuiet(line) && line.memberId !== readerId).map(({ name }) => name);
  return [
    {
      kind: 'table',
      head: [m.digest_person({}, words), ...FIGURES.map((figure) => COLUMN[figure]({}, words))],
      rows: busy.map((line) => [line.name, ...cells(line)]),
      total: [m.digest_total({}, words), ...cells(total)],
    },
    ...(quiet.length ? [{ kind: 'text' as const, text: m.digest_quiet_people({ names: listOf(quiet, locale) }, words) }] : []),
  ];
}

function listOf(names: readonly string[], locale: Locale): string {
  const more = names.length - MOST_QUIET_NAMES;
  const shown = more > 0 ? [...names.slice(0, MOST_QUIET_NAMES), m.digest_quiet_more({ count: more }, { locale })] : names;
  return new Intl.ListFormat(locale === 'en' ? 'en-GB' : locale, { type: 'conjunction' }).format(shown);
}

function recordBlocks({ leads, customers, people }: DigestContents, total: Figures, site: string, locale: Locale): Block[] {
  const words = { locale };
  const ownerName = new Map(people.map(({ memberId, name }) => [memberId, name]));
  const section = (
    title: string,
    count: number,
    path: string,
    records: readonly { id: string; name: string; company?: string | undefined; ownerId?: string | undefined }[],
  ): Block[] =>
    records.length
      ? [
          {
            kind: 'links',
            title,
            items: records.map(({ id, name, company, ownerId }) => ({
              // Whoever fills in a form chooses his name and his firm's.
              title: withoutLinks(name),
              url: `${site}/${path}/${id}`,
              note: [company && withoutLinks(company), ownerName.get(ownerId ?? '')].filter(Boolean).join(' · '),
            })),
            ...(count > records.length ? { more: m.digest_more({ count: count - records.length }, words) } : {}),
          },
        ]
      : [];
  const of = (event: DigestContents['leads'][number]['event']) => leads.filter((lead) => lead.event === event);
  return [
    ...section(m.digest_section_converted({}, words), total.convertedLeads, 'leads', of('converted')),
    ...section(m.digest_section_customers({}, words), total.newCustomers, 'customers', customers),
    ...section(m.digest_section_new({}, words), total.newLeads, 'leads', of('new')),
    ...section(m.digest_section_working({}, words), total.workingLeads, 'leads', of('working')),
  ];
}
