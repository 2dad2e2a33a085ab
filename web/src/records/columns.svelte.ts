import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import { stored } from '../kernel/stored.ts';
import { fieldOf, visibleFields } from './types.ts';

const WIDTHS: Readonly<Record<string, number>> = {
  text: 130,
  longText: 180,
  email: 160,
  emails: 170,
  phone: 140,
  phones: 150,
  url: 150,
  choice: 110,
  choices: 150,
  tags: 150,
  ref: 130,
  refs: 150,
  number: 90,
  money: 130,
  date: 100,
  instant: 100,
  boolean: 70,
  address: 190,
};
const TITLE_WIDTH = 220;
const SYSTEM = ['ownerId', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'];

/** Least width of a column in px, and its share of what is left. */
export function columnWidth(definition: RecordDefinition, name: string): { width: number; grow: number } {
  if (name === definition.title) return { width: TITLE_WIDTH, grow: 2 };
  const { kind } = fieldOf(definition, name);
  return { width: WIDTHS[kind] ?? 130, grow: kind === 'instant' || kind === 'date' || kind === 'boolean' ? 0 : 1 };
}

/** Every column a list may show, the title first. */
export const possibleColumns = (definition: RecordDefinition): string[] => [
  definition.title,
  ...visibleFields(definition).filter((name) => name !== definition.title),
  ...SYSTEM.filter((name) => name !== 'ownerId' || definition.paths.owner),
];

/** The columns a list shows unless its reader chose others: the declaration's, own fields before who and when. */
function usualColumns(definition: RecordDefinition): string[] {
  const { list } = definition.views;
  const own = visibleFields(definition).filter((name) => name.startsWith('x_'));
  const end = list.findIndex((name) => SYSTEM.includes(name));
  return end < 0 ? [...list, ...own] : [...list.slice(0, end), ...own, ...list.slice(end)];
}

/** Which columns this reader wants to see, by type; kept on this computer. */
class ColumnChoice {
  #chosen = $state.raw<Readonly<Record<string, readonly string[]>>>(read());

  of(definition: RecordDefinition): string[] {
    const possible = possibleColumns(definition);
    const chosen = this.#chosen[definition.name] ?? usualColumns(definition);
    const wanted = chosen.filter((name) => possible.includes(name) && name !== definition.title);
    return [definition.title, ...wanted];
  }

  isUsual(definition: RecordDefinition): boolean {
    return this.#chosen[definition.name] === undefined;
  }

  toggle(definition: RecordDefinition, name: string): void {
    const now = this.of(definition);
    this.#set({ ...this.#chosen, [definition.name]: now.includes(name) ? now.filter((other) => other !== name) : [...now, name] });
  }

  reset(definition: RecordDefinition): void {
    const { [definition.name]: _mine, ...others } = this.#chosen;
    this.#set(others);
  }

  #set(chosen: Readonly<Record<string, readonly string[]>>): void {
    this.#chosen = chosen;
    stored.set('columns', Object.keys(chosen).length ? JSON.stringify(chosen) : null);
  }
}

function read(): Record<string, string[]> {
  try {
    const chosen: unknown = JSON.parse(stored.get('columns') ?? '{}');
    return typeof chosen === 'object' && chosen !== null && Object.values(chosen).every(Array.isArray)
      ? (chosen as Record<string, string[]>)
      : {};
  } catch {
    return {};
  }
}

export const columnChoice = new ColumnChoice();
