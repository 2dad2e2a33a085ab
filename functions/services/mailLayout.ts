import { cutText } from '../../shared/kernel/text.ts';
import type { Values } from '../../shared/kernel/record.ts';
import type { Locale } from '../../shared/kernel/types.ts';
import { brandOf } from '../../shared/workspace/brand.ts';
import type { LogoGround } from '../../shared/workspace/logo.ts';
import { logoPath } from '../../shared/workspace/logoPath.ts';

/** A mail as plain data; every text is text, whatever stands in it. */
export interface MailContent {
  readonly locale: Locale;
  readonly subject: string;
  /** First line, large. */
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Small, below the sheet: why it was sent, how to stop it. */
  readonly foot: readonly string[];
  /** Whose mail it is; absent: the product's own. */
  readonly from?: Sender | undefined;
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'button'; readonly title: string; readonly url: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  /** The first column is text, all others are numbers. `total` is set apart below. */
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly Row[]; readonly total?: Row }
  /** A few numbers side by side, large; what a number comes to stands below it. */
  | { readonly kind: 'figures'; readonly figures: readonly FigureItem[] }
  /** Records to open, each with a few quiet words. `more` says what is left out. */
  | { readonly kind: 'links'; readonly title: string; readonly items: readonly LinkItem[]; readonly more?: string };
/** A company as its mails show it. */
interface Sender {
  readonly name: string;
  readonly logo?: { readonly url: string; readonly width: number; readonly height: number; readonly ground: LogoGround };
}
type Row = readonly string[];
type FigureItem = readonly [label: string, value: string, detail?: string | undefined];
interface LinkItem {
  readonly title: string;
  readonly url: string;
  readonly note?: string;
}

const LONGEST_SUBJECT = 150;

/**
 * Both forms of a mail. The HTML is what mail programs understand: tables, inline styles, hex colours; dark where the
 * reader's program says so. Nothing is loaded from anywhere but the sender's logo, whose name stands in its place where
 * pictures are not shown.
 */
export function layOutMail(content: MailContent): { subject: string; text: string; html: string } {
  return { subject: cutText(oneLine(content.subject), LONGEST_SUBJECT), text: toText(content), html: toHtml(content) };
}

/** @param site  origin of the site, which serves the logo */
export function senderOf(workspace: Values | undefined, site: string): Sender {
  const { name, logo } = brandOf(workspace);
  return logo ? { name, logo: { url: `${site}${logoPath(logo)}`, width: logo.width, height: logo.height, ground: logo.ground } } : { name };
}

/** Of one header. Nothing else is cleaned: what keeps words from becoming links stays. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** Keeps what an outsider wrote (a firm's or a person's name) from becoming a link in his addressee's mail program. */
export const withoutLinks = (text: string): string => text.replace(/[.:/@](?=\S)/g, '$&\u2060');

/** What parts words in a language. */
const MARKS = { en: { colon: ': ', comma: ', ' }, 'zh-CN': { colon: '：', comma: '，' } } as const;

function toText({ locale, title, blocks, foot }: MailContent): string {
  const parts = blocks.map((block) => blockText(block, MARKS[locale]));
  return `${[title, ...parts, ['--', ...foot].join('\n')].join('\n\n')}\n`;
}

function blockText(block: Block, { colon, comma }: (typeof MARKS)[Locale]): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'heading':
      return `# ${block.text}`;
    case 'button':
      return `${block.title}${colon.trim()}\n${block.url}`;
    case 'facts':
      return block.rows.map(([label, value]) => `${label}${colon}${value}`).join('\n');
    case 'table': {
      const [, ...names] = block.head;
      const line = ([first, ...values]: Row) => `${first}${colon}${values.map((value, i) => `${names[i]} ${value}`).join(comma)}`;
      return [...block.rows, ...(block.total ? [block.total] : [])].map(line).join('\n');
    }
    case 'figures':
      return block.figures.map(([label, value, detail]) => `${label}${colon}${value}${detail ? ` (${detail})` : ''}`).join('\n');
    case 'links':
      return [
        `# ${block.title}`,
        ...block.items.map(({ title, url, note }) => `- ${title}${note ? ` (${note})` : ''}\n  ${url}`),
        ...(block.more ? [block.more] : []),
      ].join('\n');
    default:
      return block satisfies never;
  }
}

const FONT = `-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei',Arial,sans-serif`;
const INK = '#192226';
const MUTED = '#576165';
const LINE = '#e0e5e6';
const ACCENT = '#09707f';
const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';

const MOST_LOGO_WIDTH = 200;
const MOST_LOGO_HEIGHT = 40;
/** A plate of its own: whether the reader's program is light or dark cannot be known here. */
const GROUNDS = { light: '#ffffff', dark: '#1d2427' } as const;

const NARROW = `@media (max-width:480px){.sheet{padding:22px 18px 10px!important}.number{padding-left:4px!important}th.number{font-size:11px!important}}`;
const DARK = `@media (prefers-color-scheme:dark){
.canvas{background:#14191b!important}.sheet{background:#1d2427!important;border-color:#333c40!important}
.ink{color:#e8edee!important}.muted{color:#a3adb0!important}.line{border-color:#333c40!important}
.link{color:#4fb3c2!important}.button{background:#4fb3c2!important}.button a{color:#0d1517!important}}`;

function toHtml({ locale, subject, title, blocks, foot, from }: MailContent): string {
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title><style>${NARROW}${DARK}</style></head>
<body class="canvas" style="margin:0;background:#f4f7f8;font-family:${FONT}">
<table ${TABLE} class="canvas" style="background:#f4f7f8"><tr><td align="center" style="padding:24px 12px">
<table ${TABLE} style="max-width:560px;text-align:left">
<tr><td class="ink" style="padding:0 4px 12px;font-size:14px;font-weight:600;color:${INK}">${senderHtml(from) ?? (locale === 'en' ? 'Regulars' : '常客')}</td></tr>
<tr><td class="sheet" style="background:#ffffff;border:1px solid ${LINE};border-radius:10px;padding:28px 28px 12px">
<h1 class="ink" style="margin:0 0 16px;font-size:20px;line-height:28px;font-weight:600;color:${INK};overflow-wrap:anywhere">${escapeHtml(title)}</h1>
${blocks.map(blockHtml).join('\n')}
</td></tr>
<tr><td class="muted" style="padding:16px 4px;font-size:12px;line-height:18px;color:${MUTED}">${foot.map(escapeHtml).join('<br>')}</td></tr>
</table></td></tr></table></body></html>
`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p class="ink" style="margin:0 0 16px;font-size:15px;line-height:24px;color:${INK};overflow-wrap:anywhere">${escapeHtml(block.text).replace(/\n/g, '<br>')}</p>`;
    case 'heading':
      return `<h2 class="ink" style="margin:20px 0 8px;font-size:15px;line-height:22px;font-weight:600;color:${INK};overflow-wrap:anywhere">${escapeHtml(block.text)}</h2>`;
    case 'button':
      return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 20px"><tr><td class="button" style="background:${ACCENT};border-radius:7px"><a href="${escapeHtml(block.url)}" style="display:inline-block;padding:10px 18px;font-size:15px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(block.title)}</a></td></tr></table>`;
    case 'facts':
      return `<table ${TABLE} style="margin:0 0 16px">${block.rows.map(factHtml).join('')}</table>`;
    case 'table':
      return tableHtml(block);
    case 'figures':
      return figuresHtml(block.figures);
    case 'links':
      return linksHtml(block);
    default:
      return block satisfies never;
  }
}

/** The words beside the picture are what a reader sees whose program shows none. */
function senderHtml(from: Sender | undefined): string | undefined {
  if (!from?.logo) return undefined;
  const { url, ground, ...size } = from.logo;
  const shrunk = Math.min(1, MOST_LOGO_WIDTH / size.width, MOST_LOGO_HEIGHT / size.height);
  const [width, height] = [size.width, size.height].map((pixels) => Math.max(1, Math.round(pixels * shrunk)));
  const ink = ground === 'dark' ? '#ffffff' : INK;
  const plate = ground === 'any' ? '' : `;color:${ink};background:${GROUNDS[ground]};padding:6px 8px;border-radius:6px`;
  return `<img src="${escapeHtml(url)}" alt="${escapeHtml(from.name)}" width="${width}" height="${height}" style="display:block;border:0;font-size:14px;line-height:20px;font-weight:600${plate}">`;
}

const factHtml = ([label, value]: readonly [string, string]): string =>
  `<tr><td class="muted" width="30%" valign="top" style="padding:4px 12px 4px 0;font-size:14px;line-height:20px;color:${MUTED}">${escapeHtml(label)}</td>` +
  `<td class="ink" valign="top" style="padding:4px 0;font-size:14px;line-height:20px;color:${INK};overflow-wrap:anywhere">${escapeHtml(value)}</td></tr>`;

/** Real headings, unlike the tables that only place things: a screen reader tells which number is which. */
function tableHtml({ head, rows, total }: Extract<Block, { kind: 'table' }>): string {
  const line = `border-bottom:1px solid ${LINE}`;
  // Names may break anywhere, numbers and the words above them only between words: five columns fit a phone.
  const cell = (tag: 'th' | 'td', ink: 'ink' | 'muted', weight: number) => (text: string, i: number) => {
    const heads = tag === 'th' ? ` scope="col" valign="bottom"${i ? '' : ' width="38%"'}` : '';
    const size = tag === 'th' ? '12px;line-height:16px' : '14px;line-height:20px';
    const place = i ? 'padding:6px 0 6px 8px' : 'padding:6px 0;overflow-wrap:anywhere';
    const style = `${place};font-size:${size};font-weight:${weight};color:${ink === 'ink' ? INK : MUTED};${line}`;
    return `<${tag} class="${ink} line${i ? ' number' : ''}" align="${i ? 'right' : 'left'}"${heads} style="${style}">${escapeHtml(text)}</${tag}>`;
  };
  const row = (cells: Row, weight: number) => `<tr>${cells.map(cell('td', 'ink', weight)).join('')}</tr>`;
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;border-collapse:collapse"><tr>${head.map(cell('th', 'muted', 400)).join('')}</tr>${rows.map((each) => row(each, 400)).join('')}${total ? row(total, 600) : ''}</table>`;
}

function figuresHtml(figures: readonly FigureItem[]): string {
  const width = Math.floor(100 / figures.length);
  const cell = ([label, value, detail]: FigureItem) =>
    `<td class="line" width="${width}%" valign="top" style="padding:12px 4px 10px 0;border-top:1px solid ${LINE};border-bottom:1px solid ${LINE}">` +
    `<span class="ink" style="display:block;font-size:26px;line-height:32px;font-weight:600;color:${INK}">${escapeHtml(value)}</span>` +
    `<span class="muted" style="display:block;font-size:12px;line-height:16px;color:${MUTED}">${escapeHtml(label)}</span>` +
    `${detail ? `<span class="ink" style="display:block;padding-top:2px;font-size:12px;line-height:16px;font-weight:600;color:${INK};overflow-wrap:anywhere">${escapeHtml(detail)}</span>` : ''}</td>`;
  return `<table ${TABLE} style="margin:0 0 20px;table-layout:fixed"><tr>${figures.map(cell).join('')}</tr></table>`;
}

function linksHtml({ title, items, more }: Extract<Block, { kind: 'links' }>): string {
  const item = ({ title: name, url, note }: LinkItem) =>
    `<tr><td style="padding:5px 0;font-size:15px;line-height:20px;overflow-wrap:anywhere"><a class="link" href="${escapeHtml(url)}" style="color:${ACCENT};text-decoration:none;font-weight:600">${escapeHtml(name)}</a>` +
    `${note ? `<br><span class="muted" style="font-size:13px;color:${MUTED}">${escapeHtml(note)}</span>` : ''}</td></tr>`;
  const rest = more
    ? `<tr><td class="muted" style="padding:5px 0;font-size:13px;line-height:20px;color:${MUTED}">${escapeHtml(more)}</td></tr>`
    : '';
  return `${blockHtml({ kind: 'heading', text: title })}<table ${TABLE} style="margin:0 0 16px">${items.map(item).join('')}${rest}</table>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
