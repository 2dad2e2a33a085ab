import { CognitoError, invalidParameter } from './cognitoError.ts';

/** The members of a request, as unknown as they came. */
export type Input = Readonly<Record<string, unknown>>;

/** @throws CognitoError SerializationException */
export function parseInput(body: string): Input {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new CognitoError('SerializationException', 'Could not parse the request body.');
  }
  if (!isObject(value)) throw new CognitoError('SerializationException', 'Start of structure or map expected.');
  return value;
}

/** @throws CognitoError InvalidParameterException when absent, empty or no text */
export function text(input: Input, name: string): string {
  const value = optionalText(input, name);
  if (!value) {
    throw invalidParameter(
      `1 validation error detected: Value null at '${name[0]!.toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return value;
}

export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw wrongType(name);
  return value;
}

export function flag(input: Input, name: string): boolean {
  const value = input[name] ?? false;
  if (typeof value !== 'boolean') throw wrongType(name);
  return value;
}

/** A structure or map; empty when absent. */
export function structure(input: Input, name: string): Input {
  const value = input[name] ?? {};
  if (!isObject(value)) throw wrongType(name);
  return value;
}

/** A list of `{ Name, Value }`; a later pair of a name wins. */
export function attributes(input: Input, name: string): Record<string, string> {
  const value = input[name] ?? [];
  if (!Array.isArray(value) || !value.every(isObject)) throw wrongType(name);
  return Object.fromEntries(value.map((pair) => [text(pair, 'Name'), optionalText(pair, 'Value') ?? '']));
}

const isObject = (value: unknown): value is Input => typeof value === 'object' && value !== null && !Array.isArray(value);
const wrongType = (name: string) => new CognitoError('SerializationException', `${name} is of a wrong type.`);
