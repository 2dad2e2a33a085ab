/**
 * CloudFormation's functions, resolved on the machine.
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export interface Scope {
  /** `{"Ref": …}` of a resource, parameter or pseudo parameter. */
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  importValue(exportName: string): unknown;
  condition(name: string): boolean;
}

/** Marks `AWS::NoValue`: the property is left out. */
export const noValue = Symbol('AWS::NoValue');

/**
 * A copy of `value` without functions.
 * @throws Error for a function that this does not know
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? ['', undefined];
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, argument, scope);
  return Object.fromEntries(entries.map(([key, item]) => [key, resolve(item, scope)]).filter(([, item]) => item !== noValue));
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const list = () => resolve(argument, scope) as unknown[];
  switch (name) {
    case 'Ref':
      return scope.ref(argument as string);
    case 'Fn::GetAtt': {
      const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
      return scope.getAtt(id!, attribute.join('.'));
    }
    case 'Fn::ImportValue':
      return scope.importValue(resolve(argument, scope) as string);
    case 'Fn::Join': {
      const [separator, items] = list() as [string, unknown[]];
      return items.map(text).join(separator);
    }
    case 'Fn::Split': {
      const [separator, source] = list() as [string, string];
      return source.split(separator);
    }
    case 'Fn::Select': {
      const [index, items] = list() as [number | string, unknown[]];
      const item = items[Number(index)];
      if (item === undefined) throw new Error(`Fn::Select: no item ${index}`);
      return item;
    }
    case 'Fn::Sub':
      return substitute(argument as string | [string, Record<string, unknown>], scope);
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = argument as [string, unknown, unknown];
      return resolve(scope.condition(condition) ? whenTrue : whenFalse, scope);
    }
    case 'Fn::Equals': {
      const [a, b] = list();
      return a === b;
    }
    case 'Fn::Not':
      return !list()[0];
    case 'Fn::And':
      return list().every(Boolean);
    case 'Fn::Or':
      return list().some(Boolean);
    default:
      throw new Error(`the local host does not know ${name}`);
  }
}

function substitute(argument: string | [string, Record<string, unknown>], scope: Scope): string {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : argument;
  return template.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`; // an escaped dollar sign
    if (Object.hasOwn(variables, name)) return text(resolve(variables[name], scope));
    return text(name.includes('.') ? call('Fn::GetAtt', name, scope) : scope.ref(name));
  });
}

function text(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`not a text: ${JSON.stringify(value)}`);
}
