import { addDays, localInstant } from '../../../shared/kernel/dates.ts';
import type { Day } from '../../../shared/kernel/types.ts';
import { chinese, english, type Half } from './halves.ts';
import { firm, owner, staff } from './people.ts';
import { at, create, sceneDay, type Body, type Scene, type Step } from './steps.ts';

interface Words {
  readonly talks: readonly (readonly [type: string, subject: string, outcome: string])[];
  readonly plans: readonly (readonly [type: string, subject: string])[];
  readonly notes: readonly string[];
}

const WORDS: Readonly<Record<Half['language'], Words>> = {
  en: {
    talks: [
      ['call', 'Asked how the last delivery was', 'Happy with the roast; wants Tuesday deliveries.'],
      ['visit', 'Calibrated the grinder', 'Two settings finer. New barista starts in a week.'],
      ['email', 'Sent the new price list', 'Will compare and answer.'],
      ['meeting', 'Tasting of the winter blend', 'Prefers the natural; asks for 5 kg to try.'],
      ['message', 'Confirmed the pallet', 'Arrives on Thursday morning.'],
    ],
    plans: [
      ['call', 'Ask about next month’s volume'],
      ['visit', 'Bring samples of the new lot'],
      ['todo', 'Send the offer with lease of the grinder'],
      ['meeting', 'Go through the yearly agreement'],
    ],
    notes: ['Deliver through the yard; the front door opens at ten.', 'Pays within a week when the invoice names the branch.'],
  },
  'zh-CN': {
    talks: [
      ['call', '回访上次到货情况', '对烘焙度满意，希望改为周二送货。'],
      ['visit', '上门校准磨豆机', '调细两格，新咖啡师下周入职。'],
      ['email', '发送新价目表', '对比后答复。'],
      ['meeting', '冬季拼配品鉴', '更喜欢日晒，要 5 公斤试用。'],
      ['message', '确认发货', '周四上午到货。'],
    ],
    plans: [
      ['call', '询问下月用量'],
      ['visit', '送新批次样品'],
      ['todo', '发送含磨豆机租赁的报价'],
      ['meeting', '沟通年度协议'],
    ],
    notes: ['从后院送货，正门十点才开。', '发票写明分店名称，一周内付款。'],
  },
};

/** Talks with customers over the weeks, noted down when they were over, and what is worth remembering. */
function talked(half: Half, index: number): Scene[] {
  const { talks, notes } = WORDS[half.language];
  const days = [60, 56, 52, 48, 44, 40, 36, 32, 28, 25, 23, 21, 18, 16, 14, 11, 9, 7, 4, 2];
  return days.map((daysAgo, n): Scene => {
    const [type, subject, outcome] = at(talks, n + index);
    const customer = `@${half.firms[(n * 5 + 1) % 18]!.domain}`;
    const talk = create(half.seller, 'activity', `talk.${half.language}.${n}`, {
      type,
      subject,
      status: 'done',
      customerId: customer,
      outcome,
    });
    const note: Step = {
      kind: 'note',
      by: half.seller,
      type: 'customer',
      ref: half.firms[n % 18]!.domain,
      text: at(notes, n),
    };
    return { daysAgo: sceneDay(daysAgo), steps: n % 4 === 1 ? [talk, note] : [talk] };
  });
}

/** Days from today and the hour at which somebody has planned something; the first of them is overdue. */
const TIMES = [
  [-1, '16:00'],
  [0, '10:00'],
  [0, '14:30'],
  [0, '17:30'],
  [1, '09:30'],
  [4, '11:00'],
] as const;

/** What everybody has before him, written down yesterday: something late, three things today, more to come. */
function planned(today: Day): Scene {
  const steps = [owner, ...staff].flatMap((colleague, i): Step[] => {
    const half = colleague.language === 'en' ? english : chinese;
    const { plans } = WORDS[half.language];
    return TIMES.map(([days, time], n) => {
      const [type, subject] = at(plans, n + i);
      const start = localInstant(addDays(today, days), time, firm.zone);
      const body: Body = {
        ...{ type, subject, plannedStart: start, priority: at(['medium', 'high', 'low'], n) },
        ...(n === 5 ? {} : { customerId: `@${half.firms[(i * 3 + n) % 12]!.domain}` }),
        ...(n > 3 ? { remindMinutes: 30, remindBy: 'app' } : {}),
        ...(n === 4 ? { cycle: { unit: 'week', every: 2 } } : {}),
      };
      return create(colleague.key, 'activity', `plan.${colleague.key}.${n}`, body);
    });
  });
  return { daysAgo: 1, steps };
}

export const worked = (today: Day): Scene[] => [...[chinese, english].flatMap(talked), planned(today)];
