import { describe, expect, it } from 'vitest';
import { contact } from '../../shared/customers/contact.ts';
import { customer } from '../../shared/customers/customer.ts';
import { CHANNELS, SOURCES } from '../../shared/customers/lists.ts';
import type { AnyRecord, RecordDefinition } from '../../shared/kernel/record.ts';
import { parseCreate } from '../../shared/kernel/schema.ts';

const record = { id: 'cus_1', version: 1 } as AnyRecord;
const definition = customer as unknown as RecordDefinition;

describe('a customer', () => {
  it('needs a name and nothing else, be it one character', () => {
    expect(parseCreate(definition, { name: '王' })).toEqual({ ok: true, value: { name: '王' } });
    expect(parseCreate(definition, {})).toEqual({ ok: false, issues: [{ field: 'name', code: 'field.required' }] });
  });

  it('may be several things to us at once', () => {
    expect(parseCreate(definition, { name: 'Acme', relations: ['customer', 'supplier'] }).ok).toBe(true);
    expect(parseCreate(definition, { name: 'Acme', relations: ['enemy'] })).toEqual({
      ok: false,
      issues: [{ field: 'relations.0', code: 'choice.unknown' }],
    });
  });

  it('learns of its leads by the conversion alone', () => {
    expect(parseCreate(definition, { name: 'Acme', leadIds: ['lea_00000000000000000000000001'] })).toEqual({
      ok: false,
      issues: [{ field: 'leadIds', code: 'field.unknown' }],
    });
  });

  it('is counted when it comes and when it goes, a contact when it comes', () => {
    const counts = (metrics: NonNullable<RecordDefinition['metrics']>) => [
      metrics(undefined, record),
      metrics(record, record),
      metrics(record, undefined),
    ];

    expect(counts(customer.metrics!)).toEqual([{ created: 1 }, {}, { removed: 1 }]);
    expect(counts(contact.metrics!)).toEqual([{ created: 1 }, {}, {}]);
  });

  it('comes from one of eleven sources and is reached by one of nine channels', () => {
    expect(SOURCES.map(({ label }) => label.zh)).toEqual([
      '市场调研',
      '行业报告',
      '客户推荐',
      '展览会',
      '网站',
      '网页表单',
      '电话',
      '营销邮件',
      '合作伙伴',
      '社交媒体',
      '其他',
    ]);
    expect(CHANNELS.map(({ label }) => label.zh)).toEqual([
      '面对面',
      '电话',
      '电子邮件',
      '网页',
      '传真',
      '信件',
      '短信/即时消息',
      '移动端',
      '社交媒体',
    ]);
  });
});
