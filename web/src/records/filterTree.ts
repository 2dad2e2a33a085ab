import { parseFilter, type Condition, type Filter } from '../../../shared/kernel/filter.ts';
import type { RecordDefinition } from '../../../shared/kernel/record.ts';

export type Join = 'all' | 'any';

/**
 * A filter as chips show it: conditions and groups of them, one level deep. The parts are joined by `join`, those of a
 * group by the other word, since a group joined as its surroundings would be none.
 */
export interface FilterTree {
  readonly join: Join;
  readonly parts: readonly Part[];
}
export type Part = Condition | readonly Condition[];
/** Where a condition stands: the place of its part, and its place in the group. */
export type Place = readonly [part: number, inGroup?: number];

export const EMPTY_TREE: FilterTree = { join: 'all', parts: [] };

export const isGroup = (part: Part): part is readonly Condition[] => Array.isArray(part);
export const otherJoin = (join: Join): Join => (join === 'all' ? 'any' : 'all');

/** Every condition, wherever it stands. */
export const conditionsOf = ({ parts }: FilterTree): Condition[] => parts.flatMap((part) => part);

/**
 * A filter from an address or a saved view. What is not right, not this reader's to ask, or nested deeper is left out.
 * @param isOpen  whether the reader may ask about that field
 */
export function toTree(definition: RecordDefinition, input: unknown, isOpen: (field: string) => boolean): FilterTree {
  const isCondition = (node: unknown): node is Condition => {
    if (node === null || typeof node !== 'object' || !('field' in node)) return false;
    return parseFilter(definition, node).ok && isOpen(String(node.field));
  };
  const joinOf = (node: unknown): Join | undefined => {
    if (node === null || typeof node !== 'object') return undefined;
    return (['all', 'any'] as const).find((join) => Array.isArray((node as Record<string, unknown>)[join]));
  };
  const partsOf = (node: unknown, join: Join): unknown[] => (node as Record<Join, unknown[]>)[join];

  const join = joinOf(input);
  if (!join)
    return Array.isArray(input)
      ? toTree(definition, { all: input }, isOpen)
      : isCondition(input)
        ? { join: 'all', parts: [input] }
        : EMPTY_TREE;
  const parts = partsOf(input, join).flatMap((node): Part[] => {
    const inner = joinOf(node);
    if (!inner) return isCondition(node) ? [node] : [];
    const conditions = partsOf(node, inner).filter(isCondition);
    return inner === join || conditions.length < 2 ? conditions : [conditions];
  });
  return { join, parts };
}

const joined = (join: Join, parts: readonly Filter[]): Filter => (join === 'all' ? { all: parts } : { any: parts });

export const toFilter = ({ join, parts }: FilterTree): Filter =>
  joined(
    join,
    parts.map((part) => (isGroup(part) ? joined(otherJoin(join), part) : part)),
  );

/** In an address: a list where all must hold, which is the usual case; empty when nothing is asked. */
export function writeTree(tree: FilterTree): string {
  if (!tree.parts.length) return '';
  const filter = toFilter(tree);
  return JSON.stringify('all' in filter ? filter.all : filter);
}

/** The tree with that condition changed, or without it. A group of one is a condition. */
export function setAt(tree: FilterTree, [at, inGroup]: Place, condition: Condition | undefined): FilterTree {
  const part = tree.parts[at];
  if (inGroup === undefined || part === undefined || !isGroup(part))
    return { ...tree, parts: condition ? tree.parts.with(at, condition) : tree.parts.toSpliced(at, 1) };
  const rest = condition ? part.with(inGroup, condition) : part.toSpliced(inGroup, 1);
  const [only, ...others] = rest;
  return { ...tree, parts: only === undefined ? tree.parts.toSpliced(at, 1) : tree.parts.with(at, others.length ? rest : only) };
}

/** Another condition at the end; or, told a part, one that is joined to it by the other word. */
export function addTo(tree: FilterTree, condition: Condition, at?: number): FilterTree {
  const part = at === undefined ? undefined : tree.parts[at];
  if (at === undefined || part === undefined) return { ...tree, parts: [...tree.parts, condition] };
  return { ...tree, parts: tree.parts.with(at, isGroup(part) ? [...part, condition] : [part, condition]) };
}
