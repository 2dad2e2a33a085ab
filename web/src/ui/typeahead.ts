const PAUSE_MS = 700;

/** Letters typed in quick succession, as one text; a pause starts anew. */
export class Typeahead {
  #text = '';
  #last = 0;

  add(letter: string, nowMs = performance.now()): string {
    this.#text = nowMs - this.#last < PAUSE_MS ? this.#text + letter : letter;
    this.#last = nowMs;
    return this.#text;
  }
}

/**
 * Index of the next entry whose name starts so, going round; one letter typed again and again goes through its entries.
 * @param at  index of the current entry, −1 for none
 */
export function findByPrefix<T>(entries: readonly T[], nameOf: (entry: T) => string, typed: string, at: number): number {
  const same = [...typed].every((letter) => letter === typed[0]);
  const wanted = (same ? typed[0]! : typed).toLocaleLowerCase();
  // A longer text may still fit the current entry; a single letter moves on.
  const from = same ? at + 1 : Math.max(at, 0);
  for (let i = 0; i < entries.length; i++) {
    const index = (from + i + entries.length) % entries.length;
    if (nameOf(entries[index]!).toLocaleLowerCase().startsWith(wanted)) return index;
  }
  return -1;
}
