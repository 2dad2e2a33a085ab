import { m } from '#messages';
import type { Field } from '../../../shared/kernel/field.ts';
import { ADDRESS_PARTS, kindOf, type Address, type Option } from '../../../shared/kernel/fields/index.ts';
import { formatPhone } from '../../../shared/kernel/phoneText.ts';
import type { Instant, Money } from '../../../shared/kernel/types.ts';
import { wording } from '../../../shared/kernel/types.ts';
import { findDefinition } from '../../../shared/registry.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { session } from '../kernel/session.svelte.ts';
import { titleOf } from './types.ts';

/** The options of a choice, where the field has any. */
export const optionsOf = (field: Field): readonly Option[] => ('options' in field ? (field.options as readonly Option[]) : []);

/** What may be chosen: all that has not left the list, and what stands there already. */
export const offeredOptions = (field: Field, stood?: unknown): readonly Option[] =>
  optionsOf(field).filter(({ key, retired }) => !retired || [stood].flat().includes(key));

export const optionLabel = (field: Field, key: string): string => {
  const option = optionsOf(field).find((each) => each.key === key);
  return option ? wording(option.label, i18n.locale) : key;
};

export const targetOf = (field: Field): string => ('to' in field ? String(field.to) : '');

/** What a reader calls the record behind a reference; empty while that is not known, or is not his to know. Reactive. */
export function refTitle(to: string, id: string): string {
  if (to === 'member') return session.nameOf(id) || (id === 'system' ? m.records_system() : '');
  const definition = findDefinition(to);
  const record = definition && session.may('read', definition) ? replica.type(to).get(id) : undefined;
  return record ? titleOf(definition!, record) : '';
}

/** The parts of an address as the language writes them: Chinese from large to small in one run, others from small to large. */
function addressText(address: Address): string {
  const zh = i18n.locale !== 'en';
  const parts = (Object.keys(ADDRESS_PARTS) as (keyof Address)[]).filter((part) => address[part]);
  return (zh ? parts : parts.toReversed()).map((part) => address[part]).join(zh ? ' ' : ', ');
}

/**
 * A value in words of the reader's language, for lists, narrow rows and history; empty when there is none.
 * Reactive: titles of references come with their records.
 */
export function textOf(field: Field, value: unknown, form: 'short' | 'long' = 'long'): string {
  if (value === undefined || value === null) return '';
  const { formats } = i18n;
  switch (field.kind) {
    case 'choice':
      return optionLabel(field, String(value));
    case 'choices':
      return formats.list((value as string[]).map((key) => optionLabel(field, key)));
    case 'ref':
      return refTitle(targetOf(field), String(value));
    case 'refs':
      return formats.list((value as string[]).map((id) => refTitle(targetOf(field), id)).filter(Boolean));
    case 'date':
      return form === 'short' ? formats.dayShort(String(value), formats.today(clock.now)) : formats.day(String(value));
    case 'instant':
      return form === 'short' ? formats.relative(value as Instant, clock.now) : formats.instant(value as Instant);
    case 'money':
      return formats.money(value as Money);
    case 'number':
      return formats.number(Number(value)) + unitOf(field);
    case 'boolean':
      return value ? m.records_yes() : m.records_no();
    case 'address':
      return addressText(value as Address);
    case 'url':
      return String(value)
        .replace(/^https?:\/\/(www\.)?/, '')
        .replace(/\/$/, '');
    case 'tags':
    case 'emails':
      return (value as string[]).join(', ');
    case 'phone':
      return formatPhone(String(value));
    case 'phones':
      return (value as string[]).map(formatPhone).join(', ');
    case 'longText':
      return form === 'short' ? String(value).replace(/\s+/g, ' ') : String(value);
    case 'data':
      return '';
    default:
      return kindOf(field).toText(value, field, { locale: i18n.locale });
  }
}

function unitOf(field: Field): string {
  if (!('unit' in field) || !field.unit) return '';
  return ` ${wording(field.unit as Parameters<typeof wording>[0], i18n.locale)}`;
}

/** Figures stand at the end of their column. */
export const isFigure = (field: Field): boolean => field.kind === 'number' || field.kind === 'money';
