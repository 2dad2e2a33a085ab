import { boolean, choice, longText, options, ref, text, url } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';

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
    active: boolean({ en: 'Takes posts', zh: '接收提交' }),
    redirectUrl: url(
      { en: 'Thanks page', zh: '感谢页' },
      { help: { en: 'Where visitors land after sending. Empty: a page of ours.', zh: '访客提交后到达的页面；留空则使用默认感谢页。' } },
    ),
    consentText: longText({ en: 'Consent text', zh: '同意条款' }, { max: 2000 }),
    fallbackOwnerId: ref('member', { en: 'Takes leads when nobody else does', zh: '无人可分配时的负责人' }),
  },
  paths: { owner: true },
  access: { group: 'marketing' },
  summary: ['active'],
  views: {
    list: ['name', 'language', 'active', 'updatedAt'],
    form: ['name', 'language', 'active', 'redirectUrl', 'consentText', 'fallbackOwnerId'],
  },
});
export type WebForm = RecordOf<typeof webForm>;
