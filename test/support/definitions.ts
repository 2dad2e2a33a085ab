/** Small record types for tests of the record language. */
import type { Field } from '../../shared/kernel/field.ts';
import { text } from '../../shared/kernel/fields/index.ts';
import { defineRecord, type RecordDefinition } from '../../shared/kernel/record.ts';

/** A type with a title and the given fields; other parts of the declaration as wanted. */
export const definitionWith = (fields: Readonly<Record<string, Field>> = {}, more: Partial<RecordDefinition> = {}): RecordDefinition =>
  defineRecord({
    name: 'thing',
    plural: 'things',
    idPrefix: 'thi',
    domain: 'workspace',
    label: { en: ['Thing', 'Things'], zh: '事物' },
    title: 'title',
    fields: { title: text({ en: 'Title', zh: '标题' }), ...fields },
    access: { group: 'customers' },
    views: { list: ['title'] },
    ...(more as object),
  }) as unknown as RecordDefinition;
