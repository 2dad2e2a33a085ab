/** Where a column's cards may be seen, in pixels of the window. */
export interface ColumnBox {
  readonly stage: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Height of a card and of the gap beneath it, pixels: all cards are as high, so that places are computed and not measured. */
export const CARD_HEIGHT = 92;
export const CARD_STEP = 100;

/** The column a pointer is over, or the nearest one. */
export function columnAt(boxes: readonly ColumnBox[], x: number): ColumnBox | undefined {
  const distance = ({ left, right }: ColumnBox): number => Math.max(left - x, 0, x - right);
  return boxes.reduce<ColumnBox | undefined>((nearest, box) => (nearest && distance(nearest) <= distance(box) ? nearest : box), undefined);
}

/**
 * The place that a carried card is over.
 * @param top  of the card, from the top of the column's content
 * @param count  of the other cards in the column
 */
export const indexAt = (top: number, count: number): number => Math.min(Math.max(Math.round(top / CARD_STEP), 0), count);

/** The cards of a column that are drawn: those in sight and a few on both sides, `to` excluded. */
export function rangeInSight(scrollTop: number, height: number, count: number): { readonly from: number; readonly to: number } {
  const SPARE = 3;
  return {
    from: Math.max(Math.floor(scrollTop / CARD_STEP) - SPARE, 0),
    to: Math.min(Math.ceil((scrollTop + height) / CARD_STEP) + SPARE, count),
  };
}

const EDGE = 56;
const FASTEST = 18;

/** How far to scroll in this frame, pixels, while a card is held near an edge: the nearer, the faster. */
export function edgeScroll(at: number, start: number, end: number): number {
  const edge = Math.min(EDGE, (end - start) / 3);
  const depth = at < start + edge ? at - start - edge : at > end - edge ? at - end + edge : 0;
  return edge > 0 ? Math.round(FASTEST * Math.min(Math.max(depth / edge, -1), 1)) : 0;
}
