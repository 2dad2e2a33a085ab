import { describe, expect, it } from 'vitest';
import { KIND_NAMES, type KindName } from '../../shared/kernel/fields/index.ts';
import { money, number, text } from '../../shared/kernel/fields/index.ts';
import { parseCreate } from '../../shared/kernel/schema.ts';
import { definitionWith } from '../support/definitions.ts';
import { everyKind } from '../support/fields.ts';

/** `field code`, as a caller is told; or the values that are stored. */
const answer = (input: unknown): unknown => {
  const parsed = parseCreate(everyKind, input);
  return parsed.ok ? parsed.value : parsed.issues.map((issue) => `${issue.field} ${issue.code}`);
};
const refusal = (kind: KindName, value: unknown): unknown => answer({ [kind]: value });

describe('nothing at all', () => {
  it.each(KIND_NAMES)('counts as absent for %s: null, empty, spaces, characters without ink', (kind) => {
    for (const nothing of [null, '', '   ', '\t\r\n', '\u3000', '\u200b', '\u200d', '\u3164', []])
      expect(refusal(kind, nothing)).toEqual({});
  });

  it('is reported where something is required', () => {
    const definition = definitionWith({ name: text({ en: 'Name', zh: '名' }, { required: true }) });

    for (const body of [{}, { name: null }, { name: '' }, { name: ' \u200b ' }]) {
      expect(parseCreate(definition, body)).toEqual({ ok: false, issues: [{ field: 'name', code: 'field.required' }] });
    }
  });
});

describe('a body', () => {
  it.each([null, undefined, 'text', 7, true, []])('that is %j is refused as a whole', (body) => {
    expect(answer(body)).toEqual([body === undefined ? ' field.required' : ' input.object']);
  });

  it('with names that the product keeps to itself is refused, each named', () => {
    const body = {
      version: 2,
      createdAt: 'x',
      createdBy: 'x',
      updatedAt: 'x',
      updatedBy: 'x',
      tenant: 'x',
      role: 'x',
      derived: {},
      pk: 'x',
      x_unknown: 1,
    };

    expect(answer(body)).toEqual(Object.keys(body).map((name) => `${name} field.unknown`));
  });

  it('cannot reach a prototype', () => {
    const body = JSON.parse(
      '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"toString":"x","hasOwnProperty":1}',
    ) as unknown;

    const refused = answer(body);

    expect(refused).toEqual([
      '__proto__ field.unknown',
      'constructor field.unknown',
      'toString field.unknown',
      'hasOwnProperty field.unknown',
    ]);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('tells at most a hundred issues, and no name in full length', () => {
    const body = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${'n'.repeat(500)}${i}`, 1]));

    const parsed = parseCreate(everyKind, body);

    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.issues.length).toBeLessThanOrEqual(100);
    expect(Math.max(...parsed.issues.map((issue) => issue.field.length))).toBeLessThanOrEqual(200);
  });

  it('nested a thousand deep is refused like any other value of the wrong kind', () => {
    const deep = JSON.parse('['.repeat(1000) + ']'.repeat(1000)) as unknown;
    const chain = JSON.parse('{"a":'.repeat(1000) + '1' + '}'.repeat(1000)) as unknown;

    for (const kind of KIND_NAMES) {
      for (const value of [deep, chain]) {
        const issues = refusal(kind, value);
        expect(issues).toEqual(expect.arrayContaining([expect.stringMatching(new RegExp(`^${kind}(\\.[\\w.]+)? [a-z]+\\.[A-Za-z]+$`))]));
      }
    }
  });

  it('of free data is refused when it is nested beyond all use', () => {
    const definition = definitionWith({ free: { kind: 'data', label: { en: 'Free', zh: '自由' } } });
    const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + '1' + ']'.repeat(depth));

    expect(parseCreate(definition, { free: nested(20) }).ok).toBe(true);
    expect(parseCreate(definition, { free: nested(21) })).toEqual({ ok: false, issues: [{ field: 'free', code: 'data.tooDeep' }] });
    expect(parseCreate(definition, { free: nested(100_000) })).toEqual({ ok: false, issues: [{ field: 'free', code: 'data.tooDeep' }] });
  });
});

describe('values of the wrong JSON type', () => {
  const expected: Record<KindName, string> = {
    text: 'text.expected',
    longText: 'text.expected',
    email: 'email.expected',
    emails: 'list.expected',
    phone: 'phone.expected',
    phones: 'list.expected',
    url: 'url.expected',
    choice: 'choice.expected',
    choices: 'list.expected',
    ref: 'ref.expected',
    refs: 'list.expected',
    number: 'number.expected',
    money: 'money.expected',
    date: 'date.expected',
    instant: 'instant.expected',
    boolean: 'boolean.expected',
    tags: 'list.expected',
    address: 'address.expected',
    data: 'field.invalid',
  };
  it.each(KIND_NAMES)('are refused by %s under its own code', (kind) => {
    const wrong = ['text', 7, true, { a: { b: 1 } }, [[1]]].filter((value) => {
      const right = {
        text: 'string',
        longText: 'string',
        email: 'string',
        phone: 'string',
        url: 'string',
        choice: 'string',
        ref: 'string',
        date: 'string',
        instant: 'string',
        number: 'number',
        boolean: 'boolean',
      }[kind as string];
      const isList = ['emails', 'phones', 'choices', 'refs', 'tags'].includes(kind);
      const isObject = ['money', 'address', 'data'].includes(kind);
      return !(
        typeof value === right ||
        (isList && Array.isArray(value)) ||
        (isObject && typeof value === 'object' && !Array.isArray(value))
      );
    });

    for (const value of wrong) expect(refusal(kind, value)).toEqual([`${kind} ${expected[kind]}`]);
  });

  it('are told with the place inside a list or an object', () => {
    expect(refusal('emails', ['a@b.test', 7, 'x'])).toEqual(['emails.1 email.expected', 'emails.2 email.invalid']);
    expect(refusal('tags', ['a', ''])).toEqual(['tags.1 text.empty']);
    expect(refusal('address', { city: 7, planet: 'Mars' })).toEqual(['address.city text.expected', 'address.planet field.unknown']);
    expect(refusal('money', { minor: '5', currency: 'CNY', code: 1 })).toEqual(['money.minor money.amount', 'money.code field.unknown']);
  });
});

/** 64 + 1 + 189 characters: as long as an address may be. */
const longest = `${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(3)}testtt`;
const text10M = 'a'.repeat(10_000_000);
const refusals: [KindName, string, unknown, string[]][] = [
  ['text', 'a NUL', 'a\u0000b', ['text text.characters']],
  ['text', 'an escape sequence', 'a\u001b[2Jb', ['text text.characters']],
  ['text', 'a lone surrogate', 'a\ud83d', ['text text.characters']],
  ['text', 'a right-to-left override', 'cod.\u202egpj', ['text text.characters']],
  ['text', '201 characters', 'x'.repeat(201), ['text text.tooLong']],
  ['text', '10 MB', text10M, ['text text.tooLong']],
  ['longText', '10 MB', text10M, ['longText text.tooLong']],
  ['longText', 'a control', 'line\nbell\u0007', ['longText text.characters']],
  ['tags', 'a separator', ['a;b'], ['tags.0 tags.semicolon']],
  ['tags', 'a full-width separator', ['a；b'], ['tags.0 tags.semicolon']],
  ['tags', '41 characters', ['x'.repeat(41)], ['tags.0 text.tooLong']],
  ['tags', 'no ink', ['\u200d'], ['tags.0 text.empty']],
  ['tags', '51 tags', Array.from({ length: 51 }, (_, i) => `t${i}`), ['tags list.tooLong']],
  ['email', 'no at sign', 'info.example.test', ['email email.invalid']],
  ['email', 'a quoted local part', '"li lei"@example.test', ['email email.invalid']],
  ['email', 'a trailing dot', 'a@example.test.', ['email email.invalid']],
  ['email', 'two dots', 'a..b@example.test', ['email email.invalid']],
  ['email', 'a leading dot', '.a@example.test', ['email email.invalid']],
  ['email', 'a domain without a dot', 'a@localhost', ['email email.invalid']],
  ['email', 'an address literal', 'a@[127.0.0.1]', ['email email.invalid']],
  ['email', 'a display name', 'Li <a@example.test>', ['email email.invalid']],
  ['email', 'two addresses', 'a@b.test, c@d.test', ['email email.invalid']],
  ['email', 'two at signs', 'a@b@c.test', ['email email.invalid']],
  ['email', 'a header line', 'a@b.test\r\nBcc: c@d.test', ['email email.invalid']],
  ['email', 'a NUL', 'a\u0000@b.test', ['email email.invalid']],
  ['email', 'a zero-width character', 'a\u200b@b.test', ['email email.invalid']],
  ['email', 'a right-to-left override', 'a\u202e@b.test', ['email email.invalid']],
  ['email', 'a full-width path in the domain', 'a@b.test℀c.test', ['email email.invalid']],
  ['email', 'a domain label with a final hyphen', 'a@b-.test', ['email email.invalid']],
  ['email', 'a local part of 65', `${'a'.repeat(65)}@b.test`, ['email email.invalid']],
  ['email', '255 characters', `${longest}t`, ['email email.invalid']],
  ['email', '10 MB', text10M, ['email email.invalid']],
  ['emails', '21 addresses', Array.from({ length: 21 }, (_, i) => `a${i}@b.test`), ['emails list.tooLong']],
  ['phone', 'letters', '1-800-FLOWERS', ['phone phone.invalid']],
  ['phone', 'two digits', '12', ['phone phone.invalid']],
  ['phone', '16 digits', '1234567890123456', ['phone phone.invalid']],
  ['phone', 'two numbers', '13800138000; 13900139000', ['phone phone.invalid']],
  ['phone', 'two extensions', '057188880000 ext 1 ext 2', ['phone phone.invalid']],
  ['phone', 'a script', '<b>138</b>', ['phone phone.invalid']],
  ['phone', '10 MB of digits', '1'.repeat(10_000_000), ['phone phone.invalid']],
  ['phones', '21 numbers', Array.from({ length: 21 }, (_, i) => `1380013${8000 + i}`), ['phones list.tooLong']],
  ['url', 'a script', 'javascript:alert(1)', ['url url.invalid']],
  ['url', 'a script behind a tab', 'java\tscript:alert(1)', ['url url.invalid']],
  ['url', 'a script in capitals', ' JaVaScRiPt:alert(1)', ['url url.invalid']],
  ['url', 'data', 'data:text/html,<script>1</script>', ['url url.invalid']],
  ['url', 'a file', 'file:///etc/passwd', ['url url.invalid']],
  ['url', 'user and password', 'https://paypal.com@evil.test/', ['url url.invalid']],
  ['url', 'a bare word', 'shop', ['url url.invalid']],
  ['url', 'spaces', 'https://a.test/a b', ['url url.invalid']],
  ['url', 'a right-to-left override', 'https://a.test/\u202e', ['url url.invalid']],
  ['url', 'a lone surrogate', 'https://a.test/\ud800', ['url url.invalid']],
  ['url', 'more than it may hold once escaped', `https://a.test/${'路'.repeat(900)}`, ['url url.invalid']],
  ['url', '10 MB', `https://a.test/${text10M}`, ['url url.invalid']],
  ['choice', 'a foreign key', 'highest', ['choice choice.unknown']],
  ['choice', 'a key in another case', 'High', ['choice choice.unknown']],
  ['choice', 'a name of Object', 'constructor', ['choice choice.unknown']],
  ['choices', 'a foreign key', ['low', '__proto__'], ['choices.1 choice.unknown']],
  ['ref', 'a text', 'Acme', ['ref ref.invalid']],
  ['ref', 'a key delimiter', 'cus_00000000000000000000000001#A', ['ref ref.invalid']],
  ['ref', 'a small letter in the id', 'cus_0000000000000000000000000a', ['ref ref.invalid']],
  ['ref', 'a time beyond 2^48', 'cus_80000000000000000000000001', ['ref ref.invalid']],
  ['ref', 'a line end behind it', 'cus_00000000000000000000000001\n', ['ref ref.invalid']],
  ['refs', 'a text', ['Acme'], ['refs.0 ref.invalid']],
  ['number', 'NaN', NaN, ['number number.expected']],
  ['number', '1e400', JSON.parse('1e400'), ['number number.expected']],
  ['number', '2^53+1', JSON.parse('9007199254740993'), ['number number.tooLarge']],
  ['number', '−(2^53+1)', JSON.parse('-9007199254740993'), ['number number.tooSmall']],
  ['number', 'five decimals', 1.23456, ['number number.precision']],
  ['number', 'a text of a number', '12', ['number number.expected']],
  ['money', 'half a cent', { minor: 0.5, currency: 'CNY' }, ['money.minor money.amount']],
  ['money', '2^53+1', { minor: JSON.parse('9007199254740993'), currency: 'CNY' }, ['money.minor money.amount']],
  ['money', '1e400', { minor: Infinity, currency: 'CNY' }, ['money.minor money.amount']],
  ['money', 'no currency', { minor: 5 }, ['money.currency field.required']],
  ['money', 'a currency nobody has', { minor: 5, currency: 'XYZ' }, ['money.currency money.currency']],
  ['money', 'small letters', { minor: 5, currency: 'cny' }, ['money.currency money.currency']],
  ['date', 'the year 0', '0000-01-01', ['date date.invalid']],
  ['date', 'the year 9999', '9999-12-31', ['date date.invalid']],
  ['date', '30 February', '2024-02-30', ['date date.invalid']],
  ['date', '29 February of a common year', '2100-02-29', ['date date.invalid']],
  ['date', 'month 13', '2024-13-01', ['date date.invalid']],
  ['date', 'day 0', '2024-01-00', ['date date.invalid']],
  ['date', 'a time behind it', '2024-01-01T00:00:00Z', ['date date.invalid']],
  ['date', 'full-width digits', '２０２４-01-01', ['date date.invalid']],
  ['date', 'an ordinal date', '2024-060', ['date date.invalid']],
  ['date', 'a line end behind it', '2024-01-01\n', ['date date.invalid']],
  ['instant', '24:00', '2024-01-01T24:00:00Z', ['instant instant.invalid']],
  ['instant', 'a leap second', '2016-12-31T23:59:60Z', ['instant instant.invalid']],
  ['instant', 'no zone', '2024-01-01T10:00:00', ['instant instant.invalid']],
  ['instant', '30 February', '2024-02-30T10:00:00Z', ['instant instant.invalid']],
  ['instant', 'an offset of 99 hours', '2024-01-01T10:00:00+99:00', ['instant instant.invalid']],
  ['instant', 'an offset that leaves the range', '1000-01-01T00:00:00+10:00', ['instant instant.invalid']],
  ['instant', 'a mere day', '2024-01-01', ['instant instant.invalid']],
  ['boolean', 'a word', 'yes', ['boolean boolean.expected']],
  ['boolean', 'a number', 1, ['boolean boolean.expected']],
  ['address', 'nothing in it', {}, ['address address.empty']],
  ['address', 'a blank part', { city: ' ' }, ['address.city text.empty']],
  ['address', 'a control', { street: 'a\u0000' }, ['address.street text.characters']],
  ['address', 'a prototype', JSON.parse('{"constructor":"x","city":"Berlin"}'), ['address.constructor field.unknown']],
];
describe('bad values', () => {
  it.each(refusals)('%s refuses %s', (kind, _what, value, issues) => {
    expect(refusal(kind, value)).toEqual(issues);
  });

  it('keep to the limits that a field declares, and say which', () => {
    const limited = definitionWith({
      share: number({ en: 'Share', zh: '比例' }, { min: 0, max: 100, decimals: 0 }),
      price: money({ en: 'Price', zh: '价格' }, { min: 0 }),
      code: text({ en: 'Code', zh: '代码' }, { max: 3 }),
    });
    const issuesOf = (body: unknown) => {
      const parsed = parseCreate(limited, body);
      return parsed.ok ? [] : parsed.issues;
    };

    expect(issuesOf({ share: -1 })).toEqual([{ field: 'share', code: 'number.tooSmall', params: { limit: 0 } }]);
    expect(issuesOf({ share: 101 })).toEqual([{ field: 'share', code: 'number.tooLarge', params: { limit: 100 } }]);
    expect(issuesOf({ share: 101.5 })).toEqual([{ field: 'share', code: 'number.tooLarge', params: { limit: 100 } }]);
    expect(issuesOf({ share: 1.5 })).toEqual([{ field: 'share', code: 'number.precision' }]);
    expect(issuesOf({ price: { minor: -1, currency: 'CNY' } })).toEqual([
      { field: 'price.minor', code: 'money.tooSmall', params: { limit: 0 } },
    ]);
    expect(issuesOf({ code: '𠮷野家' })).toEqual([]);
    expect(issuesOf({ code: 'abcd' })).toEqual([{ field: 'code', code: 'text.tooLong', params: { limit: 3 } }]);
    expect(issuesOf({ code: 'x'.repeat(9999) })).toEqual([{ field: 'code', code: 'text.tooLong', params: { limit: 3 } }]);
    expect(issuesOf({ code: 'abcd', share: 101 }).map((issue) => issue.field)).toEqual(['share', 'code']);
  });
});

const acceptances: [KindName, string, unknown, unknown][] = [
  ['text', 'a name of one character', '王', '王'],
  ['text', 'a surname of four characters', '萨达姆侯赛因·欧阳', '萨达姆侯赛因·欧阳'],
  ['text', 'mixed scripts', 'Müller 穆勒 Мюллер', 'Müller 穆勒 Мюллер'],
  ['text', 'emoji', '👨‍👩‍👧 家', '👨‍👩‍👧 家'],
  ['text', 'a decomposed accent', 'Rene\u0301', 'René'],
  ['text', 'a composed accent', 'René', 'René'],
  ['text', 'inner line ends and tabs', 'a\r\n\tb', 'a b'],
  ['text', 'a zero-width space', 'a\u200bb', 'ab'],
  ['text', '200 characters outside the first plane', '𠮷'.repeat(200), '𠮷'.repeat(200)],
  ['text', 'markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['longText', 'line ends of every make', 'a\r\nb\rc', 'a\nb\nc'],
  ['email', 'capitals and spaces around', ' Li.Lei@Example.TEST ', 'li.lei@example.test'],
  ['email', 'full-width letters', 'ｌｉ＠ｅｘａｍｐｌｅ.test', 'li@example.test'],
  ['email', 'a local part of 64', `${'a'.repeat(64)}@b.test`, `${'a'.repeat(64)}@b.test`],
  ['email', '254 characters', longest, longest],
  ['email', 'a plus tag', 'li+shop@example.test', 'li+shop@example.test'],
  ['email', 'an international address', '用户@例子.公司', '用户@例子.公司'],
  ['email', 'an Indic address', 'संपर्क@डाटामेल.भारत', 'संपर्क@डाटामेल.भारत'],
  ['email', 'a punycode domain', 'a@xn--fsqu00a.xn--55qx5d', 'a@xn--fsqu00a.xn--55qx5d'],
  ['email', 'a Cyrillic twin, which is another mailbox', 'аpple@example.test', 'аpple@example.test'],
  ['emails', 'twins, once', ['A@b.test', 'a@b.test'], ['a@b.test']],
  ['phone', 'an extension', '0571-8888 0000 ext. 12', '0571-8888 0000 ext. 12'],
  ['phone', 'a Chinese extension', '0571-88880000转12', '0571-88880000转12'],
  ['phone', 'a short code', '110', '110'],
  ['phone', '15 digits', '+123456789012345', '+123456789012345'],
  ['phone', 'full-width digits', '（０５７１）８８８８００００', '(0571)88880000'],
  ['phone', 'another dash', '+86 138–0013–8000', '+86 138-0013-8000'],
  ['url', 'no scheme', 'example.test', 'https://example.test/'],
  ['url', 'plain http', 'http://example.test', 'http://example.test/'],
  ['url', 'a Chinese host', 'https://例子.公司/路', 'https://xn--fsqu00a.xn--55qx5d/%E8%B7%AF'],
  ['url', 'a port', 'shop.example.test:8443/a?b=c#d', 'https://shop.example.test:8443/a?b=c#d'],
  ['number', 'minus zero', -0, 0],
  ['money', 'minus zero', { minor: -0, currency: 'CNY' }, { minor: 0, currency: 'CNY' }],
  ['money', 'a negative amount', { minor: -1250, currency: 'CNY' }, { minor: -1250, currency: 'CNY' }],
  ['money', 'yen', { minor: 1250, currency: 'JPY' }, { minor: 1250, currency: 'JPY' }],
  ['money', 'three decimals', { minor: 1250, currency: 'KWD' }, { minor: 1250, currency: 'KWD' }],
  ['date', 'a leap day', '2024-02-29', '2024-02-29'],
  ['instant', 'an offset', '2024-03-01T08:00:00+08:00', '2024-03-01T00:00:00.000Z'],
  ['instant', 'a leap day by offset', '2024-03-01T07:59:59.9999+08:00', '2024-02-29T23:59:59.999Z'],
  ['tags', 'twins, once', ['VIP', 'vip', 'ＶＩＰ'], ['VIP']],
  ['choices', 'twins, once', ['low', 'low'], ['low']],
];
describe('unusual values of real people', () => {
  it.each(acceptances)('%s accepts %s', (kind, _what, value, stored) => {
    expect(refusal(kind, value)).toEqual({ [kind]: stored });
  });
});
