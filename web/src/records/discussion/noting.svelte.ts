import type { AnyRecord, RecordDefinition } from '../../../../shared/kernel/record.ts';

/** Where a note about a record is written: in the box of its timeline where that is shown, else in a dialog. */
class Noting {
  asked = $state.raw<{ readonly definition: RecordDefinition; readonly record: AnyRecord } | undefined>();
  readonly #boxes = new Map<string, () => void>();

  ask(definition: RecordDefinition, record: AnyRecord): void {
    const focus = this.#boxes.get(record.id);
    if (focus) focus();
    else this.asked = { definition, record };
  }

  /** @returns the function that takes the box away again; fit for `$effect` */
  offer(recordId: string, focus: () => void): () => void {
    this.#boxes.set(recordId, focus);
    return () => void this.#boxes.delete(recordId);
  }
}

export const noting = new Noting();
