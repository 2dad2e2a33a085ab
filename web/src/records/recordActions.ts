import Link from '@lucide/svelte/icons/link';
import Maximize2 from '@lucide/svelte/icons/maximize-2';
import MessageSquare from '@lucide/svelte/icons/message-square';
import Pencil from '@lucide/svelte/icons/pencil';
import Printer from '@lucide/svelte/icons/printer';
import Trash2 from '@lucide/svelte/icons/trash-2';
import { m } from '#messages';
import type { AnyRecord, RecordDefinition } from '../../../shared/kernel/record.ts';
import { definitionOf } from '../../../shared/registry.ts';
import type { Subject } from '../kernel/atHand.svelte.ts';
import { toasts } from '../kernel/toasts.svelte.ts';
import type { Action } from '../ui/menu.ts';
import { remove } from './actions.ts';
import { assigning } from './assigning.ts';
import { noting } from './discussion/noting.svelte.ts';
import { extended } from './extensions.svelte.ts';
import { printSheet } from './printSheet.ts';
import { hrefOf, may, mayWrite, titleOf } from './types.ts';

/** What can be done with one record by this reader, in the groups of its menu. */
interface RecordActions {
  /** The main one; its type's first. */
  readonly main: Action | undefined;
  /** What is done with such records many times a day. */
  readonly quick: readonly Action[];
  readonly more: readonly Action[];
  readonly edit: Action | undefined;
  readonly work: readonly Action[];
  readonly copyLink: Action;
  /** On the record's own page. */
  readonly print: readonly Action[];
  readonly remove: Action | undefined;
}

/**
 * Reactive; call it in markup or `$derived`.
 * @param at  the record's own page, or a list that shows it
 */
export function recordActions(
  definition: RecordDefinition,
  record: AnyRecord,
  at: 'page' | 'list',
  onremoved: () => void = () => undefined,
): RecordActions {
  const { actions, quick } = extended.of(definition.name);
  const own = actions(record);
  const main = own.find(({ minor }) => !minor);
  const href = hrefOf(definition.name, record.id);
  const assign = assigning(definition, [record]);
  const copyLink = (): void =>
    void navigator.clipboard.writeText(new URL(href, location.href).href).then(() => toasts.show(m.records_link_copied));
  const removeIt = (): void => {
    remove(definition, [record]);
    onremoved();
  };
  const mayNote = definition.discussed === true && may('create', definitionOf('activity'));
  const mayRemove = definition.operations.includes('remove') && may('delete', definition, record);
  return {
    main,
    quick: quick(record),
    more: own.filter((action) => action !== main),
    edit: mayWrite(definition, definition.title, record)
      ? { title: m.records_edit, icon: Pencil, keys: 'e', href: `${href}/edit` }
      : undefined,
    work: [
      ...(mayNote
        ? [{ title: m.collaboration_note_write, icon: MessageSquare, keys: 'n', run: () => noting.ask(definition, record) }]
        : []),
      ...(assign ? [assign] : []),
      ...(at === 'list' ? [{ title: m.records_open, icon: Maximize2, keys: 'o', href }] : []),
    ],
    copyLink: { title: m.records_copy_link, icon: Link, run: copyLink },
    print:
      at === 'page'
        ? [
            { title: m.records_print, icon: Printer, run: () => printSheet({ past: false }) },
            { title: m.records_print_past, icon: Printer, run: () => printSheet({ past: true }) },
          ]
        : [],
    remove: mayRemove ? { title: m.records_delete, icon: Trash2, danger: true, run: removeIt } : undefined,
  };
}

/** The record as the palette and the keys know it. */
export const subjectOf = (definition: RecordDefinition, record: AnyRecord, actions: RecordActions): Subject => ({
  title: () => titleOf(definition, record),
  actions: [
    actions.main ?? [],
    actions.quick,
    actions.edit ?? [],
    actions.work,
    actions.more,
    actions.copyLink,
    actions.print,
    actions.remove ?? [],
  ].flat(),
});
