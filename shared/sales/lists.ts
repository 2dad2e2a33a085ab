import { options } from '../kernel/fields/index.ts';

/** Why a deal was won or lost. */
export const CLOSE_REASONS = options({
  price: ['Price', '价格'],
  brand: ['Brand', '品牌'],
  quality: ['Product quality', '产品质量'],
  functions: ['Product functions', '产品功能'],
  service: ['Service', '服务'],
  relationship: ['Customer relationship', '客户关系'],
  noBudget: ['No budget', '无预算'],
  noDecision: ['No decision', '未决策'],
  timing: ['Timing', '时机'],
  other: ['Other', '其他'],
});

/** Through whom it is sold. */
export const SALES_CHANNELS = options({
  field: ['Field', '现场推销'],
  telephone: ['Telephone', '电话销售'],
  partner: ['Partner channel', '渠道销售'],
  internet: ['Internet', '网上销售'],
});

export const SALES_METHODS = options({
  solution: ['Solution selling', '解决方案销售'],
  consultative: ['Consultative selling', '顾问式销售'],
  relationship: ['Relationship selling', '关系销售'],
  tender: ['Tender', '招投标'],
  trial: ['Trial', '试用'],
});

export const DEAL_OUTCOMES = [
  { key: 'open', label: { en: 'Open', zh: '进行中' }, means: 'open' },
  { key: 'won', label: { en: 'Won', zh: '赢单' }, means: 'won' },
  { key: 'lost', label: { en: 'Lost', zh: '输单' }, means: 'lost' },
] as const;

export const ORDER_STATUSES = [
  { key: 'draft', label: { en: 'Draft', zh: '草稿' }, means: 'draft' },
  { key: 'confirmed', label: { en: 'Confirmed', zh: '已确认' }, means: 'confirmed' },
  { key: 'closed', label: { en: 'Closed', zh: '已完成' }, means: 'closed' },
  { key: 'cancelled', label: { en: 'Cancelled', zh: '已取消' }, means: 'cancelled' },
] as const;

export const DELIVERY_STATES = options({
  notDelivered: ['Not delivered', '未发货'],
  partly: ['Partly delivered', '部分发货'],
  delivered: ['Delivered', '已发货'],
  returned: ['Returned', '已退货'],
});

export const PAYMENT_STATES = options({
  unpaid: ['Unpaid', '未付款'],
  prepaid: ['Prepaid', '已预付'],
  partly: ['Partly paid', '部分付款'],
  paid: ['Paid', '已付款'],
  refunded: ['Refunded', '已退款'],
});
