import { owner } from './people.ts';
import { command, create, nextSceneDay, sceneDay, type Body, type Scene } from './steps.ts';

/** News of the firm, in the two languages that are spoken there. @param daysAgo  when it was written; it is published a scene later */
const item = (daysAgo: number, title: string, category: string, paragraphs: readonly string[], more: Body = {}) => ({
  daysAgo: sceneDay(daysAgo),
  body: { title, category, body: paragraphs.join('\n\n'), ...more },
});

const NEWS = [
  item(
    47,
    'How we keep customer records · 客户资料规范',
    'company',
    [
      'Every customer has one owner, one main contact and a phone number that works. Please check yours by the end of the month.',
      '每个客户都要有一位负责人、一位主要联系人和一个可用的电话。请在月底前核对各自负责的客户。',
    ],
    { pinned: true },
  ),
  item(24, 'Winter blend is in the warehouse · 冬季拼配已到库', 'product', [
    'Notes of dried orange, cocoa and a little smoke. Samples of 200 g stand on the shelf by the door: take some along on your visits.',
    '橙干、可可和一点烟熏风味。200 克样品放在门边的架子上，拜访客户时请带上。',
  ]),
  item(12, 'Grinder rental with yearly agreements · 年度协议可含磨豆机租赁', 'salesPolicy', [
    'From 30 kg a month the grinder may be offered for half the rent when the customer signs for a year. Anything beyond that goes over Li’s desk first.',
    '每月 30 公斤以上、签订年度协议的客户，磨豆机租金可以减半。更大的优惠请先找陈立确认。',
  ]),
  item(4, 'Tasting on Friday at four · 周五下午四点品鉴', 'training', [
    'We cup the new Yunnan lots together and go through the questions customers ask most. Bring one question of your own.',
    '一起杯测云南新批次，并梳理客户最常问的问题。每人请带一个自己的问题。',
  ]),
] as const;

/** What the owner told everybody over the weeks; the last piece is still being written. */
export const told = (): Scene[] => [
  ...NEWS.flatMap(({ daysAgo, body }, n): Scene[] => [
    { daysAgo, steps: [create(owner.key, 'newsDraft', `news.${n}`, body)] },
    { daysAgo: nextSceneDay(daysAgo), steps: [command(owner.key, 'newsDraft', `news.${n}`, 'publish')] },
  ]),
  {
    daysAgo: sceneDay(1),
    steps: [
      create(owner.key, 'newsDraft', 'news.draft', {
        title: 'Opening hours over the holidays · 假期营业时间',
        category: 'company',
        body: 'To be agreed with the warehouse.\n\n待与仓库确认。',
      }),
    ],
  },
];
