import { tick } from 'svelte';
import { m } from '#messages';
import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import { wording, type Day } from '../../../../shared/kernel/types.ts';
import { pipelineOf, stageOf, type Pipeline } from '../../../../shared/sales/pipelines.ts';
import { clock } from '../../kernel/clock.svelte.ts';
import { reportError } from '../../kernel/errors.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import { router } from '../../kernel/router.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';
import { change } from '../../records/actions.ts';
import type { ListState } from '../../records/listState.svelte.ts';
import { mayWrite, titleOf } from '../../records/types.ts';
import { ENDS, isEndShown, isOutcomeShown, OUTCOMES, rankOf, toColumns, weigh, type BoardColumn } from './columns.ts';
import { closing, type Ending } from '../closing.svelte.ts';
import { pipelineOfDeal, pipelines } from '../../records/pipelines.ts';
import { pipelineAsked } from '../pipelineAsked.ts';
import { isOpen } from '../stagePath.ts';
import { rankAt } from './rank.ts';

/** A place for a card: before the card that stands at `index` when the carried one is left out. */
export interface Place {
  readonly stage: string;
  readonly index: number;
}

/** A card in the air. */
export interface Carried {
  /** As it was when it was taken up. */
  readonly record: AnyRecord;
  readonly from: Place;
  readonly to: Place;
  readonly by: 'pointer' | 'keys';
}

interface PlaceWords {
  readonly stage: string;
  readonly place: number;
  readonly count: number;
}

const samePlace = (a: Place, b: Place): boolean => a.stage === b.stage && a.index === b.index;

/** What the board shows, from the list's rows and the address, and the card that is being moved. */
export class Board {
  readonly list: ListState;
  carried = $state.raw<Carried | undefined>();
  /** The card in the air is over the place where it would be won or lost. */
  ending = $state<Ending | undefined>();
  /** What a screen reader is told. */
  said = $state('');
  /** Per column the card that the Tab key stops at. */
  #stops = $state.raw<ReadonlyMap<string, string>>(new Map());

  constructor(list: ListState) {
    this.list = list;
  }

  readonly today: Day = $derived.by(() => i18n.formats.today(clock.now));
  readonly outcome = $derived.by(() => OUTCOMES.find((one) => one === router.query('outcome')) ?? 'open');
  readonly end = $derived.by(() => ENDS.find((one) => one === router.query('end')) ?? 'any');
  readonly home: string = $derived.by(() => session.data?.workspace.currency ?? '');

  /** Whose stages the columns are: the one asked for, else that of deals which name none. */
  readonly pipeline: Pipeline = $derived.by(() => pipelineOf(pipelines(), { pipelineId: pipelineAsked(this.list.conditions) }));

  /** The deals on the board. */
  readonly shown: readonly AnyRecord[] = $derived.by(() =>
    this.list.rows.filter(
      (record) =>
        pipelineOfDeal(record).id === this.pipeline.id &&
        isOutcomeShown(record, this.outcome) &&
        isEndShown(record['expectedEndOn'] as Day | undefined, this.end, this.today),
    ),
  );
  readonly columns: readonly BoardColumn[] = $derived.by(() => toColumns(this.pipeline, this.shown, this.home));
  readonly weighted = $derived.by(() => weigh([this.pipeline], this.shown, this.home));

  /** The cards of a column that lie on it: all but the one in the air. */
  lying(stage: string): readonly AnyRecord[] {
    const { cards } = this.#column(stage);
    const id = this.carried?.record.id;
    return id !== undefined && cards.some((card) => card.id === id) ? cards.filter((card) => card.id !== id) : cards;
  }

  mayMove(record: AnyRecord): boolean {
    return isOpen(record) && mayWrite(this.list.definition, 'stage', record);
  }

  isOverdue(record: AnyRecord): boolean {
    return isOpen(record) && isEndShown(record['expectedEndOn'] as Day | undefined, 'overdue', this.today);
  }

  // The Tab key stops once in every column; arrows go from card to card.

  isStop(stage: string, record: AnyRecord): boolean {
    const { cards } = this.#column(stage);
    const stop = this.#stops.get(stage);
    return record.id === (cards.some(({ id }) => id === stop) ? stop : cards[0]?.id);
  }

  /** Place of the card the Tab key stops at, which is drawn although it may be out of sight. */
  stopIndex(stage: string): number {
    const stop = this.#stops.get(stage);
    return stop === undefined ? -1 : this.lying(stage).findIndex(({ id }) => id === stop);
  }

  stopAt(record: AnyRecord): void {
    this.#stops = new Map(this.#stops).set(stageOf(this.pipeline, record['stage']).key, record.id);
  }

  // Moving

  takeUp(record: AnyRecord, by: Carried['by']): void {
    const { key } = stageOf(this.pipeline, record['stage']);
    const from = { stage: key, index: this.#column(key).cards.findIndex(({ id }) => id === record.id) };
    this.carried = { record, from, to: from, by };
    this.#say(m.sales_board_taken({ title: this.#nameOf(record), ...this.#wordsOf(from) }));
  }

  carryTo(to: Place): void {
    if (!this.carried || samePlace(this.carried.to, to)) return;
    this.carried = { ...this.carried, to };
    if (this.carried.by === 'keys') this.#say(m.sales_board_over(this.#wordsOf(to)));
  }

  cancel(): void {
    this.ending = undefined;
    if (!this.carried) return;
    const { record, from } = this.carried;
    this.#say(m.sales_board_cancelled({ title: this.#nameOf(record), ...this.#wordsOf(from) }));
    this.carried = undefined;
  }

  drop(): void {
    if (!this.carried) return;
    const { record, from, to } = this.carried;
    const words = this.#wordsOf(to);
    const others = this.lying(to.stage);
    this.carried = undefined;
    if (this.ending) return this.#end(record);
    if (samePlace(from, to)) return this.#say(m.sales_board_cancelled({ title: this.#nameOf(record), ...words }));
    this.#move(record, to, others, words);
  }

  /** On top of another column. */
  moveTo(record: AnyRecord, stage: string): void {
    const to = { stage, index: 0 };
    if (stageOf(this.pipeline, record['stage']).key === stage) return;
    this.#move(record, to, this.lying(stage), this.#wordsOf(to));
  }

  #move(record: AnyRecord, { stage, index }: Place, others: readonly AnyRecord[], words: PlaceWords): void {
    // Winning asks why, and moves the card when that is answered.
    if (stageOf(this.pipeline, stage).means === 'won') return closing.ask(record, 'won');
    this.#say(m.sales_board_dropped({ title: this.#nameOf(record), ...words }));
    const rank = rankAt(others.map(rankOf), index);
    const stays = stageOf(this.pipeline, record['stage']).key === stage;
    const said = (): string =>
      stays
        ? m.sales_board_placed({ title: this.#nameOf(record) })
        : m.sales_board_moved({ title: this.#nameOf(record), stage: this.#stageName(stage) });
    this.#stops = new Map(this.#stops).set(stage, record.id);
    change(this.list.definition, record, stays ? { rank } : { stage, rank }, said).catch((error: unknown) => reportError(error));
  }

  #end(record: AnyRecord): void {
    closing.ask(record, this.ending!);
    this.ending = undefined;
  }

  /** Follows a card that has gone or was closed under the hand that carries it. */
  watch(): void {
    if (!this.carried) return;
    const now = this.list.set.get(this.carried.record.id);
    if (now && this.mayMove(now)) return;
    const title = this.#nameOf(this.carried.record);
    this.carried = undefined;
    this.ending = undefined;
    this.#say(m.sales_board_gone({ title }));
  }

  #column(stage: string): BoardColumn {
    return this.columns.find((column) => column.stage.key === stage)!;
  }

  #stageName(stage: string): string {
    return wording(this.#column(stage).stage.label, i18n.locale);
  }

  #nameOf(record: AnyRecord): string {
    return titleOf(this.list.definition, record);
  }

  #wordsOf({ stage, index }: Place): PlaceWords {
    return { stage: this.#stageName(stage), place: index + 1, count: this.lying(stage).length + 1 };
  }

  /** The same words twice in a row are two events. */
  #say(words: string): void {
    this.said = '';
    void tick().then(() => (this.said = words));
  }
}
