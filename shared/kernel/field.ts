import type * as z from 'zod/mini';
import type { Label, Locale } from './types.ts';

/** How closely a value concerns a person: decides masking, exports, and what may reach a disk in the browser. */
export type Sensitivity = 'public' | 'internal' | 'personal' | 'sensitive';

/** Flags every field knows, whatever its kind. */
export interface FieldFlags {
  readonly required?: boolean;
  /** Its words find the record. */
  readonly search?: boolean;
  /** No two records of the type may hold the same value (a marker item in the same transaction). */
  readonly unique?: boolean;
  /** Two records with this value are possibly the same: refused once, allowed on repeat. */
  readonly match?: boolean;
  /** Written by rules and commands, never from a request body. */
  readonly readOnly?: boolean;
  /** Not shown in generic forms and lists. */
  readonly hidden?: boolean;
  /** A change of it is worth a row in the record's timeline. */
  readonly milestone?: boolean;
  /**
   * A workspace may change its list of values; code then asks for no key of it. `byShape`: its list follows from how the
   * workspace has set itself up.
   */
  readonly open?: true | 'byShape';
  readonly sensitivity?: Sensitivity;
  readonly help?: Label;
}

/** A field as declared: plain data, so that a custom field stored in the table is the very same thing. */
export interface Field<T = unknown> extends FieldFlags {
  readonly kind: string;
  readonly label: Label;
  /** Carries the value's type to `RecordOf`; never present at run time. */
  readonly valueType?: T;
}

/** What a filter may ask of a value; `within` asks for a period that moves with the reader's day. */
export const OPERATORS = ['is', 'isNot', 'in', 'contains', 'startsWith', 'lt', 'lte', 'gt', 'gte', 'within', 'empty', 'notEmpty'] as const;
export type Operator = (typeof OPERATORS)[number];

/** The simple value that a condition compares. */
export type Atom = string | number | boolean;

/** What is needed to write a value as text for a reader or a csv file. */
export interface TextContext {
  readonly locale: Locale;
  /** Titles of referenced records and names of members, by id. */
  readonly titles?: ReadonlyMap<string, string>;
}

/** A kind of field: how its values are validated, stored, filtered, searched, written as text and exemplified. */
export interface FieldKind<T, F extends Field<T> = Field<T>> {
  /** Parses JSON input into the stored, normalised value; messages of its issues are our codes. */
  schema(field: F): z.ZodMiniType<T>;
  /** The value in OpenAPI (JSON Schema 2020-12). */
  jsonSchema(field: F): Record<string, unknown>;
  readonly operators: readonly Operator[];
  /** Order of two present values. */
  compare(a: T, b: T, field: F): number;
  /** Atoms an `is`/`in`/`contains` filter is held against; a list value has several. */
  atoms(value: T): readonly Atom[];
  /** A condition's value in the form of the atoms, so that `VIP` finds the tag `vip`; undefined when it can be no value of this kind. */
  asked(value: unknown): Atom | undefined;
  /** Texts whose words find the record. */
  searchTexts?(value: T): readonly string[];
  /** Normalised forms under which two values are the same (`unique`, `match`). */
  keys?(value: T): readonly string[];
  /** For csv and plain text; `fromText(toText(v))` gives `v` again. */
  toText(value: T, field: F, context: TextContext): string;
  fromText(text: string, field: F): unknown;
  /** An example value, different for different n; the contract suite lives on these. */
  sample(field: F, n: number): T;
}
