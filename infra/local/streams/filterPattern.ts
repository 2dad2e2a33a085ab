/**
 * The filter patterns of a Lambda event source mapping.
 * @source https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export type EventFilter = (event: unknown) => boolean;

type Pattern = { [key: string]: Pattern | Rule[] };
type Rule = string | number | boolean | null | { [operator: string]: unknown };

/**
 * @param patterns  each as JSON; an event passes when one of them matches, and always when there is none
 * @throws Error for an operator that this does not know, so that a filter is never silently wider than on AWS
 */
export function compileFilters(patterns: readonly string[]): EventFilter {
  const filters = patterns.map((text) => compilePattern(JSON.parse(text) as Pattern));
  return (event) => filters.length === 0 || filters.some((filter) => filter(event));
}

function compilePattern(pattern: Pattern): EventFilter {
  const parts = Object.entries(pattern).map(([key, value]): EventFilter => {
    if (key.startsWith('$')) throw new Error(`filter pattern: unknown operator ${key}`);
    const filter = Array.isArray(value) ? compileRules(value) : compilePattern(value);
    return (event) => filter(isObject(event) ? event[key] : undefined);
  });
  return (event) => parts.every((part) => part(event));
}

function compileRules(rules: Rule[]): EventFilter {
  const tests = rules.map(compileRule);
  // An array in the event matches when one of its elements does.
  return (value) => tests.some((test) => (Array.isArray(value) && value.length > 0 ? value.some(test) : test(value)));
}

function compileRule(rule: Rule): EventFilter {
  if (!isObject(rule)) return (value) => value === rule;
  const [operator, operand] = Object.entries(rule)[0] ?? [];
  const build = operator === undefined ? undefined : operators[operator];
  if (!build) throw new Error(`filter pattern: unknown operator ${operator}`);
  return build(operand);
}

const operators: Record<string, (operand: unknown) => EventFilter> = {
  exists: (wanted) => (value) => (value !== undefined) === wanted,
  prefix: (start) => (value) => typeof value === 'string' && value.startsWith(start as string),
  suffix: (end) => (value) => typeof value === 'string' && value.endsWith(end as string),
  'equals-ignore-case': (text) => (value) => typeof value === 'string' && value.toLowerCase() === (text as string).toLowerCase(),
  'anything-but': (operand) => {
    const excluded = Array.isArray(operand) ? operand : [operand];
    if (excluded.some(isObject)) throw new Error('filter pattern: anything-but takes plain values here');
    return (value) => value !== undefined && !excluded.includes(value);
  },
  numeric: (operand) => {
    const list = operand as (string | number)[];
    const tests = Array.from({ length: list.length / 2 }, (_, i) => {
      const compare = comparisons[list[2 * i] as string];
      if (!compare) throw new Error(`filter pattern: unknown comparison ${list[2 * i]}`);
      return (value: number) => compare(value, list[2 * i + 1] as number);
    });
    return (value) => typeof value === 'number' && tests.every((test) => test(value));
  },
};

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
