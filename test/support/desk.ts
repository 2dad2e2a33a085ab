import type { Actor, Grants, Reach, Rights } from '../../shared/kernel/access.ts';
import { ACTIONS, GROUPS } from '../../shared/kernel/access.ts';
import type { CustomField } from '../../shared/kernel/customFields.ts';
import { PROJECT_STAGES } from '../../shared/sales/stages.ts';
import { NO_SHAPE, type Shape } from '../../shared/kernel/shape.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import { toInstant } from '../../shared/kernel/dates.ts';
import type { RecordDefinition, Values } from '../../shared/kernel/record.ts';
import type { Field } from '../../shared/kernel/field.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import type { Context } from '../../functions/records/context.ts';
import { follow, toChange, type Change } from '../../functions/records/follow.ts';
import { indexChanges } from '../../functions/records/indexing.ts';
import { pinyin } from '../../functions/records/pinyin.ts';
import { toDatabase, type Database } from '../../functions/table/database.ts';
import type { Item } from '../../functions/table/failures.ts';
import { recordKey } from '../../functions/table/keys.ts';
import { tenantTable } from '../../functions/table/tenantTable.ts';
import { freshTable } from './database.ts';
import { isolated } from './isolation.ts';

const START = Date.parse('2026-03-02T09:00:00.000Z');

/** A database of its own for one test file, and people of several workspaces to act in it. */
export async function openDesk() {
  const { client, tableName } = await freshTable();
  const db: Database = { ...toDatabase(client, tableName), wait: async () => {}, chance: () => 0 };
  return deskOn(db);
}

export const rightsWith = (reach: Reach): Rights => ({
  grants: Object.fromEntries(GROUPS.map((group) => [group, Object.fromEntries(ACTIONS.map((action) => [action, reach]))])) as Grants,
});

/** The id of the n-th member, record or other thing of a prefix; the same n is the same id. */
export const idOf = (prefix: string, n: number): string => makeId(prefix, START, new Uint8Array(10).fill(n));

/**
 * People at work on a database. What acts for one workspace gets a database that refuses every other one's keys;
 * `db` is the deployment's own view: any workspace, doors and due work, though never two workspaces in one request.
 */
export function deskOn(raw: Database) {
  const db = isolated(raw, { doors: true, dueWork: true });
  const own = new Map<string, Database>();
  /** The database as work for that workspace may use it; the same object each time, since directories are kept by it. */
  const ofTenant = (tenant: string): Database => {
    const known = own.get(tenant) ?? isolated(raw, { tenants: [tenant] });
    own.set(tenant, known);
    return known;
  };
  /** The database as requests of one visitor may use it: doors, and the workspaces behind those that open to him. */
  const forVisitor = (): Database => isolated(raw, { tenants: 'named', doors: true });

  let ticks = 0;
  const tick = (): number => (ticks += 1);

  /** A context of one request. Members 0…9 of a tenant are active; time advances by a second with every request. */
  const as = (
    tenant: string,
    member: number,
    {
      reach = 'all',
      rights,
      team = [],
      span = [],
      customFields = [],
      shape = { ...NO_SHAPE, customFields },
      writeId,
    }: {
      reach?: Reach;
      rights?: Rights;
      team?: number[];
      span?: number[];
      customFields?: CustomField[];
      shape?: Shape;
      writeId?: string;
    } = {},
  ): Context => {
    const n = tick();
    const ids = (numbers: number[]) => new Set(numbers.map((each) => idOf('mem', each)));
    const actor: Actor = {
      memberId: idOf('mem', member),
      roleKey: 'test',
      rights: rights ?? rightsWith(reach),
      team: ids(team),
      span: ids(span),
    };
    return {
      table: tenantTable(ofTenant(tenant), tenant),
      actor,
      epoch: Infinity,
      now: toInstant(START + n * 1000),
      requestId: `req-${n}`,
      writeId: writeId ?? `write-${n}`,
      shape,
      activeMembers: ids([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
      home: { zone: 'Asia/Shanghai', currency: 'CNY', yearStart: 1 },
      random: (bytes) => Uint8Array.from({ length: bytes }, (_, i) => (n * 31 + i * 7) % 256),
    };
  };

  const itemOf = (ctx: Context, type: string, id: string): Promise<Item | undefined> =>
    ctx.table.get(recordKey(type, id), { consistent: true });

  /** Does what the stream would do after a write: history, feed, counters, search rows. */
  const followed = async (ctx: Context, before: Item | undefined, after: Item | undefined): Promise<Change[]> => {
    const change = toChange(before, after, ctx.now);
    if (!change) return [];
    const fresh = await follow(ctx.table, [change], 'Asia/Shanghai');
    await indexChanges(ctx.table, ctx.shape, [change], pinyin);
    return fresh;
  };

  return { db, forVisitor, as, itemOf, followed };
}

export type Desk = ReturnType<typeof deskOn>;

/** Values for a record of any type, from the samples of its fields' kinds: all it may be given, or only what it must. */
export function sampleValues(definition: RecordDefinition, n: number, { all = true } = {}): Values {
  const entries = Object.entries(definition.fields).filter(
    ([, field]) => !field.readOnly && field.kind !== 'ref' && field.kind !== 'refs' && !namesRecords(field, n) && (all || field.required),
  );
  const values = {
    ...Object.fromEntries(entries.map(([name, field]) => [name, kindOf(field).sample(field, n)])),
    ...FITTING[definition.name],
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Whether the sample of a structured value holds ids, which lead to nothing where nobody has made such records. */
function namesRecords(field: Field, n: number): boolean {
  const { refs } = field as { refs?: Readonly<Record<string, string>> };
  return (
    refs !== undefined &&
    (kindOf(field).sample(field, n) as readonly Values[]).some((part) => Object.keys(part).some((name) => name in refs))
  );
}

/** What single fields' samples cannot know: values that the type's own rules relate, and what does not go with them. */
const FITTING: Readonly<Record<string, Values>> = {
  lead: { status: 'working' },
  activity: { status: 'done', cycle: undefined },
  workspace: { zone: 'Asia/Shanghai', currency: 'CNY', languages: ['en', 'zh-CN'] },
  member: { zone: 'Europe/Berlin' },
  customField: { key: 'sample', fieldKind: 'text' },
  pipeline: { stages: PROJECT_STAGES },
  recordForm: { sections: [], hidden: ['tags'] },
  valueList: { options: [{ key: 'a', label: { en: 'A', zh: '甲' } }] },
};
