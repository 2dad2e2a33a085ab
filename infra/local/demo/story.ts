import {
  chineseFirms,
  chineseMessages,
  chinesePeople,
  chinesePositions,
  englishFirms,
  englishMessages,
  englishPeople,
  englishPositions,
  type Firm,
  type Person,
} from './market.ts';

/** Something that a colleague (by key), or a visitor, does. `ref` names a record for later steps. */
export type Step =
  | {
      readonly kind: 'create';
      readonly by: string;
      readonly type: 'customer' | 'contact' | 'lead';
      readonly ref: string;
      readonly body: Body;
    }
  | { readonly kind: 'update'; readonly by: string; readonly type: 'customer' | 'lead'; readonly ref: string; readonly body: Body }
  | { readonly kind: 'convert'; readonly by: string; readonly ref: string }
  /** Starts to work on his oldest new lead. */
  | { readonly kind: 'takeUp'; readonly by: string }
  | { readonly kind: 'post'; readonly language: Language; readonly answers: Readonly<Record<string, string>> };
export type Language = 'en' | 'zh-CN';
/** A value `@<ref>` stands for the id of that record. */
export type Body = Readonly<Record<string, unknown>>;

/** What happens on one day, at one moment of it. */
export interface Scene {
  /** 1 = yesterday; 0 = now. */
  readonly daysAgo: number;
  readonly steps: readonly Step[];
}

/** One of the two halves of the market: its customers' language, and who looks after them. */
interface Half {
  readonly language: Language;
  readonly seller: string;
  readonly firms: readonly Firm[];
  readonly people: readonly Person[];
  readonly positions: readonly string[];
  readonly messages: readonly string[];
  readonly phone: (n: number) => string;
}
const twoDigits = (n: number): string => String(n % 100).padStart(2, '0');
const chinese: Half = {
  language: 'zh-CN',
  seller: 'wang',
  firms: chineseFirms,
  people: chinesePeople,
  positions: chinesePositions,
  messages: chineseMessages,
  phone: (n) => `138 0010 00${twoDigits(n)}`,
};
const english: Half = {
  language: 'en',
  seller: 'tom',
  firms: englishFirms,
  people: englishPeople,
  positions: englishPositions,
  messages: englishMessages,
  phone: (n) => `+44 20 7946 00${twoDigits(n)}`,
};

const tags = ['espresso', 'filter', '礼盒', 'training', 'VIP'] as const;
const sources = ['exhibition', 'customerReferral', 'phone', 'website', 'socialMedia'] as const;
const channels = ['phone', 'email', 'faceToFace', 'message'] as const;
/** Days since the firm took the product into use, bringing its customers along. */
const FIRST_DAY = 45;
/** Of the firms of a half, these are customers already; the others come as leads. */
const CUSTOMERS = 18;

const at = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const mailAt = (half: Half, firm: Firm, n: number): string => `${at(half.people, n).mailbox}@${firm.domain}.test`;

function customersOf(half: Half): Step[] {
  return half.firms.slice(0, CUSTOMERS).map((firm, n) => ({
    kind: 'create',
    by: half.seller,
    type: 'customer',
    ref: firm.domain,
    body: {
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
    },
  }));
}

/** One person at each customer, a second one at every third. */
function contactsOf(half: Half): Step[] {
  const contact = (firm: Firm, n: number, phone: number): Step => ({
    kind: 'create',
    by: half.seller,
    type: 'contact',
    ref: `${firm.domain}.${n}`,
    body: {
      name: at(half.people, n).name,
      customerId: `@${firm.domain}`,
      position: at(half.positions, n),
      phones: [half.phone(phone)],
      emails: [mailAt(half, firm, n)],
      preferredChannel: at(channels, n + 1),
    },
  });
  return half.firms
    .slice(0, CUSTOMERS)
    .flatMap((firm, n) => [contact(firm, n, 40 + n), ...(n % 3 === 0 ? [contact(firm, n + 7, 58 + n)] : [])]);
}

/** Leads that a seller brings home: from a fair, by phone, recommended. They go to work, some become customers. */
function pursued(half: Half): Scene[] {
  return half.firms.slice(CUSTOMERS).flatMap((firm, n) => {
    const [by, ref, first] = [half.seller, `lead.${firm.domain}`, 26 - n * 3];
    const update = (body: Body): Step => ({ kind: 'update', by, type: 'lead', ref, body });
    const create: Step = {
      kind: 'create',
      by,
      type: 'lead',
      ref,
      body: {
        name: at(half.people, n + 3).name,
        company: firm.name,
        position: at(half.positions, n + 2),
        phones: [half.phone(76 + n)],
        emails: [mailAt(half, firm, n + 3)],
        source: at(sources, n),
        interest: at(half.messages, n + 1),
      },
    };
    const ends: readonly Step[] = [{ kind: 'convert', by, ref }, update({ status: 'qualified' }), update({ status: 'unqualified' })];
    const scenes: Scene[] = [
      { daysAgo: first, steps: [create] },
      { daysAgo: first - 1, steps: [update({ status: 'working', opinion: n % 2 ? 'positive' : 'neutral' })] },
      { daysAgo: first - 2, steps: [n % 4 === 3 ? ends[2]! : at(ends, n % 2)] },
    ];
    return scenes.filter(({ daysAgo }) => daysAgo > 0);
  });
}

/** Visitors of the site who write into its form, one a day, in turn in either language. */
function visited(): Scene[] {
  return Array.from({ length: 22 }, (_, n) => {
    const half = n % 2 ? english : chinese;
    const visitor = at(half.people, n + 5);
    return {
      daysAgo: 21 - n,
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
    daysAgo: 18 - n,
    steps: [{ kind: 'takeUp', by: n % 2 ? english.seller : chinese.seller }],
  }));

/** Small changes to customers over the weeks, so that their histories have something to tell. */
function cared(): Scene[] {
  return [chinese, english].flatMap((half) =>
    half.firms.slice(0, 10).map((firm, n): Scene => {
      const body = n % 2 ? { serviceNeed: at(half.messages, n + 2) } : { x_kgPerMonth: 10 + n * 3, tags: [at(tags, n), 'VIP'] };
      return { daysAgo: 20 - n * 2, steps: [{ kind: 'update', by: half.seller, type: 'customer', ref: firm.domain, body }] };
    }),
  );
}

/** The weeks of the firm, one scene a day, in their order; equal each time it is asked. */
export function story(): Scene[] {
  const opening: Scene[] = [
    { daysAgo: FIRST_DAY, steps: [chinese, english].flatMap(customersOf) },
    { daysAgo: FIRST_DAY - 1, steps: [chinese, english].flatMap(contactsOf) },
  ];
  const scenes = [...opening, ...pursued(chinese), ...pursued(english), ...visited(), ...calledBack(), ...cared()];
  return [...Map.groupBy(scenes, ({ daysAgo }) => daysAgo)]
    .map(([daysAgo, parts]) => ({ daysAgo, steps: parts.flatMap(({ steps }) => steps) }))
    .sort((a, b) => b.daysAgo - a.daysAgo);
}
