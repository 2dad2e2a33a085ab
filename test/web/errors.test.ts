import { describe, expect, it } from 'vitest';
import { ApiError, NetworkError } from '../../web/src/kernel/api.ts';
import { describeError } from '../../web/src/kernel/errors.ts';
import { wordIssue } from '../../web/src/kernel/issues.ts';

describe('words for a failure', () => {
  it('come from its code', () => {
    expect(describeError(new ApiError(409, { code: 'duplicate.possible' }))).toContain('already there');
  });

  it.each([
    [401, 'sign in again'],
    [403, 'does not allow'],
    [404, 'no longer here'],
    [409, 'Someone else'],
    [413, 'entered'],
    [429, 'wait a moment'],
  ])('come from its status %i where the code has none', (status, words) => {
    expect(describeError(new ApiError(status, { code: 'some.new.code' }))).toContain(words);
  });

  it('name the request where the fault is the server’s', () => {
    expect(describeError(new ApiError(500, { code: 'internal', requestId: 'req-7' }))).toContain('req-7');
  });

  it('tell no connection from a fault', () => {
    expect(describeError(new NetworkError())).toContain('cannot be reached');
    expect(describeError(new Error('x is undefined'))).not.toContain('undefined');
  });
});

describe('words for a field', () => {
  it('tell the limit', () => {
    expect(wordIssue({ code: 'text.tooLong', params: { limit: 120 } })).toBe('At most 120 characters');
    expect(wordIssue({ code: 'text.tooLong' })).toBe('This is too long');
  });

  it('are there for a code nobody worded', () => {
    expect(wordIssue({ code: 'unheard.of' })).toBe('This value is not valid');
  });
});
