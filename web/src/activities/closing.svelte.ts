import { m } from '#messages';
import { activity, type Activity } from '../../../shared/activities/activity.ts';
import { isOpenActivity } from '../../../shared/activities/activityRules.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { ApiError } from '../kernel/api.ts';
import { api } from '../kernel/connection.svelte.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { toasts } from '../kernel/toasts.svelte.ts';

/** What is said when an activity is done; `nextStep` holds the fields of a new one. */
export interface Completion {
  readonly outcome?: string;
  readonly evaluation?: string;
  readonly nextStep?: Values;
  /** Nothing comes again. */
  readonly endSeries?: boolean;
}

interface Closed {
  readonly activity: AnyRecord;
  readonly next?: AnyRecord;
  readonly nextStep?: AnyRecord;
}

/** Closes activities by the server's commands; lists let go of them at once. */
class Closing {
  #leaving = $state.raw<ReadonlySet<string>>(new Set());

  /** It is being closed, so that no list needs to show it as open any more. Reactive. */
  isLeaving(id: string): boolean {
    return this.#leaving.has(id);
  }

  /**
   * Says that it is done. It can be taken back, with the next step as long as nobody has touched that; the next of a series
   * then stays.
   * @throws ApiError activity.closed (409); input.invalid with issues under `nextStep.`
   */
  async complete(one: Pick<Activity, 'id' | 'version' | 'subject'>, completion: Completion = {}): Promise<void> {
    const closed = await this.#close(one, 'complete', completion);
    const { subject } = one;
    toasts.showUndo(
      () =>
        closed.nextStep
          ? m.activities_done_next({ subject })
          : closed.next
            ? m.activities_done_again({ subject })
            : m.activities_done({ subject }),
      () => this.reopen(closed.activity, closed.nextStep?.id),
    );
  }

  /** Calls it off; of a series this one alone, unless that is to end. @throws ApiError activity.closed (409) */
  async cancel(one: Pick<Activity, 'id' | 'version' | 'subject'>, endSeries: boolean): Promise<void> {
    const closed = await this.#close(one, 'cancel', endSeries ? { endSeries } : {});
    toasts.showUndo(
      () => m.activities_cancelled({ subject: one.subject }),
      () => this.reopen(closed.activity),
    );
  }

  /** @param nextStepId  of a next step that is to go as well */
  async reopen({ id, version }: Pick<AnyRecord, 'id' | 'version'>, nextStepId?: string): Promise<void> {
    const body = nextStepId === undefined ? {} : { nextStepId };
    replica.accept(activity.name, await api.post<AnyRecord>(`activities/${id}/reopen`, body, { version, repeatable: true }));
    replica.expectNews();
  }

  async #close({ id, version }: Pick<Activity, 'id' | 'version'>, command: 'complete' | 'cancel', body: Completion): Promise<Closed> {
    this.#leaving = new Set([...this.#leaving, id]);
    try {
      const closed = await this.#send(id, version, command, body);
      for (const record of [closed.activity, closed.next, closed.nextStep]) if (record) replica.accept(activity.name, record);
      replica.expectNews();
      return closed;
    } finally {
      this.#leaving = new Set([...this.#leaving].filter((other) => other !== id));
    }
  }

  /** Who says that it is done means it whatever else was changed meanwhile, as long as it is open. */
  async #send(id: string, version: number, command: string, body: Completion): Promise<Closed> {
    const send = (of: number) => api.post<Closed>(`activities/${id}/${command}`, body, { version: of, repeatable: true });
    try {
      return await send(version);
    } catch (error) {
      const now =
        error instanceof ApiError && error.code === 'record.stale' ? (error.params['record'] as AnyRecord | undefined) : undefined;
      if (now?.id !== id) throw error;
      replica.accept(activity.name, now);
      if (!isOpenActivity(now)) throw error;
      return send(now.version);
    }
  }
}

export const closing = new Closing();
