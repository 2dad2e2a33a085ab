import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { parseValue } from '../../shared/kernel/schema.ts';
import { OUTCOMES, submission } from '../../shared/leads/submission.ts';
import { definitionOf } from '../../shared/registry.ts';

const ended = (outcome: string) => ({ id: 'sub_1', version: 1, outcome }) as unknown as AnyRecord;

describe('a submission', () => {
  it('is counted as received and as exactly one outcome, so that the balance holds', () => {
    for (const { key } of OUTCOMES) expect(submission.metrics!(undefined, ended(key))).toEqual({ received: 1, [key]: 1 });
    expect(submission.metrics!(ended('created'), ended('created'))).toEqual({});
    expect(submission.metrics!(ended('created'), undefined)).toEqual({});
  });

  it('is written by the product alone', () => {
    expect(submission.operations).toEqual(['read']);
  });

  it('keeps answers as plain texts, of bounded length', () => {
    const payload = (value: unknown) => parseValue(definitionOf('submission'), 'payload', value).ok;

    expect(payload({ name: 'Li Lei', 爱好: '<script>' })).toBe(true);
    for (const odd of [
      { name: 7 },
      { name: ['x'] },
      { name: { first: 'x' } },
      { ['n'.repeat(81)]: 'x' },
      { name: 'x'.repeat(10_001) },
      'text',
      ['x'],
    ])
      expect(payload(odd)).toBe(false);
  });
});
