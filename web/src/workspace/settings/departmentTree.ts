import { m } from '#messages';
import { subtreeOf } from '../../../../shared/workspace/department.ts';
import type { Option } from '../../ui/options.ts';

interface Node {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string;
}

export interface Placed<N> {
  readonly node: N;
  /** 0 at the top. */
  readonly depth: number;
}

/**
 * Departments as they stand in the tree, each before those below it, siblings by name. What hangs on a missing parent
 * or in a cycle, which two changes at once can make, stands at the top, so that it can be moved back.
 */
export function toTree<N extends Node>(nodes: readonly N[], compare: (a: string, b: string) => number): Placed<N>[] {
  const sorted = nodes.toSorted((a, b) => compare(a.name, b.name));
  const ids = new Set(nodes.map(({ id }) => id));
  const placed: Placed<N>[] = [];
  const seen = new Set<string>();
  const place = (node: N, depth: number): void => {
    if (seen.has(node.id)) return;
    seen.add(node.id);
    placed.push({ node, depth });
    for (const child of sorted) if (child.parentId === node.id) place(child, depth + 1);
  };
  for (const node of sorted) if (node.parentId === undefined || !ids.has(node.parentId)) place(node, 0);
  for (const node of sorted) place(node, 0);
  return placed;
}

/** The tree as a list to choose from: each with the one it hangs under. */
export function departmentOptions(nodes: readonly Node[], compare: (a: string, b: string) => number): Option[] {
  return toTree(nodes, compare).map(({ node }) => {
    const parent = nodes.find(({ id }) => id === node.parentId)?.name;
    return { value: node.id, label: node.name, ...(parent ? { detail: m.settings_department_under({ name: parent }) } : {}) };
  });
}

/** Where a department may hang: everywhere but below itself. */
export function possibleParents<N extends Node>(id: string | undefined, nodes: readonly N[]): N[] {
  const below = id === undefined ? new Set<string>() : subtreeOf(id, nodes);
  return nodes.filter((node) => !below.has(node.id));
}

/** Where a department goes by one step: up a level (`top`, or below its grandparent), and under the sibling before it. */
export function stepsOf<N extends Node>(id: string, placed: readonly Placed<N>[]): { readonly out?: N | 'top'; readonly under?: N } {
  const at = placed.findIndex(({ node }) => node.id === id);
  const here = placed[at];
  if (!here) return {};
  const parent = here.depth > 0 ? placed.find(({ node }) => node.id === here.node.parentId)?.node : undefined;
  const grandparent = parent && placed.find(({ node }) => node.id === parent.parentId)?.node;
  const before = placed.slice(0, at).findLast(({ depth }) => depth <= here.depth);
  return {
    ...(parent ? { out: grandparent ?? ('top' as const) } : {}),
    ...(before?.depth === here.depth ? { under: before.node } : {}),
  };
}
