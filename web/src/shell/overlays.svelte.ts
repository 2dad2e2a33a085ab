import { atHand } from '../kernel/atHand.svelte.ts';

/** Layers of the shell; each is a chunk fetched when first opened. */
class Overlays {
  /** The sidebar as a drawer, on phones. */
  menu = $state(false);
  palette = $state(false);
  help = $state(false);
  /** The menu of the New button. */
  create = $state(false);

  /** What waits to be sent. */
  waiting = $state(false);

  get any(): boolean {
    return this.menu || this.isPaletteOpen || this.help || this.waiting || this.create;
  }

  /** It also opens by itself for an action that needs one thing more to be chosen. */
  get isPaletteOpen(): boolean {
    return this.palette || atHand.asked !== undefined;
  }

  togglePalette(): void {
    if (this.isPaletteOpen) this.closePalette();
    else this.palette = true;
  }

  closePalette(): void {
    this.palette = false;
    atHand.asked = undefined;
  }
}

export const overlays = new Overlays();
