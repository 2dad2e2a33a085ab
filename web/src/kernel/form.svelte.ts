import { tick } from 'svelte';
import type { Issue } from '../../../shared/kernel/errors.ts';
import { ApiError } from './api.ts';
import { wordIssue } from './issues.ts';

export interface FormOptions<Values extends object> {
  initial: Values;
  /** All that is wrong now; empty when it may be sent. Runs as the user types. */
  check?: (values: Values) => readonly Issue[];
  submit: (values: Values) => Promise<void>;
}

/**
 * The state of a form. Faults show once a field was left or sending was tried; the server's faults go to their fields,
 * and what belongs to no field is `failure`.
 */
export class Form<Values extends object> {
  values: Values;
  busy = $state(false);
  /** What went wrong as a whole; for `describeError`. */
  failure = $state.raw<unknown>();
  #left = $state<Record<string, boolean>>({});
  #refused = $state.raw<readonly Issue[]>([]);
  #options: FormOptions<Values>;
  #sentAs = $state('');

  constructor(options: FormOptions<Values>) {
    this.#options = options;
    const values = $state(structuredClone(options.initial));
    this.values = values as Values;
  }

  #issues = $derived.by(() => {
    // The server's word holds until the values are others.
    const refused = JSON.stringify(this.values) === this.#sentAs ? this.#refused : [];
    return new Map([...refused, ...(this.#options.check?.(this.values) ?? [])].map((issue) => [this.#placeOf(issue), issue]));
  });

  readonly dirty = $derived.by(() => JSON.stringify(this.values) !== JSON.stringify(this.#options.initial));

  /** Words for a field, or nothing while the user has not been there yet. */
  error(field: keyof Values & string): string | undefined {
    const issue = this.#left[field] ? this.#issues.get(field) : undefined;
    return issue && wordIssue(issue);
  }

  leave(field: keyof Values & string): void {
    this.#left[field] = true;
  }

  /** For `onsubmit`. Never throws: what goes wrong is shown by the form. */
  async submit(event?: SubmitEvent): Promise<void> {
    event?.preventDefault();
    const form = event?.currentTarget as HTMLFormElement | undefined;
    if (this.busy) return;
    this.failure = undefined;
    if (this.#issues.size) return this.#show(form);
    this.busy = true;
    const sent = $state.snapshot(this.values) as Values;
    try {
      await this.#options.submit(sent);
    } catch (error) {
      this.#sentAs = JSON.stringify(sent);
      this.#refused = error instanceof ApiError ? error.issues : [];
      // Faults of fields that this form does not have cannot be shown at a field.
      const placed = this.#refused.length > 0 && this.#refused.every((issue) => this.#placeOf(issue) in this.values);
      if (!placed) this.failure = error;
      await this.#show(form);
    } finally {
      this.busy = false;
    }
  }

  /** A fault in a part of a value, `address.city` or `emails.2`, shows at the field. */
  #placeOf({ field }: Issue): string {
    return field in this.values ? field : field.split('.')[0]!;
  }

  async #show(form: HTMLFormElement | undefined): Promise<void> {
    for (const field of this.#issues.keys()) this.#left[field] = true;
    await tick();
    form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }
}
