/** Layers of the shell; each is a chunk fetched when first opened. */
class Overlays {
  /** The sidebar as a drawer, on phones. */
  menu = $state(false);
  palette = $state(false);
  help = $state(false);
  /** The menu of the New button. */
  create = $state(false);

  get any(): boolean {
    return this.menu || this.palette || this.help || this.create;
  }
}

export const overlays = new Overlays();
