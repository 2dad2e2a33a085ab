import type { Icon } from './icon.ts';

/** An action as data: menus, rows, shortcuts and the palette share it. */
export interface Action {
  readonly title: () => string;
  readonly icon?: Icon;
  readonly keys?: string;
  readonly href?: string;
  readonly run?: () => void;
  readonly danger?: boolean;
  /** Never the one that is shown first. */
  readonly minor?: boolean;
  readonly disabled?: boolean;
  /** What it asks for before anything is done; made by `kernel/atHand`. */
  readonly choices?: () => readonly Action[];
  /** Of choices: the one that holds now. */
  readonly current?: boolean;
}

/** Either things to do, or one choice among several. */
export type MenuGroup =
  | { readonly title?: () => string; readonly actions: readonly Action[] }
  | {
      readonly title: () => string;
      readonly value: string;
      readonly choices: readonly { readonly value: string; readonly title: () => string }[];
      readonly choose: (value: string) => void;
    };
