import { createHash } from 'node:crypto';
import * as m from '#messages';
import type { Issue } from '../../shared/kernel/errors.ts';
import { escapeHtml } from '../../shared/kernel/html.ts';
import { wording, type Locale } from '../../shared/kernel/types.ts';
import { CONSENT, labelOfQuestion, usualFieldOf } from '../../shared/leads/formFields.ts';
import { lead } from '../../shared/leads/lead.ts';
import type { Brand } from '../../shared/workspace/brand.ts';
import { logoPath } from '../../shared/workspace/logoPath.ts';
import type { Problem } from '../runtime/problem.ts';
import type { Answer, Request } from '../runtime/route.ts';

type Headers = Request['headers'];

/** Whether a browser sent the form by itself and will show the answer; a script says that it wants JSON, or sends it. */
export const wantsPage = (headers: Headers): boolean => {
  const accept = headers['accept'] ?? '';
  if (accept.includes('application/json')) return false;
  return accept.includes('text/html') || !(headers['content-type'] ?? '').startsWith('application/json');
};

/** The first of the visitor's languages that is spoken here; browsers list them by preference. */
const localeOf = (headers: Headers): Locale => {
  const first = /(?:^|[,\s])(zh|en)\b/i.exec(headers['accept-language'] ?? '')?.[1]?.toLowerCase();
  return first === 'zh' ? 'zh-CN' : 'en';
};

/** @param brand  of the company whose form it was, where that is known */
export function thanksPage(headers: Headers, brand?: Brand): Answer {
  const locale = localeOf(headers);
  return page(locale, 200, m.publicForms_thanks_title({}, { locale }), [m.publicForms_thanks_text({}, { locale })], { brand });
}

/** What went wrong, for the person who filled in the form; undefined where a script sent it. */
export function refusalPage(problem: Problem, headers: Headers): Answer | undefined {
  if (!wantsPage(headers)) return undefined;
  const locale = localeOf(headers);
  const [title, text] = WORDING[problem.code] ?? (problem.status < 500 ? REFUSED : FAULT);
  const wait = problem.params?.['retryAfterSeconds'];
  return page(locale, problem.status, title({}, { locale }), [text({}, { locale })], {
    items: (problem.issues ?? []).map((issue) => `${labelOf(issue.field, locale)}: ${issueText(issue, locale)}`),
    headers: wait === undefined ? {} : { 'retry-after': String(wait) },
  });
}

type Message = (input: Record<string, never>, options: { locale: Locale }) => string;
const REFUSED: readonly [Message, Message] = [m.publicForms_refused_title, m.publicForms_refused_text];
const FAULT: readonly [Message, Message] = [m.publicForms_fault_title, m.publicForms_fault_text];
const WORDING: Readonly<Record<string, readonly [Message, Message]>> = {
  'budget.spent': [m.publicForms_busy_title, m.publicForms_busy_text],
  'form.paused': [m.publicForms_paused_title, m.publicForms_paused_text],
  'form.notFound': [m.publicForms_unknown_title, m.publicForms_unknown_text],
  'form.multipart': [m.publicForms_type_title, m.publicForms_type_text],
};

const ISSUES: Readonly<Record<string, Message>> = {
  'field.required': m.kernel_issue_required,
  'email.invalid': m.kernel_issue_email,
  'phone.invalid': m.kernel_issue_phone,
  'text.characters': m.kernel_issue_characters,
  'text.tooLong': m.kernel_issue_too_long,
  'form.consent': m.publicForms_issue_consent,
};
const issueText = ({ code, params }: Issue, locale: Locale): string =>
  code === 'text.tooLong' && params?.['limit'] !== undefined
    ? m.kernel_issue_too_long_limit({ limit: params['limit'] }, { locale })
    : (ISSUES[code] ?? m.kernel_issue_invalid)({}, { locale });

function labelOf(name: string, locale: Locale): string {
  if (name === CONSENT) return m.publicForms_label_consent({}, { locale });
  const to = usualFieldOf(name);
  return to ? wording(labelOfQuestion(to, lead.fields[to as keyof typeof lead.fields]), locale) : name;
}

const STYLE = `:root{color-scheme:light dark;font:1rem/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center}
main{max-width:32rem;padding:2rem 1.5rem}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .5rem}
img{display:block;max-width:14rem;max-height:4rem;width:auto;height:auto;margin:0 0 1.5rem;border-radius:.375rem}
@media (prefers-color-scheme:dark){img.light{background:#fff;padding:.5rem}}
@media (prefers-color-scheme:light){img.dark{background:#1d2427;padding:.5rem}}`;

/** Nothing but this one style sheet and a logo of ours, also inside of other people's frames; no script, no cookie. */
const POLICY = [
  "default-src 'none'",
  "img-src 'self'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ');

function page(
  locale: Locale,
  status: number,
  title: string,
  texts: readonly string[],
  { items = [], headers = {}, brand }: { items?: readonly string[]; headers?: Record<string, string>; brand?: Brand | undefined } = {},
): Answer {
  const logo = brand?.logo
    ? `<img class="${brand.logo.ground}" src="${logoPath(brand.logo)}" alt="${escapeHtml(brand.name)}" width="${brand.logo.width}" height="${brand.logo.height}">`
    : '';
  const list = items.length ? `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>` : '';
  const body = `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body><main>${logo}<h1>${escapeHtml(title)}</h1>${texts.map((text) => `<p>${escapeHtml(text)}</p>`).join('')}${list}</main></body>
</html>
`;
  return {
    status,
    body,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY, vary: 'accept-language', ...headers },
  };
}
