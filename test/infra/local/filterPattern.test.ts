import { describe, expect, it } from 'vitest';
import { compileFilters } from '../../../infra/local/streams/filterPattern.ts';

const event = { dynamodb: { Keys: { sk: { S: 'A' } }, n: 5, tags: ['x', 'y'], gone: null }, eventName: 'INSERT' };

describe('a filter pattern', () => {
  it.each([
    [{ dynamodb: { Keys: { sk: { S: ['A'] } } } }, true],
    [{ dynamodb: { Keys: { sk: { S: ['B'] } } } }, false],
    [{ dynamodb: { Keys: { sk: { S: ['A'] }, pk: { S: ['T'] } } } }, false],
    [{ eventName: ['MODIFY', 'INSERT'] }, true],
    [{ eventName: [{ prefix: 'IN' }] }, true],
    [{ eventName: [{ prefix: 'X' }] }, false],
    [{ eventName: [{ suffix: 'ERT' }] }, true],
    [{ eventName: [{ 'equals-ignore-case': 'insert' }] }, true],
    [{ eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
    [{ eventName: [{ 'anything-but': 'INSERT' }] }, false],
    [{ userIdentity: [{ exists: false }] }, true],
    [{ userIdentity: [{ exists: true }] }, false],
    [{ dynamodb: { n: [5] } }, true],
    [{ dynamodb: { n: [{ numeric: ['>', 4, '<=', 5] }] } }, true],
    [{ dynamodb: { n: [{ numeric: ['>', 5] }] } }, false],
    [{ dynamodb: { tags: ['y'] } }, true],
    [{ dynamodb: { tags: ['z'] } }, false],
    [{ dynamodb: { gone: [null] } }, true],
  ])('%j → %s', (pattern, passes) => {
    expect(compileFilters([JSON.stringify(pattern)])(event)).toBe(passes);
  });

  it('passes what one of several matches, and everything when there is none', () => {
    expect(compileFilters(['{"eventName":["REMOVE"]}', '{"eventName":["INSERT"]}'])(event)).toBe(true);
    expect(compileFilters([])(event)).toBe(true);
  });

  it.each(['{"a":[{"cidr":"10.0.0.0/8"}]}', '{"$or":[{"a":[1]}]}', '{"a":[{"numeric":["~",1]}]}'])(
    'with an unknown operator is refused: %s',
    (pattern) => {
      expect(() => compileFilters([pattern])).toThrow(/unknown/);
    },
  );
});
