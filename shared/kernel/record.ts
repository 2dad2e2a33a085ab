import type { Access } from './access.ts';
import type { Issue } from './errors.ts';
import type { Field } from './field.ts';
import { isKind, kindOf } from './fields/index.ts';
import type { RefField } from './fields/ref.ts';
import { ownField, SYSTEM_FIELDS } from './ownField.ts';
import type { RowElsewhere } from './plan.ts';
import type { RecordForm } from './recordForms.ts';
import type { Shape } from './shape.ts';
import type { Instant } from './types.ts';

export { ownField };

export type Fields = Readonly<Record<string, Field>>;
export type Values = Record<string, unknown>;

type ValueOf<F> = F extends Field<infer T> ? T : never;
type RequiredNames<F extends Fields> = { [K in keyof F]: F[K] extends { required: true } ? K : never }[keyof F];
export type ValuesOf<F extends Fields> = { [K in RequiredNames<F>]: ValueOf<F[K]> } & {
  [K in Exclude<keyof F, RequiredNames<F>>]?: ValueOf<F[K]>;
};

/** What every record carries beside its fields. `version` counts its writes from 1; `ownerId` is a member. */
export interface SystemValues {
  readonly id: string;
  readonly version: number;
  readonly ownerId?: string;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly updatedAt: Instant;
  readonly updatedBy: string;
}

/** A record of any type, as the API shows it: system values and fields side by side, custom fields under `x_<key>`. */
export type AnyRecord = SystemValues & Values & { readonly derived?: Values };
export type RecordOf<D> = D extends RecordDefinition<infer F> ? SystemValues & ValuesOf<F> & { readonly derived?: Values } : never;

/** Which of the generic operations callers may use; the others belong to the type's own commands. */
export type Operation = 'create' | 'read' | 'update' | 'remove';

/** Numbers counted per day and owner from the events of a type; the names of the metrics are attributes of the counter rows. */
export type Metrics = (before: AnyRecord | undefined, after: AnyRecord | undefined) => Readonly<Record<string, number | undefined>>;

export interface RecordDefinition<F extends Fields = Fields> {
  readonly name: string;
  readonly plural: string;
  readonly idPrefix: string;
  readonly domain: 'customers' | 'leads' | 'sales' | 'activities' | 'marketing' | 'service' | 'insight' | 'workspace' | 'portal';
  readonly label: { readonly en: readonly [one: string, many: string]; readonly zh: string };
  readonly fields: F;
  /** The field whose value names the record to a reader. */
  readonly title: keyof F & string;
  /** Lists that never scan: by owner, under a parent record, by a date on which it is due. */
  readonly paths: { readonly owner?: boolean; readonly parent?: keyof F & string; readonly due?: keyof F & string };
  readonly access: Access;
  /** Belongs to whoever its parent belongs to, and changes hands with it. */
  readonly followsParent?: true;
  /** The choice of its summary whose options mean `open` as long as there is something left to do about a record. */
  readonly endsBy?: keyof F & string;
  /** What has ended stays with whoever did it when his records are handed over. */
  readonly staysWhenEnded?: true;
  readonly operations: readonly Operation[];
  /** Fields of the small copy that index rows, search hits and pickers carry beside the title. */
  readonly summary: readonly (keyof F & string)[];
  readonly views: { readonly list: readonly string[]; readonly form?: readonly string[] };
  /** How a workspace wants forms and pages of the type; none is declared. */
  readonly form?: RecordForm;
  /** Values computed beside the record by the stream; read only, without version and history. */
  readonly derived: Fields;
  /** People write notes under it, put files there, and follow it. */
  readonly discussed?: true;
  /** Administrators may add fields. */
  readonly customizable: boolean;
  /** A change of it may change what somebody may see: raises the access epoch. */
  readonly governs: boolean;
  /** Number of the stored shape, raised when `upgrade` learns a new step. */
  readonly schema: number;
  readonly upgrade?: (from: number, values: Values) => Values;
  readonly rules: {
    /** Values that follow from others; pure, told what stood before on an update, and the moment of the write. */
    readonly derive?: (values: Values, before: Values | undefined, now: Instant) => Values;
    /** What single fields cannot see: issues over several fields; pure. */
    readonly check?: (values: Values, before: Values | undefined) => readonly Issue[];
  };
  /** What else of the type follows from how a workspace has set itself up; pure, and asked once for each shape. */
  readonly inShape?: (definition: RecordDefinition, shape: Shape) => RecordDefinition;
  readonly metrics?: Metrics;
  /** Rows by which a record shows in the timelines of others; pure, and the same rows for the same record. */
  readonly elsewhere?: (record: AnyRecord) => readonly RowElsewhere[];
  /** Days after which the record is deleted by itself, for evidence that must not be kept for ever. */
  readonly keepDays?: number;
}

type Optional = 'operations' | 'paths' | 'summary' | 'derived' | 'customizable' | 'governs' | 'schema' | 'rules';
type Declaration<F extends Fields> = Omit<RecordDefinition<F>, Optional> & Partial<Pick<RecordDefinition<F>, Optional>>;

const NAME = /^[a-z][A-Za-z0-9]*$/;

/**
 * Declares a record type once; validation, API, storage, search, csv, history, rights, forms, lists and filters read it.
 * @throws Error naming type and field when the declaration contradicts itself, so that a mistake fails at start
 */
export function defineRecord<const F extends Fields>(declaration: Declaration<F>): RecordDefinition<F> {
  const definition: RecordDefinition<F> = {
    operations: ['create', 'read', 'update', 'remove'],
    paths: {},
    summary: [],
    derived: {},
    customizable: false,
    governs: false,
    schema: 1,
    rules: {},
    ...declaration,
  };
  const fail = (what: string): never => {
    throw new Error(`record type ${definition.name}: ${what}`);
  };
  if (!NAME.test(definition.name) || !NAME.test(definition.plural)) fail('names are plain camel case');
  if (!/^[a-z]{2,4}$/.test(definition.idPrefix)) fail(`id prefix ${definition.idPrefix}: two to four small letters`);
  if (!Number.isInteger(definition.schema) || definition.schema < 1 || (definition.schema > 1 && !definition.upgrade))
    fail('schema counts from 1 and needs upgrade beyond it');
  for (const [name, field] of [...Object.entries(definition.fields), ...Object.entries(definition.derived)]) {
    if (!NAME.test(name) && !name.startsWith('x_')) fail(`field ${name}: not a plain name`);
    if (name in Object.prototype || name === 'derived') fail(`field ${name}: the name is taken`);
    if ((SYSTEM_FIELDS as readonly string[]).includes(name)) fail(`field ${name} is a system field`);
    if (Object.hasOwn(definition.fields, name) && Object.hasOwn(definition.derived, name)) fail(`field ${name} is both stored and derived`);
    if (!isKind(field.kind)) fail(`field ${name}: unknown kind ${field.kind}`);
    if ('options' in field && !(field.options as readonly unknown[]).length) fail(`field ${name}: a list without options`);
    if (field.open && !('options' in field)) fail(`field ${name}: open, and no list`);
    const { within, tree, to, responsible } = field as Partial<RefField>;
    if (responsible && to !== 'member') fail(`field ${name}: only a member is responsible`);
    if (tree && to !== definition.name) fail(`field ${name}: a tree of another type`);
    if (within !== undefined && definition.fields[within]?.kind !== 'ref') fail(`field ${name}: ${within} is no reference`);
    const kind = kindOf(field);
    if ((field.unique || field.match) && !kind.keys) fail(`field ${name}: its kind has no keys to be unique by`);
    if (field.search && !kind.searchTexts) fail(`field ${name}: its kind cannot be searched`);
  }
  const named = [
    definition.title,
    definition.paths.parent,
    definition.paths.due,
    ...definition.summary,
    ...definition.views.list,
    ...(definition.views.form ?? []),
  ];
  for (const name of named) {
    if (name !== undefined && !ownField(definition, name) && !(SYSTEM_FIELDS as readonly string[]).includes(name))
      fail(`names the unknown field ${name}`);
  }
  const { parent, due } = definition.paths;
  if (parent !== undefined && definition.fields[parent]?.kind !== 'ref') fail(`path parent: ${parent} is no reference`);
  if (definition.followsParent && !(parent && definition.paths.owner)) fail('follows a parent without having one, or an owner');
  const { endsBy, staysWhenEnded } = definition;
  if (staysWhenEnded && endsBy === undefined) fail('stays when it has ended, and never ends');
  if (endsBy !== undefined && !definition.summary.includes(endsBy)) fail(`ends by ${endsBy}, which its summary leaves out`);
  if (due !== undefined && !['date', 'instant'].includes(definition.fields[due]?.kind ?? '')) fail(`path due: ${due} is no day or moment`);
  return definition;
}

/** Path segment of a type in URLs: `customFields` → `custom-fields`. */
export const segmentOf = (definition: Pick<RecordDefinition, 'plural'>): string =>
  definition.plural.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The small copy of a record for index rows, search hits and pickers. */
export function summaryOf(definition: RecordDefinition, values: Values): Values {
  const summary: Values = { title: values[definition.title] ?? '' };
  for (const name of definition.summary) if (values[name] !== undefined) summary[name] = values[name];
  return summary;
}
