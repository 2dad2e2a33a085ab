import { describe, expect, it } from 'vitest';
import { initialsOf } from '../../web/src/ui/initials.ts';
import { nextOption } from '../../web/src/ui/options.ts';
import { findByPrefix, Typeahead } from '../../web/src/ui/typeahead.ts';
import { ApiError } from '../../web/src/kernel/api.ts';
import { atNewPassword, checkFields, safeNext } from '../../web/src/workspace/authChecks.ts';

describe('initials', () => {
  it.each([
    ['王琳', 'person', '琳'],
    ['欧阳娜娜', 'person', '娜'],
    ['Maria Silva', 'person', 'MS'],
    ['Maria de la Silva', 'person', 'MS'],
    ['Plato', 'person', 'P'],
    ['Wang 琳', 'person', '琳'],
    ['杭州青山茶业有限公司', 'company', '青'],
    ['浙江省杭州市青山茶业有限责任公司', 'company', '青'],
    ['有限公司', 'company', '有'],
    ['Harbour Foods Ltd', 'company', 'H'],
    ['3M', 'company', '3'],
    ['  ', 'person', ''],
  ] as const)('of %s (%s) are %s', (name, kind, initials) => {
    expect(initialsOf(name, kind)).toBe(initials);
  });
});

describe('typing ahead', () => {
  const names = ['Small', 'Medium', 'Minute', 'Large'];
  const find = (typed: string, at: number): number => findByPrefix(names, (name) => name, typed, at);

  it('finds by what was typed in quick succession', () => {
    const typeahead = new Typeahead();

    expect(typeahead.add('m', 1000)).toBe('m');
    expect(typeahead.add('i', 1100)).toBe('mi');
    expect(typeahead.add('l', 5000)).toBe('l');
    expect(find('mi', 1)).toBe(2);
  });

  it('goes through all with the same letter, round and round', () => {
    expect(find('m', -1)).toBe(1);
    expect(find('m', 1)).toBe(2);
    expect(find('mm', 2)).toBe(1);
    expect(find('z', 1)).toBe(-1);
  });
});

describe('the next option', () => {
  const options = [
    { value: 'a', label: 'a', disabled: true },
    { value: 'b', label: 'b' },
    { value: 'c', label: 'c', disabled: true },
  ];

  it('skips what cannot be taken, and goes round', () => {
    expect(nextOption(options, -1, 1)).toBe(1);
    expect(nextOption(options, 1, 1)).toBe(1);
    expect(nextOption(options, -1, -1)).toBe(1);
    expect(nextOption([options[0]!], -1, 1)).toBe(-1);
    expect(nextOption([], -1, 1)).toBe(-1);
  });
});

describe('where to go after signing in', () => {
  it.each([
    ['/leads?view=mine', '/leads?view=mine'],
    ['', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/.//evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['leads', '/'],
  ])('%s leads to %s', (next, path) => {
    expect(safeNext(next)).toBe(path);
  });
});

describe('the forms before signing in', () => {
  it('ask for what is missing or cannot be', () => {
    const values = { email: 'nobody', newPassword: 'short', name: ' ' };

    expect(checkFields(values, ['email', 'newPassword', 'name'])).toEqual([
      { field: 'email', code: 'email.invalid' },
      { field: 'newPassword', code: 'password.tooShort' },
      { field: 'name', code: 'field.required' },
    ]);
  });

  it('count the characters of a password, not its code units', () => {
    expect(checkFields({ newPassword: '一二三四五六七八九十百千' }, ['newPassword'])).toEqual([]);
  });
});

describe('a form with a new password', () => {
  it('shows at its field what the server says of the password', async () => {
    const issues = [
      { field: 'password', code: 'password.weak' },
      { field: 'email', code: 'email.invalid' },
    ];
    const refused = new ApiError(422, { code: 'input.invalid', issues, requestId: 'r' }, 500);

    await expect(atNewPassword(Promise.reject(refused))).rejects.toMatchObject({
      status: 422,
      code: 'input.invalid',
      issues: [{ field: 'newPassword', code: 'password.weak' }, issues[1]],
      requestId: 'r',
      retryAfterMs: 500,
    });
    await expect(atNewPassword(Promise.resolve(1))).resolves.toBe(1);
  });
});
