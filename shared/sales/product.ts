import { boolean, longText, money, tags, text } from '../kernel/fields/index.ts';
import { defineRecord } from '../kernel/record.ts';

/** Something the business sells. */
export const product = defineRecord({
  name: 'product',
  plural: 'products',
  idPrefix: 'prd',
  domain: 'sales',
  label: { en: ['Product', 'Products'], zh: '产品' },
  title: 'name',
  fields: {
    name: text({ en: 'Name', zh: '名称' }, { required: true, max: 160, search: true }),
    code: text({ en: 'Code', zh: '编码' }, { max: 60, search: true, unique: true }),
    category: text({ en: 'Category', zh: '类别' }, { max: 80 }),
    unit: text({ en: 'Unit', zh: '单位' }, { max: 20 }),
    price: money({ en: 'Price', zh: '价格' }, { min: 0 }),
    active: boolean({ en: 'On sale', zh: '在售' }),
    description: longText({ en: 'Description', zh: '描述' }, { max: 4000 }),
    tags: tags({ en: 'Tags', zh: '标签' }, { search: true }),
  },
  access: { group: 'catalogue' },
  summary: ['code', 'unit', 'price'],
  views: { list: ['name', 'code', 'category', 'unit', 'price', 'active', 'updatedAt'] },
  discussed: true,
  customizable: true,
  rules: { derive: (values) => (values['active'] === undefined ? { ...values, active: true } : values) },
});
