import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { command } from './salesCommands.ts';

export type Ending = 'won' | 'lost';

/** How a deal ended, and why. A loss needs a reason. */
export interface CloseWish {
  readonly outcome: Ending;
  readonly reasons?: readonly string[];
  readonly lostTo?: string;
  readonly closeNote?: string;
}

class Closing {
  /** The deal whose dialog is open. */
  asked = $state.raw<{ readonly deal: AnyRecord; readonly outcome: Ending } | undefined>();

  /** Opens the dialog, which stands wherever opportunities are shown. */
  ask(deal: AnyRecord, outcome: Ending): void {
    this.asked = { deal, outcome };
  }

  end(): void {
    this.asked = undefined;
  }

  /**
   * Safe to send again: a deal that has ended so stays as it is.
   * @throws ApiError opportunity.closed, record.stale (409); input.invalid with issues
   */
  send(deal: AnyRecord, wish: CloseWish): Promise<AnyRecord> {
    return command('opportunity', deal, 'close', wish);
  }
}

export const closing = new Closing();
