/** A small raised sheet. */
export const SHEET = 'layer-menu rounded-menu border border-line bg-raised text-control text-ink shadow-3 outline-none animate-pop-in';

/** An entry of a menu or of a list to choose from. */
export const ITEM = 'flex h-8 w-full cursor-default items-center gap-2 rounded-badge px-2 text-left outline-none select-none coarse:h-11';

/** Escape that ends a composition must not close the layer around it. */
export function keepWhileComposing(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === 229) event.preventDefault();
}

export interface Placement {
  side?: 'bottom' | 'top';
  align?: 'start' | 'end';
  /** At least as wide as the anchor. */
  matchWidth?: boolean;
}

const GAP = 4;
const MARGIN = 8;

/** Puts a floating sheet beside its anchor: on the other side where there is more room, never outside the window. */
export function placeBeside(
  anchor: Element,
  sheet: HTMLElement,
  { side = 'bottom', align = 'start', matchWidth = false }: Placement,
): void {
  const at = anchor.getBoundingClientRect();
  if (matchWidth) sheet.style.minWidth = `${Math.min(at.width, innerWidth - 2 * MARGIN)}px`;
  sheet.style.maxHeight = '';
  const { width, height } = sheet.getBoundingClientRect();
  const below = innerHeight - at.bottom - GAP - MARGIN;
  const above = at.top - GAP - MARGIN;
  const under = side === 'bottom' ? below >= height || below >= above : !(above >= height || above >= below);
  const room = Math.max(under ? below : above, 0);
  const left = align === 'start' ? at.left : at.right - width;
  sheet.style.maxHeight = `${room}px`;
  sheet.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  sheet.style.top = `${under ? at.bottom + GAP : at.top - GAP - Math.min(height, room)}px`;
}
