import type { AnyRecord } from '../../../../shared/kernel/record.ts';

/** A card to draw, and where; without a place it is kept out of sight. */
export interface Drawn {
  readonly record: AnyRecord;
  readonly place: number | undefined;
}

interface Wanted {
  /** The cards of the column without the one in the air. */
  readonly lying: readonly AnyRecord[];
  /** Places in sight, `to` excluded; the gap is one of them. */
  readonly range: { readonly from: number; readonly to: number };
  /** Where the card in the air would come down. */
  readonly gap: number | undefined;
  /** The card in the air, where it fills the gap itself: the keyboard carries it. */
  readonly held: AnyRecord | undefined;
  /** The card in the air, where it was taken up from this column by a pointer. */
  readonly taken: AnyRecord | undefined;
  /** Index among the lying cards of the one with the focus, or −1: it is drawn although it may be out of sight. */
  readonly stop: number;
}

/** The cards of a column that are drawn, each with its place. */
export function drawnCards({ lying, range, gap, held, taken, stop }: Wanted): Drawn[] {
  const isInSight = (place: number): boolean => place >= range.from && place < range.to;
  const placeOf = (index: number): number => (gap !== undefined && index >= gap ? index + 1 : index);
  const indexAt = (place: number): number => (gap !== undefined && place > gap ? place - 1 : place);
  const drawn: Drawn[] = [];
  for (let place = range.from; place < range.to; place++) {
    const record = place === gap ? held : lying[indexAt(place)];
    if (record) drawn.push({ record, place });
  }
  if (stop >= 0 && !isInSight(placeOf(stop))) drawn.push({ record: lying[stop]!, place: placeOf(stop) });
  if (held && gap !== undefined && !isInSight(gap)) drawn.push({ record: held, place: gap });
  // A finger's events go to what it first touched, and to nobody once that is gone.
  if (taken) drawn.push({ record: taken, place: undefined });
  return drawn;
}
