import { describe, expect, it } from 'vitest';
import { milestoneEffects, milestoneText, movedMilestones, noteEffects, type ToldNote } from '../../shared/workspace/discussionEffects.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';

const AT = '2026-03-02T09:00:00.000Z';
const PLACE = { type: 'lead', id: 'lea_1' };
const note = (text: string, ...mentioned: string[]): ToldNote => ({
  text,
  by: 'writer',
  mentioned: Object.fromEntries(mentioned.map((memberId) => [memberId, AT])),
});
const told = (before: ToldNote | undefined, after: ToldNote, followers: string[] = []) =>
  noteEffects(PLACE, before, after, followers).map(({ code, memberId }) => `${code} ${memberId}`);

describe('a note', () => {
  it.each([
    ['a new one, nobody there', undefined, note('x'), [], []],
    ['a new one, to its followers', undefined, note('x'), ['a', 'b'], ['noteAdded a', 'noteAdded b']],
    ['a new one that mentions', undefined, note('x', 'a'), ['a', 'b'], ['mentioned a', 'noteAdded b']],
    ['never its writer', undefined, note('x', 'writer'), ['writer'], []],
    ['other words', note('x', 'a'), note('y', 'a'), ['b'], []],
    ['one more mention', note('x', 'a'), note('x', 'a', 'b'), ['c'], ['mentioned b']],
  ] as const)('tells: %s', (_what, before, after, followers, expected) => {
    expect(told(before, after, [...followers])).toEqual(expected);
  });

  it('is quoted in one line, and not at its whole length', () => {
    const [effect] = noteEffects(PLACE, undefined, note(`a\n\n  b ${'x'.repeat(1000)}`), ['a']);

    expect(effect).toMatchObject({ recordType: 'lead', recordId: 'lea_1', asReader: true, params: { by: 'writer' } });
    expect(effect!.params['text']).toMatch(/^a b x{276}$/);
  });
});

describe('a change', () => {
  const opportunity = definitionOf('opportunity');
  const record = (values: object): AnyRecord => ({
    id: 'opp_1',
    version: 2,
    createdAt: AT,
    createdBy: 'a',
    updatedAt: AT,
    updatedBy: 'b',
    ...values,
  });

  it.each([
    ['of a milestone', { stage: 'interest' }, { stage: 'solution' }, ['stage']],
    [
      'of two, in the order of their declaration',
      { stage: 'negotiation', outcome: 'open' },
      { stage: 'signed', outcome: 'won' },
      ['stage', 'outcome'],
    ],
    ['of something else', { title: 'a' }, { title: 'b' }, []],
    ['of nothing', { stage: 'interest' }, { stage: 'interest' }, []],
  ])('%s moves what its type calls one', (_what, before, after, expected) => {
    expect(movedMilestones(opportunity, record(before), record(after))).toEqual(expected);
  });

  it('is none where a record comes or goes', () => {
    expect(movedMilestones(opportunity, undefined, record({ stage: 'interest' }))).toEqual([]);
    expect(movedMilestones(opportunity, record({ stage: 'interest' }), undefined)).toEqual([]);
  });

  it('tells its followers, but not who made it', () => {
    const effects = milestoneEffects(opportunity, record({ stage: 'solution' }), ['stage'], ['a', 'b', 'c']);

    expect(effects.map(({ code, memberId, params }) => [code, memberId, params])).toEqual(
      ['a', 'c'].map((memberId) => ['followedChanged', memberId, { by: 'b', type: 'opportunity', field: 'stage', to: 'solution' }]),
    );
    expect(milestoneEffects(opportunity, record({ stage: 'solution' }), [], ['a'])).toEqual([]);
  });

  it.each([
    ['en', { field: 'outcome', to: 'won' }, 'Outcome: Won'],
    ['zh-CN', { field: 'outcome', to: 'won' }, '结果：赢单'],
    ['en', { field: 'stage', to: 'ourOwnStage' }, 'Stage: ourOwnStage'],
    ['en', { field: 'outcome' }, undefined],
    ['en', { field: 'constructor', to: 'x' }, undefined],
    ['en', {}, undefined],
  ] as const)('is worded in %s from %j as %s', (locale, params, words) => {
    expect(milestoneText(opportunity, params, locale)).toBe(words);
    expect(milestoneText(undefined, params, locale)).toBeUndefined();
  });
});
