import { describe, expect, it } from 'vitest';
import { localDay } from '../../../shared/kernel/dates.ts';
import { parseCreate, parsePatch } from '../../../shared/kernel/schema.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import { purchaseOf, rhythmOf } from '../../../shared/insight/churn.ts';
import { STAGES } from '../../../shared/sales/stages.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { firm, owner, staff } from '../../../infra/local/demo/people.ts';
import { story } from '../../../infra/local/demo/story.ts';
import type { Scene, Step } from '../../../infra/local/demo/steps.ts';
import { idOf } from '../../support/desk.ts';

const TODAYS = ['2026-11-23', '2027-01-01', '2028-03-01'] as const;

/** With an id of the right kind for each name. */
function named(values: unknown, types: ReadonlyMap<string, string>): unknown {
  if (typeof values === 'string' && values.startsWith('@')) return idOf(definitionOf(types.get(values.slice(1)) ?? 'nobody').idPrefix, 1);
  if (Array.isArray(values)) return values.map((value) => named(value, types));
  if (typeof values !== 'object' || values === null) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, named(value, types)]));
}
const refsOf = (step: Step): string[] => [
  ...('ref' in step && step.kind !== 'create' ? [step.ref] : []),
  ...('body' in step ? [...JSON.stringify(step.body ?? {}).matchAll(/"@([^"]+)"/g)].map(([, ref]) => ref!) : []),
];
const created = (scenes: readonly Scene[], type: string) =>
  scenes.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'create' && step.type === type ? [step] : [])));

describe.each(TODAYS)('the story of the demo, told on %s', (today) => {
  const scenes = story(today);

  it('goes forward day by day, and names only what is there by then', () => {
    const days = scenes.map(({ daysAgo }) => daysAgo);
    expect(days).toEqual([...new Set(days)].sort((a, b) => b - a));
    const there = new Set<string>();
    for (const { daysAgo, steps } of scenes) {
      // Colleagues work side by side: what one has made is there for another from the next scene on.
      const before = new Set(there);
      const own = new Map<string, Set<string>>();
      for (const step of steps) {
        const mine = own.get('by' in step ? step.by : '') ?? new Set();
        own.set('by' in step ? step.by : '', mine);
        expect(
          refsOf(step).filter((ref) => !before.has(ref) && !mine.has(ref)),
          `${daysAgo} days ago`,
        ).toEqual([]);
        if (step.kind === 'create') mine.add(step.ref);
        if (step.kind === 'command' && step.makes) mine.add(step.makes.ref);
      }
      for (const refs of own.values()) for (const ref of refs) there.add(ref);
    }
  });

  it('writes a record once in a scene: the clock must not go on before the stream has told of it', () => {
    for (const { daysAgo, steps } of scenes) {
      const written = steps.flatMap((step) => ('ref' in step && step.kind !== 'note' ? [step.ref] : []));
      expect(written.length - new Set(written).size, `${daysAgo} days ago`).toBe(0);
    }
  });

  it('says what the API takes', () => {
    const types = new Map(
      scenes.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'create' ? [[step.ref, step.type] as const] : []))),
    );
    const custom = (body: object): Values => Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith('x_')));
    for (const { daysAgo, steps } of scenes)
      for (const step of steps) {
        if (step.kind !== 'create' && step.kind !== 'update') continue;
        const definition = definitionOf(step.type);
        const values = custom(named(step.body, types) as object);
        const parsed = step.kind === 'create' ? parseCreate(definition, values) : parsePatch(definition, values);
        expect(parsed, `${step.ref}, ${daysAgo} days ago`).toMatchObject({ ok: true });
        if (step.kind === 'update' || !parsed.ok) continue;
        const derived = definition.rules?.derive?.(parsed.value as Values, undefined, `${today}T00:30:00.000Z`) ?? (parsed.value as Values);
        expect(definition.rules?.check?.(derived, undefined) ?? [], step.ref).toEqual([]);
      }
  });

  it('has deals at every stage that may stand open, and won and lost ones', () => {
    const ends = new Map<string, string>();
    for (const { steps } of scenes)
      for (const step of steps) {
        if (!('type' in step) || step.type !== 'opportunity') continue;
        if (step.kind === 'create' || step.kind === 'update') ends.set(step.ref, String(step.body['stage']));
        if (step.kind === 'command' && step.name === 'close') ends.set(step.ref, String(step.body!['outcome']));
      }
    expect(new Set(ends.values())).toEqual(
      new Set([...STAGES.filter(({ means }) => means === 'open').map(({ key }) => key), 'won', 'lost']),
    );
  });

  it('has regular, fading and silent customers in either language', () => {
    const orders = Map.groupBy(created(scenes, 'order'), ({ body }) => String(body['customerId']));
    const states = [...orders].map(([, steps]) => {
      const purchases = steps.map(({ body }) => purchaseOf({ ...body, status: 'confirmed' })!);
      const { warnOn, reason } = rhythmOf(purchases)!;
      return warnOn > today ? 'regular' : reason;
    });
    const count = (state: string): number => states.filter((each) => each === state).length;
    expect([count('regular'), count('rhythm'), count('silence')].every((n) => n >= 2)).toBe(true);
    expect(count('regular')).toBeGreaterThan(count('rhythm'));
  });

  it('leaves everybody something late, something today and something later to do', () => {
    const dayOf = ({ body }: { readonly body: Readonly<Record<string, unknown>> }): string =>
      body['plannedStart'] === undefined ? '' : localDay(String(body['plannedStart']), firm.zone);
    for (const { key } of [owner, ...staff]) {
      const days = created(scenes, 'activity')
        .filter(({ by }) => by === key)
        .map(dayOf)
        .filter(Boolean);
      expect([
        days.filter((day) => day < today).length,
        days.filter((day) => day === today).length,
        days.filter((day) => day > today).length,
      ]).toEqual([1, 3, 2]);
    }
  });
});
