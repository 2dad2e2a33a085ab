/** Values for any record type, from the samples of its fields' kinds; a small range of samples makes people collide. */
import { kindOf } from '../../shared/kernel/fields/index.ts';
import { addDays } from '../../shared/kernel/dates.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import type { Field } from '../../shared/kernel/field.ts';
import type { RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { TODAY } from './commands.ts';
import type { Random } from './random.ts';

/** Ids of records of a type that somebody has seen. */
export type SeenIds = (type: string) => readonly string[];

const SAMPLES = 12;

/** The body of a create: what must be there, and some of what may be. */
export function newValues(definition: RecordDefinition, random: Random, seen: SeenIds): Values {
  const wanted = writable(definition).filter(([, field]) => field.required || random.chance(0.4));
  return { ...valuesOf(wanted, random, seen), ...fitting(definition, wanted, random) };
}

/** The body of a change: a few fields, some of them cleared. */
export function changedValues(definition: RecordDefinition, random: Random, seen: SeenIds): Values {
  const wanted = writable(definition).filter(() => random.chance(0.2));
  const cleared = wanted.filter(([, field]) => !field.required && random.chance(0.2)).map(([name]) => [name, null]);
  return { ...valuesOf(wanted, random, seen), ...fitting(definition, wanted, random), ...Object.fromEntries(cleared) };
}

const writable = ({ fields }: RecordDefinition): [string, Field][] => Object.entries(fields).filter(([, field]) => !field.readOnly);

function valuesOf(wanted: readonly [string, Field][], random: Random, seen: SeenIds): Values {
  const values = wanted.map(([name, field]) => [name, valueOf(field, random, seen)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function valueOf(field: Field, random: Random, seen: SeenIds): unknown {
  const { to, refs } = field as { to?: string; refs?: Readonly<Record<string, string>> };
  const sample = () => kindOf(field).sample(field, random.int(0, SAMPLES));
  if (refs) return namingSeen(sample() as readonly Values[], refs, random, seen);
  if (to === undefined) return sample();
  const ids = seen(to);
  if (field.kind === 'refs') return ids.length ? [random.pick(ids)] : undefined;
  // Now and then an id of nobody.
  return ids.length && !random.chance(0.03) ? random.pick(ids) : field.required ? makeId('xx', 0, random.bytes(10)) : undefined;
}

/** The parts of a structured value with ids of records that somebody has seen in place of the sample's. */
function namingSeen(parts: readonly Values[], refs: Readonly<Record<string, string>>, random: Random, seen: SeenIds): unknown {
  const named = parts.map((part) =>
    Object.fromEntries(
      Object.entries(part).map(([name, value]) => {
        const ids = name in refs ? seen(refs[name]!) : undefined;
        return [name, ids ? (ids.length ? random.pick(ids) : undefined) : value];
      }),
    ),
  );
  return named.some((part) => Object.values(part).includes(undefined)) ? undefined : named;
}

/**
 * What samples of single fields cannot know. The zone of counters stays: another one would have them rebuilt. Nobody has
 * two steps of sign-in, so nobody asks for them.
 */
const FITTING: Readonly<Record<string, (random: Random) => Values>> = {
  // To come within the day and a night that are lived through, so that its reminders do.
  activity: (random) => ({
    plannedStart: `${TODAY}T${random.int(10, 23)}:00:00.000Z`,
    plannedEnd: `${addDays(TODAY, 1)}T${random.int(10, 23)}:00:00.000Z`,
    remindMinutes: random.int(0, 120),
  }),
  lead: (random) => ({ status: random.pick(['new', 'working', 'qualified', 'unqualified']) }),
  workspace: () => ({ zone: undefined, currency: 'CNY', twoStepRequired: false }),
  member: (random) => ({ zone: 'Europe/Berlin', status: random.chance(0.1) ? 'disabled' : 'active' }),
  customField: (random) => ({ key: `own${random.int(0, 5)}`, fieldKind: 'text' }),
};

const fitting = (definition: RecordDefinition, wanted: readonly [string, Field][], random: Random): Values =>
  Object.fromEntries(Object.entries(FITTING[definition.name]?.(random) ?? {}).filter(([name]) => wanted.some(([each]) => each === name)));
