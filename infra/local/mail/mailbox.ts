import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Mail {
  /** As SES gives it to the sender. */
  id: string;
  /** Instant on the virtual clock. */
  at: string;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  html?: string;
  text?: string;
  headers: { name: string; value: string }[];
  attachments: { filename: string; contentType: string; size: number }[];
  configurationSet?: string;
  tags: Record<string, string>;
}

export interface Mailbox {
  add(mail: Mail): void;
  /** Newest first. */
  list(filter?: { to?: string }): Mail[];
  find(id: string): Mail | undefined;
  clear(): void;
  close(): void;
}

const most = 1000;

/**
 * The newest mails, up to a thousand.
 * @param file  absent: in memory
 */
export function openMailbox(file?: string): Mailbox {
  if (file !== undefined) mkdirSync(path.dirname(file), { recursive: true });
  const db = new DatabaseSync(file ?? ':memory:');
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS mails (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, mail TEXT)');
  const insert = db.prepare('INSERT INTO mails (id, mail) VALUES (?, ?)');
  const forget = db.prepare('DELETE FROM mails WHERE n <= (SELECT max(n) FROM mails) - ?');
  const all = db.prepare('SELECT mail FROM mails ORDER BY n DESC');
  const one = db.prepare('SELECT mail FROM mails WHERE id = ?');
  const parse = (row: unknown) => JSON.parse((row as { mail: string }).mail) as Mail;
  return {
    add(mail) {
      insert.run(mail.id, JSON.stringify(mail));
      forget.run(most);
    },
    list({ to } = {}) {
      const mails = all.all().map(parse);
      const wanted = to?.toLowerCase();
      return wanted === undefined
        ? mails
        : mails.filter((mail) => recipients(mail).some((address) => address.toLowerCase().includes(wanted)));
    },
    find(id) {
      const row = one.get(id);
      return row && parse(row);
    },
    clear() {
      db.exec('DELETE FROM mails');
    },
    close: () => db.close(),
  };
}

export function recipients(mail: Mail): string[] {
  return [...mail.to, ...mail.cc, ...mail.bcc];
}
