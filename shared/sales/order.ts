import { choice, data, date, longText, money, ref, tags, text } from '../kernel/fields/index.ts';
import { CURRENCY_OPTIONS } from '../kernel/money.ts';
import { defineRecord } from '../kernel/record.ts';
import { LINE_EXAMPLE, salesLines } from './lines.ts';
import { DELIVERY_STATES, ORDER_STATUSES, PAYMENT_STATES } from './lists.ts';
import { orderRules } from './orderRules.ts';
import { orderMetrics } from './salesMetrics.ts';

/** What a customer has ordered. Delivery and payment go their own ways, whatever the order's status. */
export const order = defineRecord({
  name: 'order',
  plural: 'orders',
  idPrefix: 'ord',
  domain: 'sales',
  label: { en: ['Order', 'Orders'], zh: '订单' },
  title: 'number',
  fields: {
    number: text(
      { en: 'Number', zh: '订单编号' },
      { max: 40, search: true, unique: true, help: { en: 'If empty, it gets the next number of the year.', zh: '留空则自动按年度编号。' } },
    ),
    customerId: ref('customer', { en: 'Customer', zh: '客户' }, { required: true }),
    contactId: ref('contact', { en: 'Contact', zh: '联系人' }, { within: 'customerId' }),
    opportunityId: ref('opportunity', { en: 'Opportunity', zh: '销售机会' }, { within: 'customerId' }),
    customerNumber: text({ en: "Customer's number", zh: '客户采购编号' }, { max: 60, search: true }),
    orderedOn: date({ en: 'Ordered on', zh: '下单日期' }),
    status: choice([...ORDER_STATUSES], { en: 'Status', zh: '状态' }, { readOnly: true, milestone: true }),
    delivery: choice(DELIVERY_STATES, { en: 'Delivery', zh: '发货状态' }, { milestone: true }),
    payment: choice(PAYMENT_STATES, { en: 'Payment', zh: '付款状态' }, { milestone: true }),
    currency: choice(CURRENCY_OPTIONS, { en: 'Currency', zh: '币种' }),
    lines: data({ en: 'Lines', zh: '明细' }, { shape: salesLines, example: LINE_EXAMPLE, refs: { productId: 'product' } }),
    net: money({ en: 'Net', zh: '不含税金额' }, { readOnly: true }),
    tax: money({ en: 'Tax', zh: '税额' }, { readOnly: true }),
    total: money({ en: 'Total', zh: '总金额' }, { readOnly: true }),
    notes: longText({ en: 'Notes', zh: '备注' }),
    tags: tags({ en: 'Tags', zh: '标签' }, { search: true }),
  },
  paths: { owner: true, parent: 'customerId' },
  access: { group: 'sales' },
  summary: ['status', 'orderedOn', 'total', 'opportunityId'],
  views: { list: ['number', 'customerId', 'orderedOn', 'total', 'status', 'delivery', 'payment', 'ownerId'] },
  discussed: true,
  customizable: true,
  rules: orderRules,
  metrics: orderMetrics,
});
