import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { pipelinesOf, STANDARD_ID } from '../../shared/sales/pipelines.ts';
import { stageOfMany } from '../../web/src/sales/bulkStage.ts';

const OTHER = 'pip_01KJPWD6M0040G2081040G2081';
const other = {
  id: OTHER,
  nameEn: 'Projects',
  nameZh: '项目',
  stages: [{ key: 'plan', label: { en: 'Plan', zh: '计划' }, means: 'open', rate: 10 }],
};
const PIPELINES = pipelinesOf([other]);

const deal = (values: object): AnyRecord =>
  ({ id: 'opp_1', pipelineId: STANDARD_ID, stage: 'needs', outcome: 'open', ...values }) as unknown as AnyRecord;
const [here, there, won] = [deal({}), deal({ pipelineId: OTHER, stage: 'plan' }), deal({ pipelineId: OTHER, outcome: 'won' })];

describe('the stage of many deals', () => {
  it('is one of their own pipeline, and of those that are open', () => {
    const given = stageOfMany(PIPELINES, [won, there, there]);
    expect(given).toMatchObject({ others: { pipelineId: OTHER, stage: 'plan' } });
    expect('fits' in given && [won, there].map(given.fits)).toEqual([false, true]);
  });

  it.each([
    ['of different pipelines', [here, there], /different pipelines/],
    ['all of which have ended', [won], /open/],
  ])('is none for deals %s', (_which, deals, words) => {
    const given = stageOfMany(PIPELINES, deals);
    expect('refused' in given && given.refused()).toMatch(words);
  });
});
