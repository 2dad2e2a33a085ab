import { describe, expect, it } from 'vitest';
import type { Values } from '../../shared/kernel/record.ts';
import { STAGES } from '../../shared/sales/stages.ts';
import { changed, deal, issuesOf, MONDAY, TUESDAY, STANDARD } from './deals.ts';

const LINES = [
  { id: 'a', name: 'Beans', quantity: '2.5', unitPrice: 2400 },
  { id: 'b', name: 'Sample', quantity: '1', unitPrice: 0 },
];
const CNY = (minor: number) => ({ minor, currency: 'CNY' });

describe('the pipeline', () => {
  it('has ten stages, from first contact to the signed contract, with the success rates of the specification', () => {
    expect(STAGES.map(({ rate }) => rate)).toEqual([5, 15, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(STAGES.map(({ means }) => means)).toEqual([...Array<string>(9).fill('open'), 'won']);
    expect(new Set(STAGES.flatMap(({ key, label }) => [key, label.en, label.zh])).size).toBe(30);
  });
});

describe('a new deal', () => {
  it('is open at the first stage, with its rate, since now', () => {
    expect(deal()).toEqual({
      title: 'Beans',
      customerId: 'cus_1',
      pipelineId: STANDARD.id,
      stage: 'firstContact',
      outcome: 'open',
      successRate: 5,
      stageSince: MONDAY,
    });
  });

  it('may come in at any stage; at the last one it is won', () => {
    for (const { key, rate, means } of STAGES) {
      const made = deal({ stage: key });

      expect(made).toMatchObject({ stage: key, successRate: rate, outcome: means === 'won' ? 'won' : 'open', stageSince: MONDAY });
      expect(made['closedAt']).toBe(means === 'won' ? MONDAY : undefined);
      expect(issuesOf(made)).toEqual([]);
    }
  });
});

describe('a move', () => {
  it('brings the stage’s rate and a new clock, whichever way it goes', () => {
    const at = deal({ stage: 'solution' });

    expect(changed(at, { stage: 'needs' })).toMatchObject({
      values: { successRate: 40, stageSince: TUESDAY, outcome: 'open' },
      issues: [],
    });
    expect(changed(at, { stage: 'negotiation' })).toMatchObject({ values: { successRate: 90, stageSince: TUESDAY }, issues: [] });
  });

  it('to the last stage wins', () => {
    expect(changed(deal({ stage: 'negotiation' }), { stage: 'signed' })).toMatchObject({
      values: { outcome: 'won', successRate: 100, closedAt: TUESDAY, stageSince: TUESDAY },
      issues: [],
    });
  });

  it('within a stage, on the board, leaves the clock running', () => {
    expect(changed(deal({ stage: 'needs', rank: 'a' }), { rank: 'b' }).values).toMatchObject({
      rank: 'b',
      stageSince: MONDAY,
      successRate: 40,
    });
  });
});

describe('the success rate', () => {
  it.each<[string, Values, Values, number, string[]]>([
    ['is the stage’s unless said otherwise', { stage: 'needs' }, { title: 'Other' }, 40, []],
    ['may be another for a reason', { stage: 'needs' }, { successRate: 10, successReason: 'Budget frozen' }, 10, []],
    ['needs the reason', { stage: 'needs' }, { successRate: 10 }, 10, ['successReason opportunity.successRate.reasonMissing']],
    ['may be said in the stage’s own words', { stage: 'needs' }, { successRate: 40 }, 40, []],
    [
      'stays through a move as long as its reason stands',
      { stage: 'needs', successRate: 10, successReason: 'x' },
      { stage: 'solution' },
      10,
      [],
    ],
    ['goes back to the stage’s with its reason', { stage: 'needs', successRate: 10, successReason: 'x' }, { successReason: null }, 40, []],
    ['goes back when it is cleared', { stage: 'needs', successRate: 10, successReason: 'x' }, { successRate: null }, 40, []],
    ['may come with the move', { stage: 'needs' }, { stage: 'solution', successRate: 75, successReason: 'x' }, 75, []],
    ['is a fact after winning', { stage: 'needs', successRate: 10, successReason: 'x' }, { stage: 'signed' }, 100, []],
    ['is a fact after losing', { stage: 'needs', successRate: 10, successReason: 'x' }, { outcome: 'lost' }, 0, []],
  ])('%s', (_what, before, change, rate, issues) => {
    const result = changed(deal(before), change);

    expect(result.values['successRate']).toBe(rate);
    expect(result.issues).toEqual(issues);
  });

  it('drops a reason that no longer says anything', () => {
    const doubted = deal({ stage: 'needs', successRate: 10, successReason: 'x' });

    expect(changed(doubted, { successRate: null }).values).not.toHaveProperty('successReason');
    expect(changed(doubted, { stage: 'signed' }).values).not.toHaveProperty('successReason');
  });
});

describe('the amount', () => {
  it('is that of the lines, before tax, in the currency it was given', () => {
    expect(deal({ lines: LINES, amount: CNY(0) })['amount']).toEqual(CNY(6000));
    expect(changed(deal({ amount: CNY(99) }), { lines: LINES })).toMatchObject({ values: { amount: CNY(6000) }, issues: [] });
    expect(changed(deal({ lines: LINES, amount: CNY(0) }), { lines: LINES.slice(1) })).toMatchObject({
      values: { amount: CNY(0) },
      issues: [],
    });
  });

  it('is free again without them, and stays what it was', () => {
    expect(changed(deal({ lines: LINES, amount: CNY(0) }), { lines: null })).toMatchObject({ values: { amount: CNY(6000) }, issues: [] });
    expect(changed(deal(), { amount: CNY(5) })).toMatchObject({ values: { amount: CNY(5) }, issues: [] });
  });

  it.each<[string, Values, Values, string[]]>([
    ['contradicting the lines', { lines: LINES, amount: CNY(0) }, { amount: CNY(5) }, ['amount opportunity.amount.ofLines']],
    ['of lines without a currency', {}, { lines: LINES }, ['amount field.required']],
    ['cleared beside lines', { lines: LINES, amount: CNY(0) }, { amount: null }, ['amount field.required']],
    ['of a deal that costs us', { amount: CNY(0) }, { lines: [{ ...LINES[0], quantity: '-1' }] }, ['lines money.tooSmall']],
    [
      'beyond exact numbers',
      { amount: CNY(0) },
      { lines: [{ ...LINES[0], unitPrice: Number.MAX_SAFE_INTEGER }] },
      ['lines.0 money.tooLarge'],
    ],
    ['of two lines with one id', { amount: CNY(0) }, { lines: [LINES[0], LINES[0]] }, ['lines.1.id line.idTaken']],
  ])('%s is refused', (_what, before, change, issues) => {
    expect(changed(deal(before), change).issues).toEqual(issues);
  });

  it('may change its currency beside lines', () => {
    expect(changed(deal({ lines: LINES, amount: CNY(0) }), { amount: { minor: 6000, currency: 'USD' } })).toMatchObject({ issues: [] });
  });
});

describe('a closed deal', () => {
  const lost = changed(deal({ stage: 'needs', amount: CNY(5) }), { outcome: 'lost', reasons: ['price'] }).values;
  const won = changed(deal({ stage: 'needs', amount: CNY(5) }), { stage: 'signed' }).values;

  it.each([
    ['won', won],
    ['lost', lost],
  ])('that was %s keeps what was counted', (_how, ended) => {
    const refused = { stage: 'solution', amount: CNY(6), successRate: 50, successReason: 'x', customerId: 'cus_2' };

    for (const [field, value] of Object.entries(refused))
      expect(changed(ended, { [field]: value }).issues, field).toEqual([`${field} opportunity.closed`]);
    expect(changed(ended, { lines: LINES }).issues).toContain('lines opportunity.closed');
  });

  it('is not won by a move after it was lost', () => {
    expect(changed(lost, { stage: 'signed' })).toMatchObject({ values: { outcome: 'lost' }, issues: ['stage opportunity.closed'] });
  });

  it('can be described further', () => {
    for (const ended of [won, lost])
      expect(
        changed(ended, { description: 'x', tags: ['a'], people: [], workGroup: [], rank: 'z', closeNote: 'y', orderIds: ['o'] }).issues,
      ).toEqual([]);
  });
});

describe('the work group', () => {
  const sharing = (...shares: number[]) => shares.map((share, i) => ({ memberId: `mem_${i}`, share }));

  it('shares at most the whole, each colleague once', () => {
    expect(issuesOf(deal({ workGroup: sharing(50, 50) }))).toEqual([]);
    expect(issuesOf(deal({ workGroup: sharing(50, 51) }))).toEqual(['workGroup workGroup.sharesOverWhole']);
    expect(issuesOf(deal({ workGroup: [...sharing(10), ...sharing(20)] }))).toEqual(['workGroup.1.memberId workGroup.memberTwice']);
  });
});
