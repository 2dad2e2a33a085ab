import { describe, expect, it } from 'vitest';
import { stepsOf, type Seen } from '../../web/src/workspace/firstSteps/steps.ts';

const ME = 'mem_1';
const NOTHING: Seen = {
  ...{ me: ME, setsUp: true, basicsChecked: false, members: 1, makes: { customers: true, activities: true } },
  ...{ customers: [], leads: [], opportunities: [], activities: [], activeForms: 0 },
};
const byMe = [{ createdBy: ME }];
const byAnother = [{ createdBy: 'mem_2' }];
const doneOf = (seen: Partial<Seen>): string[] => stepsOf({ ...NOTHING, ...seen }).flatMap(({ key, done }) => (done ? [key] : []));

describe('the first steps of who sets a workspace up', () => {
  it.each<[string, Partial<Seen>, string[]]>([
    ['nothing is there', {}, []],
    ['he has looked at what sign-up guessed', { basicsChecked: true }, ['company']],
    ['somebody recorded a customer', { customers: byAnother }, ['customer']],
    ['a lead came in', { leads: byAnother }, ['customer']],
    ['a colleague is there, or invited', { members: 2 }, ['colleague']],
    ['a form takes messages', { activeForms: 1 }, ['form']],
    ['there is a deal', { opportunities: byMe }, ['deal']],
    ['something is planned', { activities: byMe }, ['deal']],
  ])('are taken when %s', (_when, seen, done) => {
    expect(doneOf(seen)).toEqual(done);
    expect(stepsOf({ ...NOTHING, ...seen })).toHaveLength(5);
  });
});

describe('the first steps of who joins one', () => {
  const member = { setsUp: false, members: 9, activeForms: 3 };

  it.each<[string, Partial<Seen>, string[]]>([
    ['others have done everything', { customers: byAnother, leads: byAnother, activities: byAnother }, []],
    ['he has checked his profile', { basicsChecked: true }, ['profile']],
    ['he recorded a lead', { leads: byMe }, ['customer']],
    ['he logged something', { activities: byMe }, ['activity']],
  ])('are his own: when %s', (_when, seen, done) => {
    expect(doneOf({ ...member, ...seen })).toEqual(done);
  });

  it('ask for nothing that he may not do', () => {
    const steps = stepsOf({ ...NOTHING, ...member, makes: { customers: false, activities: false } });

    expect(steps.map(({ key }) => key)).toEqual(['profile']);
  });
});
