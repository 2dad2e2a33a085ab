/** Somebody who may report to somebody. */
interface Person {
  readonly id: string;
  readonly name: string;
  readonly reportsToId?: string | undefined;
}
export interface Post<P> {
  readonly person: P;
  readonly below: readonly Post<P>[];
}

/**
 * Who reports to whom among the people of one customer, siblings by name. Who reports to nobody here and has nobody below
 * him stands aside. In a loop, which two changes at once can make, the first by name is taken for its head.
 */
export function orgChart<P extends Person>(
  people: readonly P[],
  compare: (a: string, b: string) => number,
): { readonly lines: readonly Post<P>[]; readonly aside: readonly P[] } {
  const sorted = people.toSorted((a, b) => compare(a.name, b.name));
  const ids = new Set(people.map(({ id }) => id));
  const below = Map.groupBy(sorted, ({ reportsToId }) => reportsToId);
  const seen = new Set<string>();
  const postOf = (person: P): Post<P> => {
    seen.add(person.id);
    const reports = (below.get(person.id) ?? []).filter(({ id }) => !seen.has(id));
    for (const { id } of reports) seen.add(id);
    return { person, below: reports.map(postOf) };
  };
  const isHead = ({ reportsToId }: P): boolean => reportsToId === undefined || !ids.has(reportsToId);
  const heads = sorted.filter(isHead).map(postOf);
  const looped = sorted.flatMap((person) => (seen.has(person.id) ? [] : [postOf(person)]));
  return {
    lines: [...heads.filter((post) => post.below.length), ...looped],
    aside: heads.filter((post) => !post.below.length).map(({ person }) => person),
  };
}
