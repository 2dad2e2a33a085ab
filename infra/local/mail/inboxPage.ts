import { type Mail, recipients } from './mailbox.ts';

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: start; padding: .4rem .6rem; border-bottom: 1px solid GrayText; vertical-align: top; overflow-wrap: anywhere; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid GrayText; padding: 1rem; }
  iframe { width: 100%; height: 32rem; border: 1px solid GrayText; background: white; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; overflow-wrap: anywhere; }
  dd { margin: 0; }
`;

/** For the pages below: nothing but their own style and frame. */
export const inboxPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** For a mail's own HTML: pictures and styles, as a mail program shows them, and no script. */
export const mailPolicy =
  "default-src 'none'; img-src * data:; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** @param root  path of the inbox, without a slash at its end */
export function listPage(mails: readonly Mail[], root: string): string {
  const rows = mails.map(
    (mail) => `<tr>
      <td><a href="${root}/${escape(mail.id)}">${escape(mail.subject) || '(no subject)'}</a></td>
      <td>${escape(decodeWords(recipients(mail).join(', ')))}</td>
      <td>${time(mail.at)}</td>
    </tr>`,
  );
  return page(
    'Mail',
    mails.length === 0
      ? '<p>No mail yet.</p>'
      : `<table><thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">At</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  );
}

/** One mail: its head, its HTML in a frame without scripts, its text with links. */
export function mailPage(mail: Mail, root: string): string {
  const head: [string, string][] = [
    ['From', decodeWords(mail.from)],
    ['To', decodeWords(mail.to.join(', '))],
    ['Cc', decodeWords(mail.cc.join(', '))],
    ['Bcc', decodeWords(mail.bcc.join(', '))],
    ['Reply to', decodeWords(mail.replyTo.join(', '))],
    ...mail.headers.map(({ name, value }): [string, string] => [name, value]),
    ['Attachments', mail.attachments.map(({ filename, contentType, size }) => `${filename} (${contentType}, ${size} bytes)`).join(', ')],
    [
      'Tags',
      Object.entries(mail.tags)
        .map(([name, value]) => `${name}=${value}`)
        .join(', '),
    ],
  ];
  const terms = head.filter(([, value]) => value !== '').map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`);
  return page(
    mail.subject || '(no subject)',
    `<p><a href="${root}">All mail</a> · ${time(mail.at)}</p>
    <dl>${terms.join('')}</dl>
    ${mail.html === undefined ? '' : `<h2>HTML</h2><iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The mail as HTML" src="${root}/${escape(mail.id)}/html"></iframe>`}
    ${mail.text === undefined ? '' : `<h2>Text</h2><pre>${linkify(mail.text)}</pre>`}`,
  );
}

/** The mail's HTML as a document whose links open beside it. */
export function mailDocument(mail: Mail): string {
  return `<!doctype html><base target="_blank">${mail.html ?? ''}`;
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>${escape(title)}</title><style>${style}</style></head><body><main><h1>${escape(title)}</h1>${body}</main></body></html>`;
}

function linkify(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, i) => (i % 2 === 0 ? escape(part) : `<a href="${escape(part)}" target="_blank" rel="noreferrer">${escape(part)}</a>`))
    .join('');
}

const time = (at: string) => `<time datetime="${escape(at)}">${escape(at.slice(0, 19).replace('T', ' '))} UTC</time>`;

/** `=?UTF-8?B?…?=` as text (RFC 2047), in UTF-8 alone. */
function decodeWords(text: string): string {
  return text.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, data: string) => {
    if (encoding.toLowerCase() === 'b') return Buffer.from(data, 'base64').toString();
    const percent = data
      .replaceAll('_', ' ')
      .replaceAll('%', '%25')
      .replace(/=([0-9a-f]{2})/gi, '%$1');
    try {
      return decodeURIComponent(percent);
    } catch {
      return data;
    }
  });
}

function escape(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (sign) => signs[sign]!);
}
