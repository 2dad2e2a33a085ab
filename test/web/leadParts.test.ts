import { describe, expect, it } from 'vitest';
import type { AnyRecord, RecordDefinition } from '../../shared/kernel/record.ts';
import { checkFormFields } from '../../shared/leads/formFields.ts';
import { lead } from '../../shared/leads/lead.ts';
import type { Submission } from '../../shared/leads/submission.ts';
import type { WebForm } from '../../shared/leads/webForm.ts';
import { countByForm, countsOf } from '../../web/src/leads/formCounts.ts';
import { movedBy, OPEN_FIELDS, questionsOf, toDraft, toStored } from '../../web/src/leads/formDraft.ts';
import { findKnownCustomers } from '../../web/src/leads/knownCustomers.ts';

const type = lead as unknown as RecordDefinition;
const form = (fields?: WebForm['fields']) => ({ fields }) as WebForm;

describe('the questions of a form', () => {
  it('are those asked in their order, then all that could be', () => {
    const draft = toDraft(type, form([{ to: 'message' }, { to: 'name', required: true }]));

    expect(draft.slice(0, 2)).toEqual([
      { to: 'message', asked: true, required: false },
      { to: 'name', asked: true, required: true },
    ]);
    expect(draft.slice(2).map(({ to }) => to)).toEqual(OPEN_FIELDS.filter((to) => to !== 'message' && to !== 'name'));
  });

  it('come back as they were stored, names of their own included', () => {
    const stored = [{ to: 'phones', name: 'mobile', required: true }, { to: 'name' }];

    expect(toStored(toDraft(type, form(stored)))).toEqual(stored);
  });

  it('may all be asked of a stranger', () => {
    expect(checkFormFields({ fields: OPEN_FIELDS.map((to) => ({ to })) })).toEqual([]);
  });

  it('of a field that was taken away are asked no more', () => {
    expect(questionsOf(type, form([{ to: 'name' }, { to: 'x_gone' }]), 'en').map(({ label }) => label)).toEqual(['Name']);
    expect(toDraft(type, form([{ to: 'x_gone' }])).filter(({ asked }) => asked)).toEqual([]);
  });

  it('move by one place and not out of the list', () => {
    expect(movedBy(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
    expect(movedBy(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
});

describe('what came in', () => {
  const post = (webFormId: string, outcome: Submission['outcome'], createdAt: string) => ({ webFormId, outcome, createdAt }) as Submission;

  it('is counted per form, by what became of it', () => {
    const counts = countByForm([
      post('frm_a', 'created', '2026-11-20T00:00:00.000Z'),
      post('frm_a', 'refused', '2026-11-22T00:00:00.000Z'),
      post('frm_b', 'merged', '2026-11-21T00:00:00.000Z'),
      post('frm_a', 'created', '2026-11-21T00:00:00.000Z'),
    ]);

    expect(countsOf(counts, 'frm_a')).toEqual({ total: 3, created: 2, merged: 0, refused: 1, lastAt: '2026-11-22T00:00:00.000Z' });
    expect(countsOf(counts, 'frm_c').total).toBe(0);
  });
});

describe('customers a lead may be already', () => {
  const record = (id: string, values: Record<string, unknown>) => ({ id, ...values }) as AnyRecord;
  const customers = [
    record('phone', { name: 'A', phones: ['+8613800138000'] }),
    record('mail', { name: 'B', emails: ['lilei@mail.example'] }),
    record('name', { name: 'HARBOUR  Foods' }),
    record('through', { name: 'C' }),
    record('none', { name: 'Li Lei' }),
  ];
  const contacts = [record('con', { name: 'Li Lei', customerId: 'through', emails: ['lilei@mail.example'] })];

  it('share a number, an address or the firm’s name, themselves or through a contact', () => {
    const lei = record('lea', { name: 'Li Lei', company: 'Harbour Foods', phones: ['+86 138 0013 8000'], emails: ['LiLei@mail.example'] });

    expect(findKnownCustomers(lei, customers, contacts).map(({ id }) => id)).toEqual(['phone', 'mail', 'name', 'through']);
  });

  it('share a person’s name where the lead has no firm', () => {
    expect(findKnownCustomers(record('lea', { name: 'li lei' }), customers, contacts).map(({ id }) => id)).toEqual(['none']);
  });
});
