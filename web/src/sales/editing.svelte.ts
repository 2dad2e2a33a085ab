import type { AnyRecord } from '../../../shared/kernel/record.ts';

/** A part of a deal or an order that is changed in a dialog of its own. */
export type Part = 'rate' | 'lines' | 'people' | 'competitors' | 'workGroup';

class Editing {
  /** What the open dialog changes. */
  asked = $state.raw<{ readonly record: AnyRecord; readonly part: Part } | undefined>();

  ask(record: AnyRecord, part: Part): void {
    this.asked = { record, part };
  }

  end(): void {
    this.asked = undefined;
  }
}

export const editing = new Editing();
