import { expect, it } from 'vitest';
import { fillsOf, saidOtherwise } from '../../shared/leads/leadMerge.ts';
import { definitionOf } from '../../shared/registry.ts';

const LEAD = definitionOf('lead');
const KNOWN = { name: 'Li', emails: ['a@b.test'], company: 'Yunqi' };
const SENT = { name: 'Lee', emails: ['c@d.test', 'e@f.test'], company: 'Yunqi', phones: ['13800138000'], nonsense: 1 };

it('a submission fills what stands empty in a lead, and nothing else', () => {
  expect(fillsOf(LEAD, KNOWN, SENT)).toEqual({ phones: ['13800138000'] });
});

it('what it says otherwise is told beside it, in short', () => {
  expect(saidOtherwise(LEAD, KNOWN, SENT)).toEqual({ name: 'Lee', emails: 'c@d.test; e@f.test' });
  expect(saidOtherwise(LEAD, { message: 'x' }, { message: 'y'.repeat(500) })['message']).toHaveLength(200);
});
