import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/kernel/errors.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { commit } from '../../functions/records/commit.ts';
import type { Context } from '../../functions/records/context.ts';
import { getRecord, updateRecord } from '../../functions/records/operations.ts';
import { prepareCreate } from '../../functions/records/prepare.ts';
import { toDatabase } from '../../functions/table/database.ts';
import { freshTable } from '../support/database.ts';
import { deskOn, idOf, sampleValues, type Desk } from '../support/desk.ts';

// On the real engine, all requests on their way at once, with the pauses that the product makes between its tries.
let desk: Desk;
beforeAll(async () => {
  const { client, tableName } = await freshTable();
  desk = deskOn({ ...toDatabase(client, tableName), wait: delay });
});

type Outcome = { readonly record: AnyRecord } | { readonly error: AppError };
const settle = async (work: Promise<AnyRecord>): Promise<Outcome> =>
  work.then(
    (record) => ({ record }),
    (error: unknown) => (error instanceof AppError ? { error } : Promise.reject(error)),
  );
const won = (outcomes: readonly Outcome[]): AnyRecord[] => outcomes.flatMap((each) => ('record' in each ? [each.record] : []));
const lost = (outcomes: readonly Outcome[]): AppError[] => outcomes.flatMap((each) => ('error' in each ? [each.error] : []));

/** A record past the operations that callers may use, so that every type can race. */
async function make(ctx: Context, definition: RecordDefinition, n: number, more: Values = {}): Promise<AnyRecord> {
  const values = { ...sampleValues(definition, n, { all: false }), ...more };
  const [record] = await commit(ctx, [await prepareCreate(ctx, definition, { id: idOf(definition.idPrefix, n), values })]);
  return record!;
}

/** What the type requires to be named, made first. */
async function withParents(ctx: Context, definition: RecordDefinition): Promise<Values> {
  const values: Values = {};
  for (const [name, field] of Object.entries(definition.fields)) {
    const target = REGISTRY.find((each) => each.name === (field as { to?: string }).to);
    if (field.required && target) values[name] = (await make(ctx, target, 240)).id;
  }
  return values;
}

const unique = REGISTRY.flatMap((definition) =>
  Object.entries(definition.fields).flatMap(([field, { unique: hard, match, readOnly }]) =>
    (hard || match) && !readOnly ? [[`${definition.name}.${field}`, definition, field, hard === true] as const] : [],
  ),
);
describe.each(unique)('a race for one value of %s', (what, definition, field, hard) => {
  // A hundred once; a quarter of it shows for the others that they are made alike.
  const racing = what === unique[0]![0] ? 100 : 25;

  it(`has one winner of ${racing}, and tells the others who of it they may see`, async () => {
    const tenant = `race-${what.replace('.', '-')}`;
    const parents = await withParents(desk.as(tenant, 1), definition);
    const value = sampleValues(definition, 7)[field];
    // Odd members see everything, even ones their own records alone, unless they have to name somebody else's.
    const seesAll = (n: number): boolean => n % 2 === 1 || Object.keys(parents).length > 0;
    const racers = Array.from({ length: racing }, (_, n) => desk.as(tenant, n % 10, { reach: seesAll(n) ? 'all' : 'own' }));

    const outcomes = await Promise.all(racers.map((ctx, n) => settle(make(ctx, definition, n, { ...parents, [field]: value }))));

    const [winner, ...others] = won(outcomes);
    expect(others).toEqual([]);
    expect(lost(outcomes).map(({ code, status }) => `${status} ${code}`)).toEqual(
      Array.from({ length: racing - 1 }, () => (hard ? '409 unique.taken' : '409 duplicate.possible')),
    );
    outcomes.forEach((outcome, n) => {
      if ('record' in outcome) return;
      const named = (outcome.error.params?.['existing'] as { id: string } | undefined)?.id;
      const sees = seesAll(n) || winner!.ownerId === racers[n]!.actor.memberId;
      expect(named, `racer ${n}`).toBe(sees ? winner!.id : undefined);
    });
  });
});

/** Types whose title is no text of theirs: what is edited instead. */
const LISTED: Readonly<Record<string, string>> = { valueList: 'options', recordForm: 'sections' };
const WRITTEN: Readonly<Record<string, (n: number) => unknown>> = {
  options: (n) => [{ key: 'a', label: { en: `Racer ${n}`, zh: '甲' } }],
  sections: (n) => [{ label: { en: `Racer ${n}`, zh: '甲' }, fields: [] }],
  instant: (n) => `2026-03-02T10:00:${10 + n}.000Z`,
};

describe.each(
  REGISTRY.filter(({ operations }) => operations.includes('update')).map((definition) => [definition.name, definition] as const),
)('a race of edits of a %s', (name, definition) => {
  it('has one winner, and tells the others which version stands now', async () => {
    const tenant = `edit-${name}`;
    const ctx = desk.as(tenant, 1);
    const { id } = await make(ctx, definition, 3, await withParents(ctx, definition));
    const field =
      Object.entries(definition.fields).find(([, { kind, readOnly }]) => kind === 'instant' && !readOnly)?.[0] ??
      LISTED[name] ??
      definition.title;
    const valueOf = (n: number) => WRITTEN[field]?.(n) ?? WRITTEN[definition.fields[field]!.kind]?.(n) ?? `Racer ${n}`;

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => settle(updateRecord(desk.as(tenant, n % 10), name, id, 1, { [field]: valueOf(n) }))),
    );

    const [winner, ...others] = won(outcomes);
    expect(others).toEqual([]);
    expect(winner).toMatchObject({ version: 2 });
    expect(await getRecord(desk.as(tenant, 1), name, id)).toEqual(winner);
    expect(lost(outcomes).map(({ code, status, params }) => ({ code, status, ...params }))).toEqual(
      Array.from({ length: 19 }, () => ({ code: 'record.stale', status: 409, version: 2, fields: [field], record: winner })),
    );
  });
});
