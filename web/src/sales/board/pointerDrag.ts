import { tick } from 'svelte';
import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import type { Ending } from '../closing.svelte.ts';
import type { Board } from './board.svelte.ts';
import { columnAt, edgeScroll, indexAt, type ColumnBox } from './hitTest.ts';

/** A mouse that moved so far drags; before that it clicks. */
const MOUSE_PX = 4;
/** A finger that rests so long takes a card up; one that moves before that scrolls. */
const PRESS_MS = 280;
const REST_PX = 8;
const SETTLE_MS = 160;

interface Press {
  readonly pointer: number;
  readonly record: AnyRecord;
  readonly startX: number;
  readonly startY: number;
  /** From the card's corner to the pointer. */
  readonly gripX: number;
  readonly gripY: number;
  /** Of the card, pixels. */
  readonly width: number;
  readonly touch: boolean;
}

/**
 * Lets the mouse, a finger or a pen carry cards between the columns of `root`, which scrolls sideways. Places are
 * computed from the boxes of the columns: while a card is in the air nothing is measured but what scrolls.
 * @param ghost  what follows the pointer, drawn while `board.carried` is set
 * @returns what ends it
 */
export function dragCards(board: Board, root: HTMLElement, ghost: () => HTMLElement | undefined): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let press: Press | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dragging = false;
  let [x, y] = [0, 0];
  let boxes: readonly ColumnBox[] = [];
  let endings: readonly { readonly ending: Ending; readonly box: DOMRect }[] = [];
  /** Where the columns were measured. */
  let scrolledBy = 0;
  const scrollers = new Map<string, HTMLElement>();

  function down(event: PointerEvent): void {
    if (press || board.carried || event.button !== 0 || !event.isPrimary || !(event.target instanceof Element)) return;
    const card = event.target.closest<HTMLElement>('[data-card]');
    const record = card && !event.target.closest('[data-still]') ? board.list.set.get(card.dataset['card']!) : undefined;
    if (!card || !record || !board.mayMove(record)) return;
    const { left, top, width } = card.getBoundingClientRect();
    [x, y] = [event.clientX, event.clientY];
    const touch = event.pointerType !== 'mouse';
    press = { pointer: event.pointerId, record, startX: x, startY: y, gripX: x - left, gripY: y - top, width, touch };
    if (touch) timer = setTimeout(start, PRESS_MS);
  }

  function move(event: PointerEvent): void {
    if (event.pointerId !== press?.pointer) return;
    [x, y] = [event.clientX, event.clientY];
    if (dragging) return;
    const way = Math.hypot(x - press.startX, y - press.startY);
    if (press.touch && way > REST_PX) release();
    else if (!press.touch && way > MOUSE_PX) start();
  }

  function start(): void {
    // What lies here now, should the feed have brought a newer one.
    const record = press && board.list.set.get(press.record.id);
    if (!press || !record || !board.mayMove(record)) return release();
    dragging = true;
    measure();
    board.takeUp(record, 'pointer');
    root.setPointerCapture(press.pointer);
    if (press.touch) navigator.vibrate?.(10);
    const { width } = press;
    void tick().then(() => {
      const sheet = ghost();
      if (sheet) sheet.style.width = `${width}px`;
      endings = [...document.querySelectorAll<HTMLElement>('[data-ending]')].map((place) => ({
        ending: place.dataset['ending'] as Ending,
        box: place.getBoundingClientRect(),
      }));
      frame();
    });
  }

  function measure(): void {
    scrolledBy = root.scrollLeft;
    scrollers.clear();
    boxes = [...root.querySelectorAll<HTMLElement>('[data-stage]')].map((section) => {
      const scroller = section.querySelector<HTMLElement>('[data-column]')!;
      const { left, right } = section.getBoundingClientRect();
      const { top, bottom } = scroller.getBoundingClientRect();
      const stage = section.dataset['stage']!;
      scrollers.set(stage, scroller);
      return { stage, left, right, top, bottom };
    });
  }

  function frame(): void {
    if (!dragging || !press) return;
    // The board let go of it: the card has gone, or Escape was pressed.
    if (!board.carried) return release();
    const sheet = ghost();
    if (sheet) sheet.style.transform = `translate3d(${x - press.gripX}px, ${y - press.gripY}px, 0) rotate(var(--tilt))`;
    board.ending = endings.find(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)?.ending;
    if (!board.ending) carry();
    requestAnimationFrame(frame);
  }

  function carry(): void {
    if (!press) return;
    const { left, width } = root.getBoundingClientRect();
    const sideways = edgeScroll(x, left, left + width);
    if (sideways) root.scrollLeft += sideways;
    const box = columnAt(boxes, x + root.scrollLeft - scrolledBy);
    const scroller = box && scrollers.get(box.stage);
    if (box && scroller) {
      const upDown = edgeScroll(y, box.top, box.bottom);
      if (upDown) scroller.scrollTop += upDown;
      const { stage } = box;
      // A folded column has no places: its top is where the card goes.
      const top = box.bottom > box.top ? y - press.gripY - box.top + scroller.scrollTop : 0;
      board.carryTo({ stage, index: indexAt(top, board.lying(stage).length) });
    }
  }

  function up(event: PointerEvent): void {
    if (event.pointerId !== press?.pointer) return;
    if (!dragging) return release();
    [x, y] = [event.clientX, event.clientY];
    const { record } = press;
    const from = ghost()?.getBoundingClientRect();
    swallowClick();
    release();
    board.drop();
    if (from) void tick().then(() => settle(record.id, from));
  }

  function cancel(event: PointerEvent): void {
    if (event.pointerId !== press?.pointer) return;
    const wasDragging = dragging;
    release();
    if (wasDragging) board.cancel();
  }

  function release(): void {
    clearTimeout(timer);
    if (press && root.hasPointerCapture(press.pointer)) root.releasePointerCapture(press.pointer);
    press = undefined;
    dragging = false;
  }

  /** The click that ends a drag is none. */
  function swallowClick(): void {
    const stopClick = (event: Event): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('click', stopClick, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', stopClick, { capture: true }));
  }

  /** Lets the card glide from the hand to its place. */
  function settle(id: string, from: DOMRect): void {
    const card = root.querySelector<HTMLElement>(`[data-card="${id}"]`);
    if (!card || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const to = card.getBoundingClientRect();
    card.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: 'none' }], {
      duration: SETTLE_MS,
      easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)',
    });
  }

  function keydown(event: KeyboardEvent): void {
    if (!dragging || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    release();
    board.cancel();
  }

  root.addEventListener('pointerdown', down, { signal });
  addEventListener('pointermove', move, { signal, passive: true });
  addEventListener('pointerup', up, { signal });
  addEventListener('pointercancel', cancel, { signal });
  addEventListener('keydown', keydown, { signal, capture: true });
  // From the start, or the browser has begun to scroll before it asks.
  root.addEventListener('touchmove', (event) => dragging && event.preventDefault(), { signal, passive: false });
  root.addEventListener('contextmenu', (event) => press?.touch && event.preventDefault(), { signal });
  return () => {
    stop.abort();
    release();
  };
}
