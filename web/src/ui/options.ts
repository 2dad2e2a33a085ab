import type { Icon } from './icon.ts';
import type { Tone } from './tone.ts';

/** One entry of a list to choose from. Labels are in the reader's language already. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** A second, fainter line or word. */
  readonly detail?: string;
  readonly tone?: Tone;
  readonly icon?: Icon;
  readonly disabled?: boolean;
}

/** Index of the next option that can be taken, going round; −1 when there is none. */
export function nextOption(options: readonly Option[], at: number, by: 1 | -1): number {
  for (let i = 1; i <= options.length; i++) {
    const index = ((((at < 0 && by < 0 ? 0 : at) + by * i) % options.length) + options.length) % options.length;
    if (!options[index]!.disabled) return index;
  }
  return -1;
}
