import { m } from '#messages';

/** Short notes in the corner. One place keeps them; `ui/Toaster` shows them. */
export interface Toast {
  readonly id: number;
  readonly text: () => string;
  readonly tone: 'plain' | 'good' | 'bad';
  /** One thing to do about it; doing it closes the toast. */
  readonly action?: { readonly title: () => string; readonly run: () => void | Promise<void>; readonly undo?: boolean };
  readonly durationMs: number;
}

type Options = Partial<Pick<Toast, 'tone' | 'action' | 'durationMs'>>;

const SHORT_MS = 4_000;
/** Time to change one's mind, and to read an error. */
const LONG_MS = 8_000;
const MOST = 3;

class Toasts {
  shown = $state.raw<readonly Toast[]>([]);
  #last = 0;

  /** @param text  a function, so that the words follow a switch of language */
  show(text: () => string, options: Options = {}): number {
    const id = ++this.#last;
    const durationMs = options.durationMs ?? (options.action || options.tone === 'bad' ? LONG_MS : SHORT_MS);
    this.shown = [...this.shown, { id, text, tone: 'plain' as const, ...options, durationMs }].slice(-MOST);
    return id;
  }

  /** What was done can be taken back for eight seconds, by the button or Ctrl-Z. */
  showUndo(text: () => string, undo: () => void | Promise<void>): number {
    return this.show(text, { action: { title: m.kernel_undo, run: undo, undo: true } });
  }

  close(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }

  async act(toast: Toast): Promise<void> {
    this.close(toast.id);
    await toast.action?.run();
  }

  /** The newest toast that can still be undone. */
  get undoable(): Toast | undefined {
    return this.shown.findLast((toast) => toast.action?.undo);
  }
}

export const toasts = new Toasts();
