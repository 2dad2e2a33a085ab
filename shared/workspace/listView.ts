import * as z from 'zod/mini';
import { OPERATORS } from '../kernel/field.ts';
import { boolean, choice, data, number, options, text } from '../kernel/fields/index.ts';
import type { Filter } from '../kernel/filter.ts';

/** A column as a view shows it; `width` in px, where it is not the usual one. */
export interface ViewColumn {
  readonly name: string;
  readonly width?: number | undefined;
  /** Stays in sight when the others fold away. */
  readonly pinned?: boolean | undefined;
}

export const DENSITIES = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];

const LEAST_WIDTH = 60;
const MOST_WIDTH = 800;
const MOST_DEPTH = 4;
const MOST_PARTS = 50;
const MOST_LETTERS = 10_000;

/**
 * Whether something is built like a filter. Which fields there are is not asked: they come and go while views stay, and
 * whoever reads a view leaves out what is no longer there.
 */
function isFilterLike(node: unknown, depth = 0): node is Filter {
  if (node === null || typeof node !== 'object' || Array.isArray(node) || depth > MOST_DEPTH) return false;
  const group = Object.hasOwn(node, 'all') ? 'all' : Object.hasOwn(node, 'any') ? 'any' : undefined;
  if (group) {
    const parts = (node as Record<string, unknown>)[group];
    const only = Object.keys(node).length === 1;
    return only && Array.isArray(parts) && parts.length <= MOST_PARTS && parts.every((part) => isFilterLike(part, depth + 1));
  }
  const { field, op, value: _value, ...rest } = node as Record<string, unknown>;
  return typeof field === 'string' && (OPERATORS as readonly unknown[]).includes(op) && Object.keys(rest).length === 0;
}

const filterShape = () =>
  z.pipe(
    z.unknown().check(
      z.refine((value) => isFilterLike(value), { error: 'filter.invalid', abort: true }),
      z.refine((value) => JSON.stringify(value).length <= MOST_LETTERS, 'filter.tooMany'),
    ),
    z.json(),
  ) as unknown as z.ZodMiniType<Filter>;

const columnsShape = () =>
  z
    .array(
      z.strictObject({
        name: z.string().check(z.regex(/^[a-zA-Z][\w]{0,59}$/)),
        width: z.optional(z.int().check(z.gte(LEAST_WIDTH), z.lte(MOST_WIDTH))),
        pinned: z.optional(z.boolean()),
      }),
    )
    .check(z.maxLength(100)) as z.ZodMiniType<ViewColumn[]>;

/** What a view keeps, whoever it belongs to. */
export const VIEW_FIELDS = {
  name: text({ en: 'Name', zh: '名称' }, { required: true, max: 60 }),
  on: text({ en: 'List', zh: '列表' }, { required: true, max: 40 }),
  /** The list itself unless said: another way to show it, such as `board`. */
  layout: text({ en: 'Layout', zh: '显示方式' }, { max: 40 }),
  filter: data(
    { en: 'Filter', zh: '筛选' },
    { shape: filterShape, example: { all: [{ field: 'createdAt', op: 'within', value: 'last:30' }] } },
  ),
  /** `-amount`: by amount, the largest first. */
  sort: text({ en: 'Order', zh: '排序' }, { max: 61 }),
  columns: data({ en: 'Columns', zh: '列' }, { shape: columnsShape, example: [{ name: 'name', width: 200, pinned: true }] }),
  density: choice(options({ compact: ['Compact', '紧凑'], normal: ['Normal', '标准'], roomy: ['Comfortable', '宽松'] }), {
    en: 'Density',
    zh: '密度',
  }),
  totals: boolean({ en: 'Totals', zh: '合计' }),
  /** Has a tab of its own; the others stand in a menu. */
  pinned: boolean({ en: 'Pinned', zh: '固定' }),
  /** What the list opens with: for its owner, or, of shared views, for everybody without one of his own. */
  isDefault: boolean({ en: 'Default', zh: '默认' }),
  /** Place among the views; equal ones in the order they were made. */
  place: number({ en: 'Place', zh: '位置' }, { decimals: 3 }),
} as const;
