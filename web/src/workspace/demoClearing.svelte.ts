import { m } from '#messages';
import { api } from '../kernel/connection.svelte.ts';
import { addErrorWords, reportError } from '../kernel/errors.ts';
import { session } from '../kernel/session.svelte.ts';
import { toasts } from '../kernel/toasts.svelte.ts';

addErrorWords({ 'workspace.noDemo': () => m.home_demo_none() });

/** Answer of `clear-demo`. */
interface Progress {
  readonly state: 'none' | 'running' | 'done';
  readonly removed: number;
}

const ASK_AGAIN_MS = 1_500;

/** The removal of a demo, which goes on by itself and is watched from here. */
export class DemoClearing {
  progress = $state.raw<Progress | undefined>();
  #next: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  get running(): boolean {
    return this.progress?.state === 'running';
  }

  /** Looks whether somebody has begun it. Never throws. */
  async watch(): Promise<void> {
    try {
      await this.#take(await api.get<Progress>(this.#path));
    } catch {
      // There is no answer now; the next look may bring one.
      this.#lookAgain();
    }
  }

  async start(): Promise<void> {
    try {
      await this.#take(await api.post<Progress>(this.#path, {}));
    } catch (error) {
      reportError(error);
    }
  }

  /** The page is left. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#next);
  }

  get #path(): string {
    return `workspaces/${session.data?.workspace.id}/clear-demo`;
  }

  async #take(progress: Progress): Promise<void> {
    const wasRunning = this.running;
    this.progress = progress;
    if (progress.state === 'running') this.#lookAgain();
    else if (wasRunning) {
      toasts.show(m.home_demo_done, { tone: 'good' });
      await session.load();
    }
  }

  #lookAgain(): void {
    clearTimeout(this.#next);
    if (!this.#ended) this.#next = setTimeout(() => void this.watch(), ASK_AGAIN_MS);
  }
}
