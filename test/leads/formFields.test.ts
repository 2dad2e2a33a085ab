import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCustomFields, type CustomField } from '../../shared/kernel/customFields.ts';
import { definitionOf } from '../../shared/registry.ts';
import { formFieldsOf, readAnswers, toLeadValues, type Answers } from '../../shared/leads/formFields.ts';

const LEAD = definitionOf('lead');
const read = (sent: Record<string, unknown>): Answers => {
  const parsed = readAnswers(Object.entries(sent));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
};

describe('answers', () => {
  it('are texts, without the blank ones', () => {
    expect(read({ name: 'Li', age: 7, news: true, none: null, blank: ' \u200b', zero: 0 })).toEqual({
      name: 'Li',
      age: '7',
      news: 'true',
      zero: '0',
    });
  });

  it('of one group are one', () => {
    expect(
      readAnswers([
        ['size', 'S'],
        ['size', 'M'],
      ]),
    ).toEqual({ ok: true, value: { size: 'S; M' } });
  });

  it('are never so many that one post fills an item', () => {
    const issues = (sent: [string, string][]) => readAnswers(sent);
    const many = Array.from({ length: 4 }, (_, i): [string, string] => [`n${i}`, 'x'.repeat(9000)]);

    expect(issues(many)).toMatchObject({ ok: false, issues: [{ field: '', code: 'text.tooLong' }] });
    expect(issues([['n'.repeat(81), 'x']])).toMatchObject({ ok: false, issues: [{ field: 'n'.repeat(80), code: 'form.name' }] });
  });

  it('whatever they are never throw', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.anything()), { maxLength: 80 }), (sent) => {
        const parsed = readAnswers(sent);
        if (parsed.ok) toLeadValues(LEAD, {}, parsed.value);
      }),
    );
  });
});

describe('a lead from answers', () => {
  it('takes them by the names browsers fill in by themselves', () => {
    const answers = read({ name: '张三', email: 'A@B.test', phone: '010-8888 6666；13800138000', company: '云栖', message: 'a\r\nb' });

    expect(toLeadValues(LEAD, {}, answers)).toEqual({
      ok: true,
      value: { name: '张三', emails: ['a@b.test'], phones: ['010-8888 6666', '13800138000'], company: '云栖', message: 'a\nb' },
    });
  });

  it.each([
    [{ company: '云栖', email: 'a@b.test' }, '云栖'],
    [{ email: 'a@b.test', phone: '13800138000' }, 'a@b.test'],
    [{ phone: '13800138000' }, '13800138000'],
  ])('of a form that asks for no name has the next best one', (sent, name) => {
    const fields = [{ to: 'company' }, { to: 'emails' }, { to: 'phones' }];

    expect(toLeadValues(LEAD, { fields }, read(sent))).toMatchObject({ ok: true, value: { name } });
  });

  it('cannot be made of nothing', () => {
    expect(toLeadValues(LEAD, { fields: [{ to: 'message' }] }, read({ message: 'who am I' }))).toEqual({
      ok: false,
      issues: [{ field: 'name', code: 'field.required' }],
    });
  });

  it('fills the workspace’s own fields, and forgets those that were retired', () => {
    const own = (key: string, more: Partial<CustomField>): CustomField => ({
      id: `cfd_${key}`,
      on: 'lead',
      key,
      label: { en: key, zh: key },
      fieldKind: 'text',
      ...more,
    });
    const definition = withCustomFields(LEAD, [own('budget', { fieldKind: 'number' }), own('old', { retired: true })]);
    const form = { fields: [{ to: 'name' }, { to: 'x_budget', name: 'budget', required: true }, { to: 'x_old' }, { to: 'x_never' }] };
    const sent = { name: 'Li', budget: '12.5', x_old: 'x', x_never: 'y' };

    expect(toLeadValues(definition, form, read(sent))).toEqual({ ok: true, value: { name: 'Li', x_budget: 12.5 } });
    expect(toLeadValues(definition, form, read({ ...sent, budget: 'a lot' }))).toMatchObject({ ok: false, issues: [{ field: 'budget' }] });
  });

  it('knows the inputs by the names the form gives them', () => {
    expect(formFieldsOf({ fields: [{ to: 'emails' }, { to: 'phones', name: 'tel', required: true }] })).toEqual([
      { to: 'emails', name: 'email', required: false },
      { to: 'phones', name: 'tel', required: true },
    ]);
  });
});
