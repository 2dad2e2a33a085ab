import { address, choice, choices, date, emails, longText, options, phones, ref, refs, tags, text, url } from '../kernel/fields/index.ts';
import { defineRecord } from '../kernel/record.ts';
import { CHANNELS, SOURCES } from './lists.ts';

export const customer = defineRecord({
  name: 'customer',
  plural: 'customers',
  idPrefix: 'cus',
  domain: 'customers',
  label: { en: ['Customer', 'Customers'], zh: '客户' },
  title: 'name',
  fields: {
    name: text({ en: 'Name', zh: '名称' }, { required: true, max: 160, search: true }),
    form: choice(options({ organisation: ['Organisation', '企业'], person: ['Person', '个人'] }), { en: 'Form', zh: '形式' }),
    relations: choices(
      options({
        customer: ['Customer', '客户'],
        distributor: ['Distributor', '分销商'],
        partner: ['Partner', '合作伙伴'],
        supplier: ['Supplier', '供应商'],
      }),
      { en: 'Relations', zh: '关系' },
    ),
    phones: phones({ en: 'Phones', zh: '电话' }, { search: true, match: true }),
    emails: emails({ en: 'E-mails', zh: '电子邮件' }, { search: true, match: true }),
    website: url({ en: 'Website', zh: '网站' }, { search: true }),
    address: address({ en: 'Address', zh: '地址' }, { sensitivity: 'personal' }),
    industry: choice(
      options({
        manufacturing: ['Manufacturing', '制造业'],
        services: ['Services', '服务业'],
        retail: ['Retail', '零售业'],
        construction: ['Construction', '建筑业'],
        technology: ['Technology', '信息技术'],
        education: ['Education', '教育'],
        health: ['Health', '医疗健康'],
        government: ['Government', '政府部门'],
        other: ['Other', '其他'],
      }),
      { en: 'Industry', zh: '行业' },
    ),
    size: choice(
      options({
        large: ['Large', '大型'],
        medium: ['Medium', '中型'],
        small: ['Small', '小型'],
        soleTrader: ['Sole trader', '个体工商户'],
      }),
      { en: 'Size', zh: '规模' },
    ),
    source: choice(SOURCES, { en: 'Source', zh: '来源' }),
    preferredChannel: choice(CHANNELS, { en: 'Preferred channel', zh: '首选渠道' }),
    needs: longText({ en: 'Needs', zh: '需求' }, { max: 4000 }),
    productPreference: longText({ en: 'Product preference', zh: '产品偏好' }, { max: 2000 }),
    serviceNeed: longText({ en: 'Service need', zh: '服务需求' }, { max: 2000 }),
    tags: tags({ en: 'Tags', zh: '标签' }, { search: true }),
    parentCustomerId: ref('customer', { en: 'Parent customer', zh: '上级客户' }),
    sex: choice(
      options({ female: ['Female', '女'], male: ['Male', '男'], other: ['Other', '其他'] }),
      { en: 'Sex', zh: '性别' },
      { sensitivity: 'personal' },
    ),
    birthDate: date({ en: 'Birth date', zh: '出生日期' }, { sensitivity: 'personal' }),
    notes: longText({ en: 'Notes', zh: '备注' }),
    leadIds: refs('lead', { en: 'Came from leads', zh: '来自线索' }, { readOnly: true }),
  },
  paths: { owner: true, parent: 'parentCustomerId' },
  access: { group: 'customers' },
  discussed: true,
  summary: ['phones', 'industry'],
  views: { list: ['name', 'phones', 'emails', 'industry', 'size', 'ownerId', 'updatedAt'] },
  customizable: true,
  metrics: (before, after) => (!before && after ? { created: 1 } : before && !after ? { removed: 1 } : {}),
});
