import * as z from 'zod/mini';
import { boolean, choice, data, longText, options, ref, text, url } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { checkFormFields, type StoredFormField } from './formFields.ts';

/** A form on any web site that posts to the public address of its id. */
export const webForm = defineRecord({
  name: 'webForm',
  plural: 'webForms',
  idPrefix: 'frm',
  domain: 'leads',
  label: { en: ['Web form', 'Web forms'], zh: '网页表单' },
  title: 'name',
  fields: {
    name: text({ en: 'Name', zh: '名称' }, { required: true, max: 120, search: true }),
    language: choice(options({ en: ['English', '英文'], 'zh-CN': ['Chinese', '中文'] }), { en: 'Language', zh: '语言' }),
    active: boolean({ en: 'Open', zh: '接收提交' }),
    redirectUrl: url(
      { en: 'Thanks page', zh: '感谢页' },
      {
        help: {
          en: 'Where visitors go after sending. If empty, our own page thanks them.',
          zh: '访客提交后到达的页面；留空则使用默认感谢页。',
        },
      },
    ),
    consentText: longText({ en: 'Consent text', zh: '同意条款' }, { max: 2000 }),
    fields: data({ en: 'Questions', zh: '表单字段' }, { shape: questions, example: [{ to: 'name', required: true }, { to: 'emails' }] }),
    fallbackOwnerId: ref('member', { en: 'Takes leads when nobody else does', zh: '无人可分配时的负责人' }, { responsible: true }),
  },
  paths: { owner: true },
  access: { group: 'marketing' },
  summary: ['active'],
  views: {
    list: ['name', 'language', 'active', 'updatedAt'],
    form: ['name', 'language', 'active', 'redirectUrl', 'consentText', 'fallbackOwnerId'],
  },
  rules: {
    // A form is made to be used.
    derive: (values, before) => (!before && values['active'] === undefined ? { ...values, active: true } : values),
    check: checkFormFields,
  },
});
export type WebForm = RecordOf<typeof webForm>;

/** Absent: name, e-mail, phone, company and message are asked. */
function questions() {
  const name = z.string().check(z.minLength(1), z.maxLength(80));
  return z
    .array(z.strictObject({ to: z.string().check(z.maxLength(60)), name: z.optional(name), required: z.optional(z.boolean()) }))
    .check(z.minLength(1), z.maxLength(40)) as z.ZodMiniType<StoredFormField[]>;
}
