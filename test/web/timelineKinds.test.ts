import { describe, expect, it } from 'vitest';
import { kindOfRow, kindsIn, withKind } from '../../web/src/records/timelineKinds.ts';

describe('rows of a timeline', () => {
  it.each([
    ['note', 'notes'],
    ['file.added', 'files'],
    ['file.removed', 'files'],
    ['activity.done', 'activities'],
    ['activity.planned', 'activities'],
    ['record.created', 'changes'],
    ['record.changed', 'changes'],
    ['record.restored', 'changes'],
    ['lead.submitted', 'others'],
  ])('%s is one of the %s', (code, kind) => {
    expect(kindOfRow({ code })).toBe(kind);
  });

  it('are asked for by name, others ignored', () => {
    expect([...kindsIn('files,notes,nonsense')]).toEqual(['notes', 'files']);
    expect([...kindsIn('')]).toEqual([]);
  });

  it('are chosen one by one, and all of them are none', () => {
    expect(withKind(kindsIn(''), 'files')).toBe('files');
    expect(withKind(kindsIn('files'), 'notes')).toBe('notes,files');
    expect(withKind(kindsIn('notes,files'), 'notes')).toBe('files');
    expect(withKind(kindsIn('files'), 'files')).toBe('');
    expect(withKind(kindsIn('notes,activities,changes,files'), 'others')).toBe('');
  });
});
