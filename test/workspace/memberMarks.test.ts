import { expect, it } from 'vitest';
import { marksMoved, readMarks } from '../../shared/workspace/memberMarks.ts';

const EARLY = '2026-03-01T09:00:00.000Z';
const LATE = '2026-03-02T09:00:00.000Z';

it.each<[unknown, readonly string[]]>([
  [{ newsReadAt: EARLY }, []],
  [{}, []],
  [[], ['input.object']],
  ['now', ['input.object']],
  [{ newsReadAt: 'yesterday' }, ['instant.invalid']],
  [{ newsReadAt: 7, colour: EARLY }, ['instant.expected', 'field.unknown']],
])('of a body %j what is wrong is %j', (body, codes) => {
  const read = readMarks(body);

  expect(read.ok ? [] : read.issues.map(({ code }) => code)).toEqual(codes);
});

it('takes moments of any zone for what they are', () => {
  expect(readMarks({ newsReadAt: '2026-03-02T17:00:00+08:00' })).toEqual({ ok: true, marks: { newsReadAt: LATE } });
});

it('marks only go forward', () => {
  expect(marksMoved({ newsReadAt: LATE }, { newsReadAt: EARLY, firstStepsClosedAt: EARLY })).toEqual({ firstStepsClosedAt: EARLY });
  expect(marksMoved({ newsReadAt: EARLY }, { newsReadAt: LATE })).toEqual({ newsReadAt: LATE });
});
