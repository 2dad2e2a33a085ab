import { describe, expect, it } from 'vitest';
import { makeId } from '../../shared/kernel/ids.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import { segmentOf } from '../../shared/kernel/record.ts';
import { parseCreate } from '../../shared/kernel/schema.ts';
import { definitionAt, definitionOf, definitionOfId, findDefinition, REGISTRY } from '../../shared/registry.ts';

describe('the registry', () => {
  it('names every type, plural, path and id prefix once', () => {
    for (const nameOf of [(each) => each.name, (each) => each.plural, segmentOf, (each) => each.idPrefix] satisfies ((
      each: (typeof REGISTRY)[number],
    ) => string)[]) {
      const names = REGISTRY.map(nameOf);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('refers only to types that exist', () => {
    const targets = REGISTRY.flatMap((definition) =>
      Object.entries(definition.fields).map(([name, field]) => [`${definition.name}.${name}`, (field as { to?: string }).to] as const),
    );
    const unknown = targets.filter(([, to]) => to !== undefined && to !== 'record' && !findDefinition(to));

    expect(unknown).toEqual([]);
  });

  it('labels everything in both languages', () => {
    const bare = REGISTRY.flatMap((definition) =>
      [...Object.entries(definition.fields), ...Object.entries(definition.derived)]
        .filter(([, field]) =>
          [field, ...((field as { options?: (typeof field)[] }).options ?? [])].some(({ label }) => !label.en.trim() || !label.zh.trim()),
        )
        .map(([name]) => `${definition.name}.${name}`),
    );

    expect(bare).toEqual([]);
    expect(REGISTRY.filter(({ label }) => !label.en[0] || !label.en[1] || !label.zh)).toEqual([]);
  });

  it('gives no two fields of a type one label, or a csv file could not tell them apart', () => {
    for (const definition of REGISTRY) {
      for (const locale of ['en', 'zh'] as const) {
        const labels = Object.values(definition.fields).map((field) => field.label[locale]);
        expect({ type: definition.name, labels: labels.filter((each, i) => labels.indexOf(each) !== i) }).toEqual({
          type: definition.name,
          labels: [],
        });
      }
    }
  });

  it('finds a type by name, path and id, and nothing by a name of every object', () => {
    for (const definition of REGISTRY) {
      expect(definitionOf(definition.name)).toBe(definition);
      expect(definitionAt(segmentOf(definition))).toBe(definition);
      expect(definitionOfId(makeId(definition.idPrefix, 1, new Uint8Array(10)))).toBe(definition);
    }
    for (const name of ['', 'constructor', '__proto__', 'cus', 'cusx', 'x_']) {
      expect([findDefinition(name), definitionAt(name), definitionOfId(name)]).toEqual([undefined, undefined, undefined]);
      expect(() => definitionOf(name)).toThrow(/no record type/);
    }
  });
});

describe.each(REGISTRY.map((definition) => [definition.name, definition] as const))('the type %s', (_name, definition) => {
  const writable = Object.entries(definition.fields).filter(([, field]) => !field.readOnly);

  it('accepts a body of samples, keeps it as it is, and refuses what it writes itself', () => {
    for (let n = 0; n < 5; n++) {
      const body = Object.fromEntries(writable.map(([name, field]) => [name, kindOf(field).sample(field, n)]));
      expect(parseCreate(definition, body)).toEqual({ ok: true, value: body });
    }
    for (const [name, field] of Object.entries(definition.fields)) {
      if (!field.readOnly) continue;
      const parsed = parseCreate(definition, { [name]: kindOf(field).sample(field, 1) });
      expect(parsed.ok ? [] : parsed.issues).toContainEqual({ field: name, code: 'field.unknown' });
    }
  });

  it('reports each required field of an empty body', () => {
    const required = writable.filter(([, field]) => field.required).map(([name]) => ({ field: name, code: 'field.required' }));
    const parsed = parseCreate(definition, {});

    expect(parsed).toEqual(required.length ? { ok: false, issues: required } : { ok: true, value: {} });
  });
});
