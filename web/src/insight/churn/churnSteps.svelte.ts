import { m } from '#messages';
import { churnWarning, type ChurnWarning } from '../../../../shared/insight/churnWarning.ts';
import type { ChurnStep } from '../../../../shared/insight/churnHandling.ts';
import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import type { Day } from '../../../../shared/kernel/types.ts';
import { api } from '../../kernel/connection.svelte.ts';
import { addErrorWords, reportError } from '../../kernel/errors.ts';
import { addIssueWords } from '../../kernel/issues.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { toasts } from '../../kernel/toasts.svelte.ts';

addErrorWords({ 'churn.closed': () => m.insight_churn_refused_closed() });
addIssueWords({
  'churn.until.past': () => m.insight_churn_refused_past(),
  'churn.until.tooFar': () => m.insight_churn_refused_far(),
});

/** What people do about churn warnings, each said and undone like an edit. */
class ChurnSteps {
  /** The warning whose outcome is asked for. */
  closing = $state.raw<ChurnWarning | undefined>();

  /**
   * Safe to send again: what stands so already stays.
   * @throws ApiError churn.closed, record.stale (409)
   */
  async send({ id, version }: ChurnWarning, { kind, ...body }: ChurnStep): Promise<void> {
    const shown = replica.type(churnWarning.name).get(id)?.version ?? version;
    const path = `churn-warnings/${id}/${kind}`;
    replica.accept(churnWarning.name, await api.post<AnyRecord>(path, body, { version: shown, repeatable: true }));
    replica.expectNews();
  }

  acknowledge(warning: ChurnWarning): Promise<void> {
    return this.#undoable(warning, { kind: 'acknowledge' }, () => m.insight_churn_acknowledged({ name: warning.name }));
  }

  snooze(warning: ChurnWarning, until: Day, said: () => string): Promise<void> {
    return this.#undoable(warning, { kind: 'snooze', until }, said);
  }

  reopen(warning: ChurnWarning): Promise<void> {
    return this.send(warning, { kind: 'reopen' }).catch(reportError);
  }

  async #undoable(warning: ChurnWarning, step: ChurnStep, said: () => string): Promise<void> {
    try {
      await this.send(warning, step);
      toasts.showUndo(said, () => this.reopen(warning));
    } catch (error) {
      reportError(error);
    }
  }
}

export const churnSteps = new ChurnSteps();
