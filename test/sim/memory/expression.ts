/**
 * DynamoDB's expressions as far as the product writes them: tokens, attribute paths, conditions. Whatever else stands
 * in an expression throws an Error of ours, so that a new one is taught here (and proven) before it is simulated.
 */
import { compareKeys, sameStored, type StoredItem, type Value } from './item.ts';
import { refuse } from './refusals.ts';

export type Path = readonly string[];

/** Attribute names that stand in expressions as they are. Others may be among the 573 reserved words. */
const PLAIN_NAMES = new Set(['pk', 'sk', 'expiresAt', 'holder', 'taken']);
const TOKEN = /\s*(<=|>=|<>|[=<>(),.+-]|#\w+|:\w+|[A-Za-z_]\w*)/y;

/** Reads one expression; remembers which placeholders it met, because one that is left over is an error. */
export class Reader {
  private readonly tokens: string[] = [];
  private at = 0;
  private readonly placeholders: Placeholders;

  constructor(text: string, placeholders: Placeholders) {
    this.placeholders = placeholders;
    TOKEN.lastIndex = 0;
    for (let rest = text.trimEnd(), end = 0; end < rest.length; end = TOKEN.lastIndex) {
      const [, token] = TOKEN.exec(rest) ?? [];
      if (token === undefined) throw new Error(`not understood: ${text}`);
      this.tokens.push(token);
    }
  }

  peek = (): string | undefined => this.tokens[this.at];
  isDone = (): boolean => this.at >= this.tokens.length;

  /** Takes the next token if it is this one, in capitals or not. */
  takes(word: string): boolean {
    if (this.peek()?.toUpperCase() !== word.toUpperCase()) return false;
    this.at++;
    return true;
  }

  expect(word: string): void {
    if (!this.takes(word)) throw new Error(`${word} expected before ${this.peek() ?? 'the end'}`);
  }

  next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Error('the expression ends too early');
    return token;
  }

  path(): Path {
    const parts = [this.name()];
    while (this.takes('.')) parts.push(this.name());
    return parts;
  }

  value(): Value {
    return this.placeholders.value(this.next());
  }

  private name(): string {
    const token = this.next();
    if (token.startsWith('#')) return this.placeholders.name(token);
    if (!PLAIN_NAMES.has(token)) throw new Error(`${token} may be a reserved word: write it as a placeholder`);
    return token;
  }
}

/** Names and values given beside the expressions of one request. */
export class Placeholders {
  private readonly used = new Set<string>();
  private readonly names: Readonly<Record<string, string>>;
  private readonly values: Readonly<Record<string, Value>>;

  constructor(names: Readonly<Record<string, string>> = {}, values: Readonly<Record<string, Value>> = {}) {
    this.names = names;
    this.values = values;
  }

  name(token: string): string {
    this.used.add(token);
    const name = this.names[token];
    if (name === undefined) throw refuse(`An expression attribute name used is not defined: ${token}`);
    return name;
  }

  value(token: string): Value {
    if (!token.startsWith(':')) throw new Error(`a value expected, not ${token}`);
    this.used.add(token);
    const value = this.values[token];
    if (value === undefined) throw refuse(`An expression attribute value used is not defined: ${token}`);
    return value;
  }

  assertAllUsed(): void {
    const left = [...Object.keys(this.names), ...Object.keys(this.values)].filter((token) => !this.used.has(token));
    if (left.length) throw refuse(`Value unused in expressions: ${left.join(', ')}`);
  }
}

export function valueAt(item: StoredItem | undefined, path: Path): Value | undefined {
  let value: Value | undefined = item;
  for (const name of path) {
    if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, name) ? (value as StoredItem)[name] : undefined;
  }
  return value;
}

export type Condition = (item: StoredItem | undefined) => boolean;
type Operand = (item: StoredItem | undefined) => Value | undefined;

export function parseCondition(text: string, placeholders: Placeholders): Condition {
  const reader = new Reader(text, placeholders);
  const condition = anyOf(reader);
  if (!reader.isDone()) throw new Error(`not understood after ${reader.peek()}: ${text}`);
  return condition;
}

function anyOf(reader: Reader): Condition {
  const parts = [allOf(reader)];
  while (reader.takes('OR')) parts.push(allOf(reader));
  return (item) => parts.some((part) => part(item));
}

function allOf(reader: Reader): Condition {
  const parts = [single(reader)];
  while (reader.takes('AND')) parts.push(single(reader));
  return (item) => parts.every((part) => part(item));
}

function single(reader: Reader): Condition {
  if (reader.takes('NOT')) {
    const negated = single(reader);
    return (item) => !negated(item);
  }
  if (reader.takes('(')) {
    const inner = anyOf(reader);
    reader.expect(')');
    return inner;
  }
  const word = reader.peek();
  if (word === 'attribute_exists' || word === 'attribute_not_exists') {
    reader.next();
    reader.expect('(');
    const path = reader.path();
    reader.expect(')');
    return (item) => (valueAt(item, path) !== undefined) === (word === 'attribute_exists');
  }
  if (reader.takes('begins_with')) {
    reader.expect('(');
    const text = operand(reader);
    reader.expect(',');
    const start = operand(reader);
    reader.expect(')');
    return (item) => {
      const [whole, part] = [text(item), start(item)];
      return typeof whole === 'string' && typeof part === 'string' && whole.startsWith(part);
    };
  }
  return comparison(reader);
}

function comparison(reader: Reader): Condition {
  const left = operand(reader);
  if (reader.takes('BETWEEN')) {
    const from = operand(reader);
    reader.expect('AND');
    const to = operand(reader);
    return (item) => holds(left(item), '>=', from(item)) && holds(left(item), '<=', to(item));
  }
  if (reader.takes('IN')) {
    reader.expect('(');
    const among = [operand(reader)];
    while (reader.takes(',')) among.push(operand(reader));
    reader.expect(')');
    return (item) => among.some((one) => holds(left(item), '=', one(item)));
  }
  const sign = reader.next();
  if (!['=', '<>', '<', '<=', '>', '>='].includes(sign)) throw new Error(`not a comparison: ${sign}`);
  const right = operand(reader);
  return (item) => holds(left(item), sign, right(item));
}

function operand(reader: Reader): Operand {
  if (reader.peek()?.startsWith(':')) {
    const value = reader.value();
    return () => value;
  }
  const path = reader.path();
  return (item) => valueAt(item, path);
}

/** A comparison with an absent attribute never holds, except that it differs. */
function holds(a: Value | undefined, sign: string, b: Value | undefined): boolean {
  if (sign === '<>') return !sameStored(a, b);
  if (a === undefined || b === undefined) return false;
  if (sign === '=') return sameStored(a, b);
  const order =
    typeof a === 'number' && typeof b === 'number' ? a - b : typeof a === 'string' && typeof b === 'string' ? compareKeys(a, b) : NaN;
  return sign === '<' ? order < 0 : sign === '<=' ? order <= 0 : sign === '>' ? order > 0 : order >= 0;
}
