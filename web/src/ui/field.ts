import { createContext } from 'svelte';

/** What a control inside a `Field` needs to be named, described and marked. */
export interface FieldContext {
  readonly id: string;
  readonly labelId: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}

const [get, set] = createContext<FieldContext>();

export const setField = set;

/** The field around this control; a control may also stand alone, named by `aria-label`. */
export function findField(): FieldContext | undefined {
  try {
    return get();
  } catch {
    return undefined; // no field around
  }
}

/** Attributes that tie a native control to its field. */
export function fieldAttributes(field: FieldContext | undefined) {
  return {
    id: field?.id,
    'aria-describedby': field?.describedBy,
    'aria-invalid': field?.invalid ? ('true' as const) : undefined,
    'aria-required': field?.required ? ('true' as const) : undefined,
  };
}

/** The look that all boxes for text share. */
export const BOX =
  'w-full rounded-control border border-field-line bg-surface text-ink transition-colors duration-80 outline-none ' +
  'hover:border-muted focus-visible:border-ring focus-visible:ring-2 focus-visible:ring-ring/30 ' +
  'has-focus-visible:border-ring has-focus-visible:ring-2 has-focus-visible:ring-ring/30 ' +
  'aria-invalid:border-bad has-aria-invalid:border-bad ' +
  'disabled:bg-sunken disabled:text-muted has-disabled:bg-sunken coarse:min-h-11 coarse:text-section';
