import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import type { Label } from '../types.ts';

/** Structured values that only the product itself writes and reads (a form's raw answers, a role's grants). */
export interface DataField<T = unknown> extends Field<T> {
  readonly kind: 'data';
  /** Its own check; everything that fits JSON passes without one. Absent on fields rebuilt from stored definitions. */
  readonly shape?: () => z.ZodMiniType<T>;
  readonly example?: T;
  /** Of a list: which parts of its items are ids, and of which type, so that they are checked as references are. */
  readonly refs?: Readonly<Record<string, string>>;
  /** Large and read only with its whole record: stored compressed, and left out of the history. */
  readonly packed?: boolean;
}

export const data = <T, const O extends FieldFlags>(
  label: Label,
  content: { shape: () => z.ZodMiniType<T>; example: NoInfer<T>; refs?: DataField['refs']; packed?: boolean },
  flags?: O,
) => ({ kind: 'data', hidden: true, label, ...content, ...flags }) as DataField<T> & O;

const MOST_DEPTH = 20;

/** Whether a value is nested no deeper than `most`; looks no deeper either, so that no input exhausts the stack. */
const isShallow = (value: unknown, most = MOST_DEPTH): boolean =>
  value === null || typeof value !== 'object' || (most > 0 && Object.values(value).every((part) => isShallow(part, most - 1)));

const anything = () => z.pipe(z.unknown().check(z.refine((value) => isShallow(value), 'data.tooDeep')), z.json());

export const dataKind: FieldKind<unknown, DataField> = {
  schema: (field) => field.shape?.() ?? anything(),
  jsonSchema: () => ({}),
  operators: ['empty', 'notEmpty'],
  compare: () => 0,
  atoms: () => [],
  asked: () => undefined,
  toText: (value) => JSON.stringify(value),
  fromText: (value) => {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  },
  sample: (field) => field.example ?? {},
};
