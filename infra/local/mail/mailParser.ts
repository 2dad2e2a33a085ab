import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import startSes from 'aws-ses-v2-local';
import { type SendRequest, SesError } from './sendRequest.ts';

/** A mail as aws-ses-v2-local stores it. */
export interface ParsedMail {
  messageId: string;
  from: string;
  replyTo: string[];
  destination: { to: string[]; cc: string[]; bcc: string[] };
  subject: string;
  body: { html?: string; text?: string };
  attachments: { filename?: string; contentType: string; size: number }[];
  headers?: { name: string; value: string }[];
}

export interface MailParser {
  /**
   * Reads the body of a SendEmail request, in any of its content forms.
   * @throws SesError where aws-ses-v2-local refuses it
   */
  parse(body: string): Promise<ParsedMail>;
  close(): Promise<void>;
}

const headers = { 'content-type': 'application/json', authorization: 'AWS4-HMAC-SHA256 local' };

/** Its store is one for the whole process and grows without end: one mail at a time, taken out at once. */
let turn: Promise<unknown> = Promise.resolve();

/** aws-ses-v2-local does the reading: templates, MIME, character sets. */
export async function startMailParser(): Promise<MailParser> {
  const start = ((startSes as { default?: unknown }).default ?? startSes) as (config: object) => Promise<Server>;
  const server = await start({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function read(body: string): Promise<ParsedMail> {
    const response = await fetch(`${url}/v2/email/outbound-emails`, { method: 'POST', headers, body });
    if (!response.ok) {
      const { detail, message } = (await response.json()) as { detail?: string; message?: string };
      throw new SesError('BadRequestException', detail ?? message ?? 'refused');
    }
    const { emails } = (await (await fetch(`${url}/store`)).json()) as { emails: ParsedMail[] };
    await fetch(`${url}/clear-store`, { method: 'POST' });
    return emails.at(-1)!;
  }

  return {
    async parse(body) {
      const mine = turn.then(() => read(body));
      turn = mine.catch(() => {});
      const mail = await mine;
      const { Raw } = (JSON.parse(body) as SendRequest).Content ?? {};
      // It drops the headers of a MIME message.
      return Raw ? { ...mail, headers: readHeaders(Buffer.from(Raw.Data, 'base64').toString()) } : mail;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The headers of a MIME message, folded lines joined. */
function readHeaders(message: string): { name: string; value: string }[] {
  const [head = ''] = message.split(/\r?\n\r?\n/, 1);
  return head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const at = line.indexOf(':');
      return at > 0 ? [{ name: line.slice(0, at), value: line.slice(at + 1).trim() }] : [];
    });
}
