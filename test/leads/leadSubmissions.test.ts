import { expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { leadSubmissions, SUBMITTED } from '../../shared/leads/leadSubmissions.ts';

const row = (at: string, code = SUBMITTED) => ({ at, id: at, code });
const lead = (values: object) => ({ id: 'lea_1', createdAt: '2026-01-01', ...values }) as unknown as AnyRecord;

it.each([
  ['made by a form', { webFormId: 'frm_1' }, [], { submissions: 1, lastSubmissionAt: '2026-01-01' }],
  ['that wrote again', { webFormId: 'frm_1' }, [row('2026-01-03'), row('2026-01-02')], { submissions: 3, lastSubmissionAt: '2026-01-03' }],
  [
    'entered by hand that wrote',
    {},
    [row('2026-01-04', 'record.changed'), row('2026-01-02')],
    { submissions: 1, lastSubmissionAt: '2026-01-02' },
  ],
  ['that never wrote', {}, [], { submissions: 0 }],
])('counts the posts of a lead %s', (_what, values, timeline, derived) => {
  expect(leadSubmissions.derive(lead(values), timeline)).toEqual(derived);
});
