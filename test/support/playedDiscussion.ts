import type { TimelineRow } from '../../shared/kernel/plan.ts';
import { NOTE, parseNewNote, parseNote } from '../../shared/workspace/note.ts';
import { FILE_ADDED, parseFile, type FileInput, type RecordFile } from '../../shared/workspace/recordFile.ts';
import type { ApiAnswer } from './site.ts';

interface Asked {
  readonly method: string;
  /** What follows the record's id: `notes`, `follow` … */
  readonly rest: readonly string[];
  readonly body: unknown;
  readonly me: string;
  /** Who else is at work and may read everything. */
  readonly colleague: string;
  readonly at: string;
}

/** Where the played store stands: another origin than the page's. */
export const STORE = 'https://files.invalid/';

/** What people say under the records of the played server, and who follows them. */
export class PlayedDiscussion {
  readonly #rows = new Map<string, TimelineRow[]>();
  /** Ids of notes, by record, the last pinned first. */
  readonly #pins = new Map<string, string[]>();
  readonly #followers = new Map<string, Set<string>>();
  readonly #files = new Map<string, RecordFile[]>();
  readonly #announced = new Map<string, FileInput>();

  /** Notes of a record, newest first. */
  rows(id: string): readonly TimelineRow[] {
    return this.#rows.get(id) ?? [];
  }

  pinned(id: string, by: string, at: string): readonly TimelineRow[] {
    const pins = this.#pins.get(id) ?? [];
    return pins.flatMap((noteId) => this.rows(id).filter((row) => row.id === noteId)).map((row) => ({ ...row, pinned: { by, at } }));
  }

  /** Puts a note there, as a colleague would. */
  write(type: string, id: string, row: Omit<TimelineRow, 'on' | 'code'>): TimelineRow {
    const whole = { ...row, code: NOTE, on: { type, id } };
    this.#rows.set(id, [whole, ...this.rows(id)]);
    return whole;
  }

  /** @returns undefined for a request about something else */
  answer(type: string, id: string, { method, rest, body, me, colleague, at }: Asked): ApiAnswer | undefined {
    const [what, noteId] = rest;
    const followers = this.#followers.get(id) ?? new Set<string>();
    switch (what) {
      case 'readers':
        return { body: { items: [{ id: me }, { id: colleague }] } };
      case 'followers':
        return { body: { items: [...followers].map((follower) => ({ id: follower })) } };
      case 'follow':
        if (method === 'POST') followers.add(me);
        else followers.delete(me);
        this.#followers.set(id, followers);
        return { status: 204 };
      case 'notes':
        if (rest[2] === 'pin') {
          const others = (this.#pins.get(id) ?? []).filter((each) => each !== noteId);
          this.#pins.set(id, method === 'POST' ? [noteId!, ...others] : others);
          return { status: 204 };
        }
        return noteId === undefined ? this.#add(type, id, body, me, at) : this.#change(id, noteId, method, body, at);
      case 'files':
        return this.#file(type, id, method, rest.slice(1), body, me, at);
      default:
        return undefined;
    }
  }

  /** Files of a record, the newest first. */
  files(id: string): readonly RecordFile[] {
    return this.#files.get(id) ?? [];
  }

  #file(type: string, id: string, method: string, [fileId, command]: readonly string[], body: unknown, by: string, at: string): ApiAnswer {
    const url = `${STORE}${id}/${fileId ?? ''}`;
    if (method === 'GET') return { body: fileId === undefined ? { items: this.files(id) } : { url, headers: {} } };
    if (method === 'DELETE') {
      this.#files.set(
        id,
        this.files(id).filter((file) => file.id !== fileId),
      );
      return { status: 204 };
    }
    if (command === 'complete') {
      const { name, size } = this.#announced.get(fileId!)!;
      const file = { id: fileId!, name, size, by, at };
      this.#files.set(id, [file, ...this.files(id)]);
      this.#rows.set(id, [{ id: `${fileId}.added`, at, code: FILE_ADDED, params: { name }, by, on: { type, id } }, ...this.rows(id)]);
      return { body: file };
    }
    const parsed = parseFile(body);
    if (!parsed.ok) return { status: 400, body: { code: 'input.invalid', issues: parsed.issues } };
    this.#announced.set(parsed.value.id, parsed.value);
    return { status: 201, body: { upload: { url: `${STORE}${id}/${parsed.value.id}`, headers: { 'x-amz-checksum-sha256': 'x' } } } };
  }

  #add(type: string, id: string, body: unknown, by: string, at: string): ApiAnswer {
    const parsed = parseNewNote(body);
    if (!parsed.ok) return { status: 400, body: { code: 'input.invalid', issues: parsed.issues } };
    const { id: noteId, ...params } = parsed.value;
    return { status: 201, body: this.write(type, id, { id: noteId, at, by, params }) };
  }

  #change(id: string, noteId: string, method: string, body: unknown, editedAt: string): ApiAnswer {
    if (method === 'DELETE') {
      this.#rows.set(
        id,
        this.rows(id).filter((row) => row.id !== noteId),
      );
      return { status: 204 };
    }
    const parsed = parseNote(body);
    if (!parsed.ok) return { status: 400, body: { code: 'input.invalid', issues: parsed.issues } };
    const changed = this.rows(id).map((row) => (row.id === noteId ? { ...row, params: { ...parsed.value, editedAt } } : row));
    this.#rows.set(id, changed);
    return { body: changed.find((row) => row.id === noteId) };
  }
}
