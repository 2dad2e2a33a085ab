import type { Issue } from '../../../../shared/kernel/errors.ts';
import type { Option } from '../../../../shared/kernel/fields/index.ts';
import type { CustomFieldRecord } from '../../../../shared/workspace/customField.ts';

/** A choice while it is being written; the key of one that is stored stays, as records hold it. */
export interface OptionDraft {
  readonly key: string;
  en: string;
  zh: string;
  /** Has left the list. */
  retired?: boolean;
}

export const toDrafts = (options: readonly Option[]): OptionDraft[] =>
  options.map(({ key, label, retired }) => ({ key, ...label, ...(retired ? { retired } : {}) }));

const LONGEST_KEY = 40;

/** `Annual turnover` → `annualTurnover`; a name without Latin letters gives `field`. With a number where it is taken. */
export function keyFrom(name: string, taken: ReadonlySet<string>): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const joined = words.map((word, i) => (i ? word[0]!.toUpperCase() + word.slice(1) : word)).join('');
  const plain = joined.replace(/^[0-9]+/, '').slice(0, LONGEST_KEY - 4);
  return firstFree(plain ? plain[0]!.toLowerCase() + plain.slice(1) : 'field', taken);
}

/** The choices as they are stored: those with a word, or with a key, each in both languages, under keys that are each other's. */
export function toOptions(drafts: readonly OptionDraft[]): Option[] {
  const taken = new Set(drafts.map(({ key }) => key).filter(Boolean));
  return drafts.flatMap(({ key, en, zh, retired }) => {
    const [english, chinese] = bothOf(en, zh);
    if (!english && !key) return [];
    const own = key || firstFree(english.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, LONGEST_KEY - 4) || 'option', taken);
    taken.add(own);
    return [{ key: own, label: { en: english, zh: chinese }, ...(retired ? { retired } : {}) }];
  });
}

/** What is wrong with a list before it is sent: nothing is left to choose, or an entry that is stored has lost its words. */
export const optionFaults = (drafts: readonly OptionDraft[]): Issue[] => {
  const options = toOptions(drafts);
  const isFaulty = options.every(({ retired }) => retired) || options.some(({ label }) => !label.en);
  return isFaulty ? [{ field: 'options', code: 'field.required' }] : [];
};

/** A name given in one language serves for the other too. */
export function bothOf(en: string, zh: string): readonly [en: string, zh: string] {
  return [en.trim() || zh.trim(), zh.trim() || en.trim()];
}

/** Fields of one type in their order, those that left the forms behind the others. */
export const inOrder = (fields: readonly CustomFieldRecord[], on: string): CustomFieldRecord[] =>
  fields
    .filter((field) => field.on === on)
    .toSorted(
      (a, b) => Number(a.retired ?? false) - Number(b.retired ?? false) || (a.order ?? 0) - (b.order ?? 0) || (a.id < b.id ? -1 : 1),
    );

/** What has to be written so that the field stands one place further up (−1) or down (1). */
export function moved(fields: readonly CustomFieldRecord[], id: string, by: 1 | -1): { field: CustomFieldRecord; order: number }[] {
  const at = fields.findIndex((field) => field.id === id);
  const other = fields[at + by];
  if (at < 0 || !other) return [];
  const next = fields.with(at, other).with(at + by, fields[at]!);
  return next.map((field, i) => ({ field, order: i + 1 })).filter(({ field, order }) => field.order !== order);
}

function firstFree(key: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? key : `${key}${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
