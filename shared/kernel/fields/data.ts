import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import type { Label } from '../types.ts';

/** Structured values that only the product itself writes and reads (a form's raw answers, a role's grants). */
export interface DataField<T = unknown> extends Field<T> {
  readonly kind: 'data';
  /** Its own check; everything that fits JSON passes without one. Absent on fields rebuilt from stored definitions. */
  readonly shape?: () => z.ZodMiniType<T>;
  readonly example?: T;
}

export const data = <T, const O extends FieldFlags>(label: Label, content: { shape: () => z.ZodMiniType<T>; example: NoInfer<T> }, flags?: O) =>
  ({ kind: 'data', hidden: true, label, ...content, ...flags }) as DataField<T> & O;

export const dataKind: FieldKind<unknown, DataField> = {
  schema: (field) => field.shape?.() ?? z.json(),
  jsonSchema: () => ({}),
  operators: ['empty', 'notEmpty'],
  compare: () => 0,
  atoms: () => [],
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
