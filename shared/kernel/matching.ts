import { kindOf } from './fields/index.ts';
import type { AnyRecord, RecordDefinition } from './record.ts';
import { foldText } from './text.ts';

const ACCENTS = /[\u0300-\u036f]/g;
const fold = (text: string): string => foldText(text).normalize('NFD').replace(ACCENTS, '').normalize('NFC');
const digits = (text: string): string => text.replace(/\D/g, '');

interface Found {
  readonly words: string;
  readonly numbers: string;
}

/** What each record is found by; a changed record is another object, so nothing here grows old. */
const known = new WeakMap<AnyRecord, Found>();

function foundBy(definition: RecordDefinition, record: AnyRecord): Found {
  let found = known.get(record);
  if (!found) {
    const texts: string[] = [];
    const numbers: string[] = [];
    for (const [name, field] of Object.entries(definition.fields)) {
      const value = record[name];
      if (value === undefined || value === null || !(field.search || name === definition.title)) continue;
      const isPhone = field.kind === 'phone' || field.kind === 'phones';
      for (const text of kindOf(field).searchTexts?.(value) ?? []) (isPhone ? numbers : texts).push(isPhone ? digits(text) : fold(text));
    }
    known.set(record, (found = { words: texts.join('\n'), numbers: numbers.join('\n') }));
  }
  return found;
}

const PER_PIECE = 1_000;

/** Makes what records are found by, some at each step, so that the first letter typed is answered as quickly as the next. */
export function* learnWords(definition: RecordDefinition, rows: readonly AnyRecord[]): Generator<void> {
  for (let at = 0; at < rows.length; at += PER_PIECE) {
    for (const row of rows.slice(at, at + PER_PIECE)) foundBy(definition, row);
    yield;
  }
}

/**
 * Whether a record has every word of a text in what it is searched by, anywhere in it, accents aside; digits also in its
 * phone numbers. An empty text fits all.
 */
export function matcher(definition: RecordDefinition, text: string): (record: AnyRecord) => boolean {
  const words = fold(text).split(' ').filter(Boolean);
  const number = /^[\d\s()+\-./]+$/.test(text) ? digits(text) : '';
  if (!words.length) return () => true;
  return (record) => {
    const found = foundBy(definition, record);
    return words.every((word) => found.words.includes(word)) || (number.length > 1 && found.numbers.includes(number));
  };
}
