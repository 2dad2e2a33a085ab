import { expect, it } from 'vitest';
import { orgChart, type Post } from '../../web/src/customers/orgChart.ts';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly reportsToId?: string;
}
/** `Ann>Bob` is Ann, who reports to Bob. */
const people = (...lines: string[]): Person[] =>
  lines.map((line) => {
    const [name = '', above] = line.split('>');
    return { id: name, name, ...(above ? { reportsToId: above } : {}) };
  });
const told = ({ person, below }: Post<Person>): string => person.name + (below.length ? `(${below.map(told).join(' ')})` : '');

it.each<[string, string[], string[], string[]]>([
  ['nobody who reports', ['Bob', 'Ann'], [], ['Ann', 'Bob']],
  ['one head with two below, by name', ['Head', 'Zoe>Head', 'Ann>Head'], ['Head(Ann Zoe)'], []],
  ['lines of several steps, and one beside', ['C>B', 'B>A', 'A', 'Lone'], ['A(B(C))'], ['Lone']],
  ['two heads', ['A', 'B>A', 'C', 'D>C'], ['A(B)', 'C(D)'], []],
  ['somebody whose superior is none of these', ['A>Gone', 'B>A', 'C>Gone'], ['A(B)'], ['C']],
  ['a loop: its first by name is its head', ['B>A', 'A>C', 'C>B', 'D>C'], ['A(B(C(D)))'], []],
  ['somebody who reports to himself', ['A>A'], ['A'], []],
])('shows %s', (_what, given, lines, aside) => {
  const chart = orgChart(people(...given), (a, b) => a.localeCompare(b));

  expect(chart.lines.map(told)).toEqual(lines);
  expect(chart.aside.map(({ name }) => name)).toEqual(aside);
});
