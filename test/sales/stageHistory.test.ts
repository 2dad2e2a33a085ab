import { describe, expect, it } from 'vitest';
import { stageHistory } from '../../shared/sales/stageHistory.ts';
import { record } from './deals.ts';

const ORDER = ['needs', 'solution'];
const HOUR = 3_600_000;
const at = (hour: number): string => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
/** `needs`, `needs lost`: the deal as it stood from that hour on. */
const version = (hour: number, said: string, by = 'mem_1') => {
  const [stage, outcome = 'open'] = said.split(' ');
  return record({ stage, outcome, updatedAt: at(hour), updatedBy: by });
};
const told = (...versions: [hour: number, said: string][]) =>
  stageHistory(
    versions.map(([hour, said]) => version(hour, said)),
    at(20),
    ORDER,
  ).items.map(
    ({ stage, since, until, ms, ended }) =>
      `${stage} ${since.slice(11, 13)}–${until?.slice(11, 13) ?? ''} ${ms / HOUR}h ${ended ?? 'open'}`,
  );

describe('the stays of a deal', () => {
  it.each<[string, [number, string][], string[]]>([
    ['of one that has not moved', [[8, 'needs']], ['needs 08– 12h open']],
    [
      'through other changes',
      [
        [8, 'needs'],
        [9, 'needs'],
        [10, 'solution'],
      ],
      ['needs 08–10 2h moved', 'solution 10– 10h open'],
    ],
    [
      'back and forth',
      [
        [8, 'needs'],
        [9, 'solution'],
        [11, 'needs'],
      ],
      ['needs 08–09 1h moved', 'solution 09–11 2h moved', 'needs 11– 9h open'],
    ],
    [
      'to a win',
      [
        [8, 'needs'],
        [9, 'signed won'],
        [15, 'signed won'],
      ],
      ['needs 08–09 1h won'],
    ],
    [
      'to a loss and on',
      [
        [8, 'needs'],
        [9, 'needs lost'],
        [15, 'needs'],
      ],
      ['needs 08–09 1h lost', 'needs 15– 5h open'],
    ],
    ['of one that came in won', [[8, 'signed won']], []],
    [
      'under a clock that went back',
      [
        [8, 'needs'],
        [7, 'solution'],
      ],
      ['needs 08–07 0h moved', 'solution 07– 13h open'],
    ],
    ['of nothing', [], []],
  ])('%s', (_what, versions, expected) => {
    expect(told(...versions)).toEqual(expected);
  });

  it('are added up by stage, in the order of the pipeline', () => {
    const { totals } = stageHistory([version(8, 'solution'), version(9, 'needs'), version(11, 'solution')], at(12), ORDER);

    expect(totals).toEqual([
      { stage: 'needs', ms: 2 * HOUR },
      { stage: 'solution', ms: 2 * HOUR },
    ]);
  });

  it('say who brought the deal there', () => {
    const { items } = stageHistory([version(8, 'needs', 'mem_1'), version(9, 'solution', 'mem_2')], at(10), ORDER);

    expect(items.map(({ by }) => by)).toEqual(['mem_1', 'mem_2']);
  });
});
