import { options } from '../kernel/fields/index.ts';

/** Where a customer or lead first heard of us. */
export const SOURCES = options({
  marketResearch: ['Market research', '市场调研'],
  industryReport: ['Industry report', '行业报告'],
  customerReferral: ['Customer referral', '客户推荐'],
  exhibition: ['Exhibition', '展览会'],
  website: ['Website', '网站'],
  webForm: ['Web form', '网页表单'],
  phone: ['Phone', '电话'],
  mailing: ['Mailing', '营销邮件'],
  partner: ['Partner', '合作伙伴'],
  socialMedia: ['Social media', '社交媒体'],
  other: ['Other', '其他'],
});

/** How a person is reached, as a preference and on every interaction. */
export const CHANNELS = options({
  faceToFace: ['Face to face', '面对面'],
  phone: ['Phone', '电话'],
  email: ['E-mail', '电子邮件'],
  web: ['Web', '网页'],
  fax: ['Fax', '传真'],
  post: ['Post', '信件'],
  message: ['Message', '短信/即时消息'],
  mobile: ['Mobile', '移动端'],
  socialMedia: ['Social media', '社交媒体'],
});
