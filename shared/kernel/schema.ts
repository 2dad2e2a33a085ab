import * as z from 'zod/mini';
import type { Issue } from './errors.ts';
import { kindOf } from './fields/index.ts';
import { isId } from './ids.ts';
import type { RecordDefinition, Values } from './record.ts';
import { cutText, isBlankText } from './text.ts';

// Zod's compiled parsers probe `new Function`, which a strict CSP reports as a violation.
z.config({ jitless: true });

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

type ObjectSchema = z.ZodMiniObject;
const CREATE = new WeakMap<RecordDefinition, ObjectSchema>();
const PATCH = new WeakMap<RecordDefinition, ObjectSchema>();

function compile(definition: RecordDefinition, patch: boolean): ObjectSchema {
  const shape: Record<string, z.ZodMiniType> = {};
  for (const [name, field] of Object.entries(definition.fields)) {
    if (field.readOnly) continue;
    const schema = kindOf(field).schema(field);
    // In a change `null` clears a field. A required one may be changed, never cleared. Empty text in a create means absent:
    // forms and spreadsheets send it for every box left blank.
    shape[name] = patch
      ? z.optional(field.required ? schema : z.nullable(schema))
      : field.required
        ? schema
        : z.optional(z.nullable(schema));
  }
  const id = z.string('id.invalid').check(z.refine((value) => isId(value), 'id.invalid'));
  if (definition.paths.owner) shape['ownerId'] = z.optional(id);
  if (!patch) shape['id'] = z.optional(z.string('id.invalid').check(z.refine((value) => isId(value, definition.idPrefix), 'id.invalid')));
  return z.strictObject(shape, 'input.object');
}

function schemaOf(definition: RecordDefinition, patch: boolean): ObjectSchema {
  const cache = patch ? PATCH : CREATE;
  let schema = cache.get(definition);
  if (!schema) cache.set(definition, (schema = compile(definition, patch)));
  return schema;
}

const isBlank = (value: unknown): boolean =>
  (typeof value === 'string' && isBlankText(value)) || (Array.isArray(value) && value.length === 0);

/** Blank text and empty lists mean "nothing there" in every form on earth; they become null before validation. */
export const blanksToNull = (input: unknown): unknown =>
  input !== null && typeof input === 'object' && !Array.isArray(input)
    ? Object.fromEntries(Object.entries(input).map(([key, value]) => [key, isBlank(value) ? null : value]))
    : input;

const CODE = /^[a-z][A-Za-z]*(?:\.[A-Za-z]+)+$/;
// An answer must not grow with the nonsense it is about.
const MOST_ISSUES = 100;
const LONGEST_PATH = 200;

function limitOf(issue: z.core.$ZodIssue): Issue['params'] {
  if (issue.code === 'too_big') return { limit: Number(issue.maximum) };
  if (issue.code === 'too_small') return { limit: Number(issue.minimum) };
  return issue.code === 'custom' ? issue.params : undefined;
}

/** Turns zod's issues into ours: dotted path, stable code, and the limits a message needs. Each is told once, at most a hundred. */
function toIssues(error: z.core.$ZodError): Issue[] {
  const told = new Map<string, Issue>();
  for (const issue of error.issues) {
    if (told.size >= MOST_ISSUES) break;
    const path = issue.path.map(String).join('.');
    const tell = (field: string, code: string, params?: Issue['params']) =>
      told.size < MOST_ISSUES &&
      void told.set(`${code} ${field}`, { field: cutText(field, LONGEST_PATH), code, ...(params ? { params } : {}) });
    if (issue.code === 'unrecognized_keys') issue.keys.forEach((key) => tell(path ? `${path}.${key}` : key, 'field.unknown'));
    else if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) tell(path, 'field.required');
    else {
      tell(path, CODE.test(issue.message) ? issue.message : 'field.invalid', limitOf(issue));
    }
  }
  return [...told.values()];
}

/** Parses any input against a zod schema into our issues; for bodies of commands. */
export function parseWith<T>(schema: z.ZodMiniType<T>, input: unknown): Parsed<T> {
  const result = z.safeParse(schema, input, { reportInput: true });
  return result.success ? { ok: true, value: result.data } : { ok: false, issues: toIssues(result.error) };
}

/** Required fields that the input leaves blank, told apart from values of the wrong type. */
function missingIn(definition: RecordDefinition, input: unknown): { rest: unknown; missing: Issue[] } {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return { rest: input, missing: [] };
  const isMissing = ([name, value]: [string, unknown]) =>
    value === null && Object.hasOwn(definition.fields, name) && definition.fields[name]!.required;
  const entries = Object.entries(input);
  return {
    rest: Object.fromEntries(entries.filter((entry) => !isMissing(entry))),
    missing: entries.filter(isMissing).map(([name]) => ({ field: name, code: 'field.required' })),
  };
}

function parseBody(definition: RecordDefinition, input: unknown, patch: boolean): Parsed<Values> {
  const { rest, missing } = missingIn(definition, blanksToNull(input));
  const parsed = parseWith<Values>(schemaOf(definition, patch) as unknown as z.ZodMiniType<Values>, rest);
  if (parsed.ok && (patch ? missing.length === 0 : true)) return parsed;
  // A create without a required field is already reported by the schema; a change that clears one is reported here.
  return { ok: false, issues: [...(parsed.ok ? [] : parsed.issues), ...(patch ? missing : [])] };
}

/** The body of a create: normalised values, blanks dropped. */
export function parseCreate(definition: RecordDefinition, input: unknown): Parsed<Values> {
  const parsed = parseBody(definition, input, false);
  return parsed.ok
    ? { ok: true, value: Object.fromEntries(Object.entries(parsed.value).filter(([, value]) => value !== null && value !== undefined)) }
    : parsed;
}

/** The body of a change: only the named fields; null clears. */
export const parsePatch = (definition: RecordDefinition, input: unknown): Parsed<Values> => parseBody(definition, input, true);

/** One value against one field, for cells and imports. */
export const parseValue = (definition: RecordDefinition, name: string, input: unknown): Parsed<unknown> => {
  const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
  if (!field || field.readOnly) return { ok: false, issues: [{ field: name, code: 'field.unknown' }] };
  const parsed = parseWith(kindOf(field).schema(field), input);
  return parsed.ok
    ? parsed
    : { ok: false, issues: parsed.issues.map((issue) => ({ ...issue, field: issue.field ? `${name}.${issue.field}` : name })) };
};
