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
import { at, type Language } from './steps.ts';

/** One of the two halves of the market: its customers' language, and who looks after them. */
export interface Half {
  readonly language: Language;
  readonly seller: string;
  readonly firms: readonly Firm[];
  readonly people: readonly Person[];
  readonly positions: readonly string[];
  readonly messages: readonly string[];
  readonly phone: (n: number) => string;
}

const twoDigits = (n: number): string => String(n % 100).padStart(2, '0');

export const chinese: Half = {
  language: 'zh-CN',
  seller: 'wang',
  firms: chineseFirms,
  people: chinesePeople,
  positions: chinesePositions,
  messages: chineseMessages,
  phone: (n) => `138 0010 00${twoDigits(n)}`,
};
export const english: Half = {
  language: 'en',
  seller: 'tom',
  firms: englishFirms,
  people: englishPeople,
  positions: englishPositions,
  messages: englishMessages,
  phone: (n) => `+44 20 7946 00${twoDigits(n)}`,
};
export const halves: readonly Half[] = [chinese, english];

/** Of the firms of a half, these are customers already; the others come as leads. */
export const CUSTOMERS = 18;

export const mailAt = (half: Half, firm: Firm, n: number): string => `${at(half.people, n).mailbox}@${firm.domain}.test`;
