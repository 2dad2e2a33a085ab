import { FILE_PREFIX, faultOfName, LARGEST_FILE_BYTES } from '../../../../shared/workspace/recordFile.ts';
import { cleanFileName } from '../../../../shared/workspace/fileName.ts';
import { ApiError, NetworkError } from '../../kernel/api.ts';
import { api } from '../../kernel/connection.svelte.ts';
import { newId } from '../../kernel/newId.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';
import { sha256Of } from './sha256.ts';

/** One file on its way to the store. */
export class Upload {
  readonly id = newId(FILE_PREFIX);
  readonly file: File;
  state = $state<'waiting' | 'sending' | 'failed' | 'refused'>('waiting');
  /** Of its bytes, 0..1. */
  progress = $state(0);
  /** Why it failed or was refused: an error, or the code of a fault. */
  fault = $state.raw<unknown>();

  constructor(file: File) {
    this.file = file;
    const fault = file.size === 0 ? 'file.empty' : file.size > LARGEST_FILE_BYTES ? 'file.tooLarge' : faultOfName(cleanFileName(file.name));
    if (fault) this.refuse(fault);
  }

  refuse(fault: string): void {
    this.state = 'refused';
    this.fault = fault;
  }
}

/** As many at a time as a line carries without all of them crawling. */
const LANES = 2;

/** Files on their way to one record; they go on while the user looks at another page. */
class Uploads {
  all = $state.raw<readonly Upload[]>([]);
  /** How many have arrived since the page was opened. */
  arrived = $state(0);
  readonly #path: string;
  #running = 0;

  constructor(path: string) {
    this.#path = path;
  }

  add(files: Iterable<File>): void {
    this.all = [...this.all, ...[...files].map((file) => new Upload(file))];
    this.#next();
  }

  retry(upload: Upload): void {
    upload.state = 'waiting';
    upload.fault = undefined;
    this.#next();
  }

  /** Takes it off the list; one that is being sent is left to end unseen. */
  drop(upload: Upload): void {
    this.all = this.all.filter((other) => other !== upload);
  }

  #next(): void {
    while (this.#running < LANES) {
      const upload = this.all.find(({ state }) => state === 'waiting');
      if (!upload) return;
      this.#running++;
      void this.#send(upload).finally(() => {
        this.#running--;
        this.#next();
      });
    }
  }

  /** Announces, sends and has it taken; each step may be repeated, for its id is the file's own. */
  async #send(upload: Upload): Promise<void> {
    const { id, file } = upload;
    upload.state = 'sending';
    upload.progress = 0;
    const repeatable = { repeatable: true };
    try {
      const to = await this.#announce(upload, await sha256Of(file));
      if (to) await put(to, file, (share) => (upload.progress = share));
      await api.post(`${this.#path}/${id}/complete`, {}, repeatable);
      this.drop(upload);
      this.arrived++;
      // The timeline says who put it there, when the feed tells of it.
      replica.expectNews();
    } catch (error) {
      const issue = error instanceof ApiError ? error.issues[0] : undefined;
      if (issue) return upload.refuse(issue.code);
      upload.state = 'failed';
      upload.fault = isCode(error, 'file.missing') ? new NetworkError() : error;
    }
  }

  /** @returns where its bytes go; nothing when they have arrived before, and only the answer was lost */
  async #announce({ id, file }: Upload, sha256: string): Promise<Target | undefined> {
    try {
      const body = { id, name: file.name, size: file.size, sha256 };
      return (await api.post<{ upload: Target }>(this.#path, body, { repeatable: true })).upload;
    } catch (error) {
      if (isCode(error, 'record.exists')) return undefined;
      throw error;
    }
  }
}

interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}
const isCode = (error: unknown, code: string): boolean => error instanceof ApiError && error.code === code;

/** Sends a file, telling how much of it has gone. `fetch` cannot tell. */
function put({ url, headers }: Target, file: File, tell: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => tell(total ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve() : reject(new NetworkError()));
    request.onerror = () => reject(new NetworkError());
    request.send(file);
  });
}

const known = new Map<string, Uploads>();

/** @param path  of a record's files: `customers/cus_…/files` */
export function uploadsTo(path: string): Uploads {
  const uploads = known.get(path) ?? new Uploads(path);
  known.set(path, uploads);
  return uploads;
}

session.onEnd(() => known.clear());
