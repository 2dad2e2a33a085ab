import { addDays } from '../../../shared/kernel/dates.ts';
import type { Day } from '../../../shared/kernel/types.ts';
import type { StageKey } from '../../../shared/sales/stages.ts';
import { lines } from './catalogue.ts';
import { chinese, english, type Half } from './halves.ts';
import { at, command, create, nextSceneDay, sceneDay, update, type Body, type Scene } from './steps.ts';

/** Where a deal came when, in days ago. */
type Way = readonly (readonly [daysAgo: number, stage: StageKey])[];

interface Deal {
  readonly half: Half;
  /** Its customer's place in the half. */
  readonly firm: number;
  readonly title: string;
  readonly way: Way;
  /** In the firm's currency; absent where its lines say it. */
  readonly amount?: number;
  /** Days from today on which it should end. */
  readonly endsIn: number;
  readonly more?: Body;
  readonly end?: readonly [daysAgo: number, Body];
  readonly ordered?: true;
}

const won = (...reasons: string[]): Body => ({ outcome: 'won', reasons });
const lost = (reasons: string[], more: Body = {}): Body => ({ outcome: 'lost', reasons, ...more });

/** Deals in every stage, on their way, late, won and lost. */
const deals: readonly Deal[] = [
  {
    ...{ half: chinese, firm: 1, title: '静安云舍酒店 · 早餐咖啡年度供应', endsIn: 18 },
    way: [
      [52, 'interest'],
      [40, 'needs'],
      [24, 'solution'],
      [6, 'negotiation'],
    ],
    amount: 186_000,
    more: {
      people: [
        { name: '刘洋', roles: ['economic'], attitude: 'neutral', influence: 5, notes: '关心全年价格锁定' },
        { name: '吴倩', roles: ['user', 'coach'], attitude: 'supporter', influence: 3 },
      ],
      competitors: [{ name: '山海烘焙', strengths: '价格低 8%', weaknesses: '无法保证每周配送', response: '强调新鲜度和备用机' }],
    },
  },
  {
    ...{ half: chinese, firm: 7, title: '远帆软件 · 办公室咖啡角', endsIn: 9 },
    way: [
      [32, 'decisionMaker'],
      [12, 'verbalYes'],
    ],
    more: { lines: lines([6, 12], [0, 24]) },
  },
  {
    ...{ half: chinese, firm: 8, title: '一隅共享办公 · 三层咖啡吧', endsIn: 40 },
    way: [[17, 'evaluation']],
    more: { lines: lines([8, 1], [0, 60]) },
  },
  { ...{ half: chinese, firm: 13, title: '晨曦健身 · 低因与冷萃', endsIn: 33 }, way: [[14, 'needs']], amount: 22_000 },
  { ...{ half: chinese, firm: 5, title: '海棠轻食 · 新店开业用豆', endsIn: -4 }, way: [[26, 'solution']], amount: 14_500 },
  { ...{ half: chinese, firm: 12, title: '朴宿民宿 · 挂耳定制', endsIn: 61 }, way: [[4, 'interest']], amount: 9_600 },
  { ...{ half: chinese, firm: 17, title: '明德小学 · 教师咖啡室', endsIn: 75 }, way: [[2, 'firstContact']], amount: 12_000 },
  {
    ...{ half: chinese, firm: 14, title: '长风律师事务所 · 年节礼盒 100 份', endsIn: -20, ordered: true },
    way: [
      [48, 'needs'],
      [36, 'verbalYes'],
    ],
    more: { lines: lines([5, 100]) },
    end: [15, won('quality', 'relationship')],
  },
  {
    ...{ half: chinese, firm: 3, title: '江南设计院 · 茶水间改造', endsIn: -45, ordered: true },
    way: [[58, 'solution']],
    more: { lines: lines([8, 1], [0, 12]) },
    end: [50, won('service')],
  },
  {
    ...{ half: chinese, firm: 10, title: '万和口腔 · 候诊区咖啡机', endsIn: -25 },
    way: [[44, 'demonstration']],
    amount: 31_000,
    end: [20, lost(['price'], { lostTo: '山海烘焙', closeNote: '对方含设备投放，总价低两成。' })],
  },
  {
    ...{ half: english, firm: 2, title: 'Hotel Meridian Bund · lobby bar and banquets', endsIn: 26 },
    way: [
      [56, 'firstContact'],
      [44, 'decisionMaker'],
      [22, 'demonstration'],
    ],
    amount: 240_000,
    more: {
      people: [
        { name: 'Priya Nair', roles: ['technical'], attitude: 'sceptic', influence: 4, notes: 'Wants a machine that staff cannot break' },
        { name: 'Lucas Meyer', roles: ['coach'], attitude: 'supporter', influence: 2 },
      ],
      competitors: [{ name: 'Bean Republic', strengths: 'Known to the chain', response: 'Blind tasting with their baristas' }],
    },
  },
  {
    ...{ half: english, firm: 7, title: 'Kestrel Software · beans for two floors', endsIn: 6 },
    way: [
      [28, 'needs'],
      [9, 'negotiation'],
    ],
    more: { lines: lines([0, 48], [6, 6]) },
  },
  { ...{ half: english, firm: 8, title: 'Willow School · staff room and open days', endsIn: 52 }, way: [[19, 'solution']], amount: 38_000 },
  { ...{ half: english, firm: 11, title: 'Junction Coworking · second site', endsIn: 15 }, way: [[13, 'evaluation']], amount: 52_500 },
  { ...{ half: english, firm: 4, title: 'Northlight Architects · client lounge', endsIn: -2 }, way: [[21, 'verbalYes']], amount: 17_800 },
  { ...{ half: english, firm: 14, title: 'Greenline Clinics · waiting rooms', endsIn: 80 }, way: [[7, 'decisionMaker']], amount: 64_000 },
  {
    ...{ half: english, firm: 12, title: 'Little Finch Nursery · parents’ corner', endsIn: 45 },
    way: [[3, 'firstContact']],
    amount: 6_400,
  },
  {
    ...{ half: english, firm: 0, title: 'Riverbank Café · house blend for export', endsIn: 58 },
    way: [[11, 'interest']],
    more: { amount: { minor: 900_000, currency: 'USD' } },
  },
  {
    ...{ half: english, firm: 10, title: 'Fairweather Travel · gift boxes for guides', endsIn: -12, ordered: true },
    way: [[40, 'verbalYes']],
    more: { lines: lines([5, 24], [4, 60]) },
    end: [10, won('quality', 'timing')],
  },
  {
    ...{ half: english, firm: 9, title: 'Oak Table Kitchen · switch of supplier', endsIn: -38, ordered: true },
    way: [[55, 'needs']],
    more: { lines: lines([0, 36], [2, 36]) },
    end: [43, won('functions')],
  },
  {
    ...{ half: english, firm: 13, title: 'Atlas Freight · canteen', endsIn: -15 },
    way: [[48, 'interest']],
    amount: 33_000,
    end: [18, lost(['noBudget', 'timing'], { closeNote: 'Canteen is closed until the summer. Ask again in May.' })],
  },
];

/** @param today  of the firm */
export function dealt(today: Day): Scene[] {
  return deals.flatMap(({ half, firm, title, way, amount, endsIn, more = {}, end, ordered }, n): Scene[] => {
    const [by, ref, customer] = [half.seller, `deal.${n}`, half.firms[firm]!];
    const [[since, stage], ...moves] = way as readonly [Way[number], ...Way];
    const first = create(by, 'opportunity', ref, {
      ...{ title, customerId: `@${customer.domain}`, contactIds: [`@${customer.domain}.${firm}`], stage },
      ...{ expectedEndOn: addDays(today, endsIn), channel: at(['field', 'telephone'], n), method: at(['consultative', 'trial'], n) },
      ...{ amount: { minor: (amount ?? 0) * 100, currency: 'CNY' } },
      ...more,
    });
    const ending = end ? sceneDay(end[0]) : 0;
    return [
      { daysAgo: sceneDay(since), steps: [first] },
      ...moves.map(([daysAgo, to]) => ({ daysAgo: sceneDay(daysAgo), steps: [update(by, 'opportunity', ref, { stage: to })] })),
      ...(end ? [{ daysAgo: ending, steps: [command(by, 'opportunity', ref, 'close', { body: end[1] })] }] : []),
      ...(ordered
        ? [
            {
              daysAgo: nextSceneDay(ending),
              steps: [command(by, 'opportunity', ref, 'order', { makes: { type: 'order', ref: `${ref}.order` } })],
            },
            { daysAgo: nextSceneDay(nextSceneDay(ending)), steps: [command(by, 'order', `${ref}.order`, 'confirm')] },
          ]
        : []),
    ];
  });
}
