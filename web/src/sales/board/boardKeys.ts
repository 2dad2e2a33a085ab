import { tick } from 'svelte';
import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import { stageOf } from '../../../../shared/sales/pipelines.ts';
import { router } from '../../kernel/router.svelte.ts';
import { shortcuts } from '../../kernel/shortcuts.svelte.ts';
import { hrefOf } from '../../records/types.ts';
import type { Board, Place } from './board.svelte.ts';
import type { BoardColumn } from './columns.ts';
import { folded } from './folded.svelte.ts';
import { CARD_STEP } from './hitTest.ts';

const WAYS: Readonly<Record<string, readonly [sideways: number, down: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  k: [0, -1],
  j: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

const between = (value: number, most: number): number => Math.min(Math.max(value, 0), most);

/**
 * What a key does to the card that has the focus: arrows go to another card or carry it, Space takes it up and puts it
 * down, Escape puts it back, O opens it.
 */
export function onBoardKey(board: Board, root: HTMLElement, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(event.target instanceof HTMLAnchorElement) || (/^[a-z]$/i.test(event.key) && !shortcuts.letters)) return;
  const id = event.target.closest<HTMLElement>('[data-card]')?.dataset['card'];
  const record = id === undefined ? undefined : board.list.set.get(id);
  if (!record || board.carried?.by === 'pointer' || !act(board, root, record, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** @returns whether the key meant something */
function act(board: Board, root: HTMLElement, record: AnyRecord, key: string): boolean {
  const way = WAYS[key];
  const held = board.carried !== undefined;
  if (way && !held) {
    go(board, root, record, way);
    return true;
  }
  if (key === 'o' && !held) {
    void router.goto(hrefOf(board.list.type, record.id));
    return true;
  }
  if (way) carry(board, way);
  else if (key === ' ' && !held && board.mayMove(record)) board.takeUp(record, 'keys');
  else if (held && (key === ' ' || key === 'Enter')) board.drop();
  else if (held && key === 'Escape') board.cancel();
  else return held && key === 'Tab';
  // In another column it is another element.
  void tick().then(() => focusCard(board, root, record));
  return true;
}

function carry(board: Board, [sideways, down]: readonly [number, number]): void {
  const { to } = board.carried!;
  const at = board.columns.findIndex(({ stage }) => stage.key === to.stage);
  const stage = board.columns[between(at + sideways, board.columns.length - 1)]!.stage.key;
  board.carryTo({ stage, index: between(to.index + down, board.lying(stage).length) } satisfies Place);
}

/** To the next card of the column, or to the nearest column that shows any. */
function go(board: Board, root: HTMLElement, record: AnyRecord, [sideways, down]: readonly [number, number]): void {
  const at = board.columns.findIndex(({ stage }) => stage.key === stageOf(board.pipeline, record['stage']).key);
  const index = board.columns[at]!.cards.findIndex(({ id }) => id === record.id);
  let next = at + sideways;
  const isPassed = (column: BoardColumn | undefined): boolean =>
    column !== undefined && (!column.cards.length || folded.has(column.stage.key));
  while (sideways && isPassed(board.columns[next])) next += sideways;
  const { cards } = board.columns[next] ?? board.columns[at]!;
  const card = cards[between(index + down, cards.length - 1)]!;
  board.stopAt(card);
  void tick().then(() => focusCard(board, root, card));
}

/** Brings a card into view and gives it the focus. */
function focusCard(board: Board, root: HTMLElement, record: AnyRecord): void {
  const link = root.querySelector<HTMLElement>(`[data-card="${record.id}"] a`);
  if (!link) return;
  link.focus({ preventScroll: true });
  const section = link.closest<HTMLElement>('[data-stage]')!;
  const scroller = section.querySelector<HTMLElement>('[data-column]')!;
  const stage = section.dataset['stage'];
  const { carried } = board;
  const place =
    carried?.record.id === record.id
      ? carried.to.index
      : board.columns.find((column) => column.stage.key === stage)!.cards.findIndex(({ id }) => id === record.id);
  const top = place * CARD_STEP;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + CARD_STEP > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + CARD_STEP - scroller.clientHeight;
  section.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
