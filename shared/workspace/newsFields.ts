import { boolean, choice, date, longText, options, text, url } from '../kernel/fields/index.ts';

const NEWS_CATEGORIES = options({
  company: ['Company', '公司动态'],
  product: ['Products', '产品资讯'],
  salesPolicy: ['Sales policy', '销售政策'],
  competitors: ['Competitors', '竞争对手'],
  training: ['Training', '培训学习'],
  other: ['Other', '其他'],
});

/** What is written, before and after it is published. */
export const NEWS_FIELDS = {
  title: text({ en: 'Title', zh: '标题' }, { required: true, max: 160, search: true }),
  category: choice(NEWS_CATEGORIES, { en: 'Category', zh: '栏目' }, { required: true, open: true }),
  body: longText({ en: 'Text', zh: '正文' }, { required: true }),
  link: url({ en: 'Link', zh: '链接' }),
  pinned: boolean({ en: 'Pinned to the top', zh: '置顶' }),
  /** The last day, on the reader's wall, on which the page still shows it among what is current. Absent: it stays. */
  shownUntil: date({ en: 'Shown until', zh: '展示至' }),
} as const;
