import { describe, expect, it } from 'vitest';
import type { Option } from '../../shared/kernel/fields/index.ts';
import type { Values } from '../../shared/kernel/record.ts';
import { parseCreate } from '../../shared/kernel/schema.ts';
import { NO_SHAPE, shaped, type Entry } from '../../shared/kernel/shape.ts';
import { closeChange, reopenChange } from '../../shared/sales/opportunityClose.ts';
import { opportunityRulesIn } from '../../shared/sales/opportunityRules.ts';
import { pipeline, removeStageChange } from '../../shared/sales/pipeline.ts';
import { pipelineOf, pipelinesOf, stageOf, STANDARD_ID } from '../../shared/sales/pipelines.ts';
import { PROJECT_STAGES, STAGES, type Stage } from '../../shared/sales/stages.ts';
import { definitionOf } from '../../shared/registry.ts';
import { MONDAY, record, TUESDAY } from './deals.ts';

const PROJECTS = 'pip_00000000000000000000000001';
const entry = (id: string, more: Values): Entry => ({ id, nameEn: 'Projects', nameZh: '项目', stages: PROJECT_STAGES, ...more });
const entries = [entry(PROJECTS, { order: 2 })];
const pipelines = pipelinesOf(entries);
const projects = pipelineOf(pipelines, { pipelineId: PROJECTS });
const rules = opportunityRulesIn(pipelines);
const type = shaped(definitionOf('opportunity'), { ...NO_SHAPE, pipelines: entries });

const made = (values: Values) => rules.derive({ title: 'Hall', customerId: 'cus_1', ...values }, undefined, MONDAY);
const changed = (before: Values, change: Values) => {
  const values = rules.derive({ ...before, ...change }, before, TUESDAY);
  return { values, issues: rules.check(values, before).map(({ field, code }) => `${field} ${code}`) };
};

describe('the pipelines of a workspace', () => {
  it('are the standard one where it has set up none, and that one first where it has kept it as it is', () => {
    expect(pipelinesOf([]).map(({ id, stages }) => [id, stages])).toEqual([[STANDARD_ID, STAGES]]);
    expect(pipelines.map(({ id }) => id)).toEqual([STANDARD_ID, PROJECTS]);
  });

  it('stand in their order, and the standard one is never retired', () => {
    const own = [entry(STANDARD_ID, { order: 3, retired: true }), entry(PROJECTS, { order: 1, retired: true })];

    expect(pipelinesOf(own).map(({ id, retired }) => [id, retired])).toEqual([
      [PROJECTS, true],
      [STANDARD_ID, false],
    ]);
  });

  it('are what bodies, filters and lists of opportunities go by', () => {
    const keysOf = (name: string) => (type.fields[name] as unknown as { options: Option[] }).options.map(({ key }) => key);
    const body = { title: 'Hall', customerId: 'cus_01KJPWD6M0040G2081040G2081', stage: 'created' };

    expect(keysOf('pipelineId')).toEqual([STANDARD_ID, PROJECTS]);
    expect(keysOf('stage')).toEqual([...STAGES, ...PROJECT_STAGES].map(({ key }) => key));
    expect([parseCreate(type, body).ok, parseCreate(definitionOf('opportunity'), body).ok]).toEqual([true, false]);
  });
});

describe('a deal of a pipeline', () => {
  it.each<[string, Values, Values]>([
    ['is of the standard one unless it names another', {}, { pipelineId: STANDARD_ID, stage: 'firstContact', successRate: 5 }],
    ['begins where its pipeline does', { pipelineId: PROJECTS }, { stage: 'created', successRate: 10, outcome: 'open' }],
    ['is won where its pipeline says so', { pipelineId: PROJECTS, stage: 'contract' }, { outcome: 'won', successRate: 100 }],
    ['is won after the win, too', { pipelineId: PROJECTS, stage: 'implementation' }, { outcome: 'won', stage: 'implementation' }],
  ])('%s', (_what, values, expected) => {
    expect(made(values)).toMatchObject(expected);
  });

  const open = made({ pipelineId: PROJECTS, stage: 'provided' });
  const won = made({ pipelineId: PROJECTS, stage: 'contract' });
  it.each<[string, Values, Values, Values, string[]]>([
    ['is refused at a stage of another', open, { stage: 'needs' }, {}, ['stage choice.unknown']],
    ['begins anew in another', open, { pipelineId: STANDARD_ID }, { stage: 'firstContact', successRate: 5, stageSince: TUESDAY }, []],
    ['goes to the stage that is named with it', open, { pipelineId: STANDARD_ID, stage: 'needs' }, { stage: 'needs' }, []],
    ['goes on after the win', won, { stage: 'implementation' }, { stage: 'implementation', outcome: 'won', closedAt: MONDAY }, []],
    ['does not go back from the win', won, { stage: 'created' }, {}, ['stage opportunity.closed']],
    ['stays in its pipeline when it has ended', won, { pipelineId: STANDARD_ID }, {}, ['pipelineId opportunity.closed']],
  ])('%s', (_what, before, change, expected, issues) => {
    const done = changed(before, change);

    expect(done.issues).toEqual(issues);
    expect(done.values).toMatchObject(expected);
  });

  it('is closed and opened again along its own stages', () => {
    expect(closeChange(projects, record(open), { outcome: 'won' })).toMatchObject({ stage: 'contract' });
    expect(closeChange(projects, record({ ...won, stage: 'implementation' }), { outcome: 'won' })).not.toHaveProperty('stage');
    expect(reopenChange(projects, record(won))).toMatchObject({ stage: 'terms' });
    expect(() => reopenChange(projects, record(won), 'needs')).toThrow('input.invalid');
  });

  it('is of the standard one when it was stored before there were others', () => {
    expect(definitionOf('opportunity').upgrade!(1, { stage: 'needs' })).toEqual({ pipelineId: STANDARD_ID, stage: 'needs' });
  });
});

describe('a stage that is removed', () => {
  const stored = record({ ...entries[0] });
  const after = removeStageChange(stored, { stage: 'provided', movesTo: 'evaluated' });
  const [, gone] = pipelinesOf([entry(PROJECTS, after)]);
  const gonePipelines = pipelinesOf([entry(PROJECTS, after)]);
  const goneRules = opportunityRulesIn(gonePipelines);
  const open = made({ pipelineId: PROJECTS, stage: 'provided' });

  it('leaves its deals where they were sent, at once, also through others that are removed later', () => {
    const twice = removeStageChange(record({ ...stored, ...after }), { stage: 'evaluated', movesTo: 'terms' });

    expect(stageOf(gone!, 'provided').key).toBe('evaluated');
    expect(stageOf(pipelinesOf([entry(PROJECTS, twice)])[1]!, 'provided').key).toBe('terms');
  });

  it('sends a deal on with the next change of it', () => {
    expect(goneRules.derive({ ...open, title: 'Town hall' }, open, TUESDAY)).toMatchObject({ stage: 'evaluated', successRate: 50 });
  });

  it('is kept by deals that have ended there, and told by its name', () => {
    const lost = goneRules.derive({ ...open, outcome: 'lost', closeNote: 'x' }, { ...open, outcome: 'lost' }, TUESDAY);
    const fields = shaped(definitionOf('opportunity'), { ...NO_SHAPE, pipelines: [entry(PROJECTS, after)] }).fields;

    expect(lost).toMatchObject({ stage: 'provided', outcome: 'lost' });
    expect((fields['stage'] as unknown as { options: Option[] }).options).toContainEqual(
      expect.objectContaining({ key: 'provided', label: { en: 'Solution provided', zh: '方案提供' }, retired: true }),
    );
  });

  it('is gone when it is removed so again', () => {
    expect(removeStageChange(record({ ...stored, ...after }), { stage: 'provided', movesTo: 'evaluated' })).toEqual({});
    expect(() => removeStageChange(record({ ...stored, ...after }), { stage: 'provided', movesTo: 'terms' })).toThrow('pipeline.removed');
  });

  it.each([
    ['an unknown one', 'moon', 'created'],
    ['to itself', 'created', 'created'],
    ['to one that means otherwise', 'created', 'contract'],
    ['to an unknown one', 'created', 'moon'],
  ])('is not %s', (_what, stage, movesTo) => {
    expect(() => removeStageChange(stored, { stage, movesTo })).toThrow('input.invalid');
  });
});

describe('the record of a pipeline', () => {
  const check = (stages: readonly Stage[], before?: Values) =>
    pipeline.rules.check!({ stages, removed: before?.['removed'] }, before).map(({ code }) => code);
  const [first, second, , , won, last] = PROJECT_STAGES;

  it.each<[string, readonly Stage[], readonly Stage[] | undefined, string[]]>([
    ['begins open and ends won', [first, won], undefined, []],
    ['is not without a win', [first, second], undefined, ['pipeline.stages']],
    ['is not without a beginning', [won, last], undefined, ['pipeline.stages']],
    ['is not empty', [], undefined, ['pipeline.stages']],
    ['does not open again after the win', [first, won, second], undefined, ['pipeline.stages']],
    ['names a stage once', [first, first, won], undefined, ['pipeline.stageTwice']],
    ['is ordered, renamed and grows', [second, { ...first, label: { en: 'New', zh: '新' } }, won, last], [first, second, won], []],
    ['loses no stage by a change', [first, won], [first, second, won], ['pipeline.stageGone']],
    ['does not turn an open stage into a win', [first, { ...second, means: 'won' }, won], [first, second, won], ['pipeline.stageMeans']],
  ])('%s', (_what, stages, before, expected) => {
    expect(check(stages, before && { stages: before })).toEqual(expected);
  });

  it('takes up no stage that was removed', () => {
    const removed = [{ ...second, movesTo: first.key }];

    expect(check([first, second, won], { stages: [first, won], removed })).toEqual(['pipeline.stageTwice']);
  });
});
