import type { Day } from '../../../shared/kernel/types.ts';
import { stocked } from './catalogue.ts';
import { dealt } from './deals.ts';
import { chinese, CUSTOMERS, english, halves, mailAt, type Half } from './halves.ts';
import type { Firm } from './market.ts';
import { bought } from './orders.ts';
import { at, command, create, nextSceneDay, sceneDay, update, type Body, type Scene, type Step } from './steps.ts';
import { told } from './told.ts';
import { worked } from './work.ts';

const tags = ['espresso', 'filter', '礼盒', 'training', 'VIP'] as const;
const sources = ['exhibition', 'customerReferral', 'phone', 'website', 'socialMedia'] as const;
const channels = ['phone', 'email', 'faceToFace', 'message'] as const;
/**
 * Days since the firm took the product into use, bringing its customers and two years of orders along: so many that what was
 * written down then stands in no figure of this month or the last.
 */
const FIRST_DAY = 66;

function customersOf(half: Half): Step[] {
  return half.firms.slice(0, CUSTOMERS).map((firm, n) =>
    create(half.seller, 'customer', firm.domain, {
      name: firm.name,
      form: 'organisation',
      relations: n % 7 === 3 ? ['customer', 'distributor'] : ['customer'],
      phones: [half.phone(n)],
      emails: [`hello@${firm.domain}.test`],
      website: `https://www.${firm.domain}.test`,
      address: { city: firm.city },
      industry: firm.industry,
      size: firm.size,
      source: at(sources, n),
      preferredChannel: at(channels, n),
      tags: n % 3 === 0 ? [at(tags, n / 3)] : [],
      x_kgPerMonth: 4 + ((n * 7) % 40),
      ...(n % 5 === 0 ? { needs: at(half.messages, n) } : {}),
    }),
  );
}

/** One person at each customer, a second one at every third. */
function contactsOf(half: Half): Step[] {
  const contact = (firm: Firm, n: number, phone: number): Step =>
    create(half.seller, 'contact', `${firm.domain}.${n}`, {
      name: at(half.people, n).name,
      customerId: `@${firm.domain}`,
      position: at(half.positions, n),
      phones: [half.phone(phone)],
      emails: [mailAt(half, firm, n)],
      preferredChannel: at(channels, n + 1),
    });
  return half.firms
    .slice(0, CUSTOMERS)
    .flatMap((firm, n) => [contact(firm, n, 40 + n), ...(n % 3 === 0 ? [contact(firm, n + 7, 58 + n)] : [])]);
}

/** Leads that a seller brings home: from a fair, by phone, recommended. They go to work, some become customers. */
function pursued(half: Half): Scene[] {
  return half.firms.slice(CUSTOMERS).flatMap((firm, n) => {
    const [by, ref, first] = [half.seller, `lead.${firm.domain}`, 60 - n * 5];
    const change = (body: Body): Step => update(by, 'lead', ref, body);
    const lead = create(by, 'lead', ref, {
      name: at(half.people, n + 3).name,
      company: firm.name,
      position: at(half.positions, n + 2),
      phones: [half.phone(76 + n)],
      emails: [mailAt(half, firm, n + 3)],
      source: at(sources, n),
      interest: at(half.messages, n + 1),
    });
    const ends: readonly Step[] = [command(by, 'lead', ref, 'convert'), change({ status: 'qualified' }), change({ status: 'unqualified' })];
    const worksOn = nextSceneDay(first);
    const scenes: Scene[] = [
      { daysAgo: sceneDay(first), steps: [lead] },
      { daysAgo: worksOn, steps: [change({ status: 'working', opinion: n % 2 ? 'positive' : 'neutral' })] },
      { daysAgo: nextSceneDay(worksOn), steps: [n % 4 === 3 ? ends[2]! : at(ends, n % 2)] },
    ];
    return scenes.filter(({ daysAgo }, i) => i === 0 || daysAgo < scenes[i - 1]!.daysAgo);
  });
}

/** Visitors of the site who write into its form, in turn in either language: first now and then, at last one a day. */
function visited(): Scene[] {
  return Array.from({ length: 26 }, (_, n) => {
    const half = n % 2 ? english : chinese;
    const visitor = at(half.people, n + 5);
    return {
      daysAgo: sceneDay(n < 8 ? 60 - n * 4 : 25 - n),
      steps: [
        {
          kind: 'post',
          language: half.language,
          answers: {
            name: visitor.name,
            email: `${visitor.mailbox}.${n}@example.test`,
            ...(n % 3 ? { phone: half.phone(18 + n) } : {}),
            message: at(half.messages, n),
          },
        },
      ],
    };
  });
}

/** The sellers call visitors back, a few days late and not all of them. */
const calledBack = (): Scene[] =>
  Array.from({ length: 14 }, (_, n): Scene => ({
    daysAgo: sceneDay(18 - n),
    steps: [{ kind: 'takeUp', by: n % 2 ? english.seller : chinese.seller }],
  }));

/** Small changes to customers over the weeks, so that their histories have something to tell. */
function cared(): Scene[] {
  return [chinese, english].flatMap((half) =>
    half.firms.slice(0, 10).map((firm, n): Scene => {
      const body = n % 2 ? { serviceNeed: at(half.messages, n + 2) } : { x_kgPerMonth: 10 + n * 3, tags: [at(tags, n), 'VIP'] };
      return { daysAgo: sceneDay(20 - n * 2), steps: [update(half.seller, 'customer', firm.domain, body)] };
    }),
  );
}

/** Customers who have been lost for long are let go of, once the product has asked about them. */
const letGo = (): Scene[] =>
  [58, 54, 50].map((day): Scene => ({ daysAgo: sceneDay(day), steps: halves.map(({ seller: by }) => ({ kind: 'giveUp', by })) }));

/** The weeks of the firm, one scene a day, in their order; equal each time it is asked on the same day. */
export function story(today: Day): Scene[] {
  const scenes: Scene[] = [
    { daysAgo: FIRST_DAY, steps: [...halves.flatMap(customersOf), ...stocked('manager')] },
    { daysAgo: FIRST_DAY - 1, steps: halves.flatMap(contactsOf) },
    ...halves.flatMap((half) => bought(half, today, FIRST_DAY - 2)),
    ...halves.flatMap(pursued),
    ...visited(),
    ...calledBack(),
    ...cared(),
    ...letGo(),
    ...dealt(today),
    ...worked(today),
    ...told(),
  ];
  return [...Map.groupBy(scenes, ({ daysAgo }) => daysAgo)]
    .map(([daysAgo, parts]) => ({ daysAgo, steps: parts.flatMap(({ steps }) => steps) }))
    .sort((a, b) => b.daysAgo - a.daysAgo);
}
