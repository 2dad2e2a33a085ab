import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { number, ref, tags, text } from '../../shared/kernel/fields/index.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import { parseCreate, parsePatch, parseValue, parseWith } from '../../shared/kernel/schema.ts';
import { definitionWith } from '../support/definitions.ts';
import { everyKind, hostileJson, hostileText } from '../support/fields.ts';
import { fc, runs } from '../support/properties.ts';

const label = { en: 'Field', zh: '字段' };
const definition = definitionWith(
  {
    name: text(label, { required: true }),
    note: text(label),
    tags: tags(label),
    count: number(label, { readOnly: true }),
    parentId: ref('thing', label),
  },
  { paths: { owner: true } },
);
const id = makeId('thi', 1, new Uint8Array(10));
const memberId = makeId('mem', 1, new Uint8Array(10));

describe('the body of a create', () => {
  it('is normalised, with blanks dropped', () => {
    expect(parseCreate(definition, { id, ownerId: memberId, name: ' A\u00a0 B ', note: '', tags: [], parentId: null })).toEqual({
      ok: true,
      value: { id, ownerId: memberId, name: 'A B' },
    });
  });

  it('reports everything wrong at once', () => {
    expect(parseCreate(definition, { id: 'con_x', ownerId: 'me', name: null, note: 7, tags: 'x', count: 1, extra: 1 })).toEqual({
      ok: false,
      issues: [
        { field: 'name', code: 'field.required' },
        { field: 'note', code: 'text.expected' },
        { field: 'tags', code: 'list.expected' },
        { field: 'ownerId', code: 'id.invalid' },
        { field: 'id', code: 'id.invalid' },
        { field: 'count', code: 'field.unknown' },
        { field: 'extra', code: 'field.unknown' },
      ],
    });
  });

  it('takes an id of its own type only, and an owner only where records have one', () => {
    expect(parseCreate(definition, { name: 'A', id: memberId }).ok).toBe(false);
    expect(parseCreate(definitionWith(), { ownerId: memberId })).toEqual({
      ok: false,
      issues: [{ field: 'ownerId', code: 'field.unknown' }],
    });
  });
});

describe('the body of a change', () => {
  it('holds the named fields alone, null clearing', () => {
    expect(parsePatch(definition, { note: null, tags: [] })).toEqual({ ok: true, value: { note: null, tags: null } });
    expect(parsePatch(definition, { note: ' x ' })).toEqual({ ok: true, value: { note: 'x' } });
    expect(parsePatch(definition, {})).toEqual({ ok: true, value: {} });
  });

  it('may change a required field and never clear it', () => {
    expect(parsePatch(definition, { name: 'B' })).toEqual({ ok: true, value: { name: 'B' } });
    for (const blank of [null, '', '  ']) {
      expect(parsePatch(definition, { name: blank, note: 7 })).toEqual({
        ok: false,
        issues: [
          { field: 'note', code: 'text.expected' },
          { field: 'name', code: 'field.required' },
        ],
      });
    }
  });

  it('names neither id nor version nor anything the product writes', () => {
    for (const name of [
      'id',
      'version',
      'createdAt',
      'createdBy',
      'updatedAt',
      'updatedBy',
      'count',
      'tenant',
      'derived',
      '__proto__',
      'constructor',
    ]) {
      const body = JSON.parse(`{${JSON.stringify(name)}: "x"}`) as unknown;
      expect(parsePatch(definition, body)).toEqual({ ok: false, issues: [{ field: name, code: 'field.unknown' }] });
    }
  });
});

describe('any body', () => {
  it('is either refused with issues or accepted for good', () => {
    const bodies = fc.oneof(
      hostileJson(),
      fc.dictionary(
        fc.constantFrom(...Object.keys(everyKind.fields), 'ownerId', 'id', '__proto__'),
        fc.oneof(hostileJson(), hostileText()),
        { maxKeys: 4 },
      ),
    );
    fc.assert(
      fc.property(bodies, fc.constantFrom(parseCreate, parsePatch), (body, parse) => {
        const parsed = parse(everyKind, body);
        if (parsed.ok) expect(parse(everyKind, parsed.value)).toEqual(parsed);
        else
          for (const issue of parsed.issues)
            expect(issue).toEqual({
              field: expect.any(String) as string,
              code: expect.stringMatching(/^[a-z]+\.[A-Za-z]+$/) as string,
              ...(issue.params ? { params: { limit: expect.any(Number) as number } } : {}),
            });
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      runs(1000),
    );
  });
});

describe('one value', () => {
  it('is parsed against its field, with its path', () => {
    expect(parseValue(definition, 'name', ' x ')).toEqual({ ok: true, value: 'x' });
    expect(parseValue(definition, 'tags', ['a', 7])).toEqual({ ok: false, issues: [{ field: 'tags.1', code: 'text.expected' }] });
    expect(parseValue(definition, 'name', 7)).toEqual({ ok: false, issues: [{ field: 'name', code: 'text.expected' }] });
  });

  it('of no field, or of one that the product writes, is refused', () => {
    for (const name of ['nome', 'count', 'constructor', '__proto__', 'id']) {
      expect(parseValue(definition, name, 1)).toEqual({ ok: false, issues: [{ field: name, code: 'field.unknown' }] });
    }
  });
});

describe('the body of a command', () => {
  const command = z.strictObject({
    leadId: z.string(),
    owner: z.strictObject({ id: z.string().check(z.refine((value) => value !== 'me', 'lead.convert.ownerSelf')) }),
    share: z.number().check(z.lte(100)),
  });

  it('is told in the same issues: unknown, required, own codes of any depth, limits', () => {
    expect(parseWith(command, { owner: { id: 'me', x: 1 }, share: 101, y: 1 })).toEqual({
      ok: false,
      issues: [
        { field: 'leadId', code: 'field.required' },
        { field: 'owner.id', code: 'lead.convert.ownerSelf' },
        { field: 'owner.x', code: 'field.unknown' },
        { field: 'share', code: 'field.invalid', params: { limit: 100 } },
        { field: 'y', code: 'field.unknown' },
      ],
    });
  });
});
