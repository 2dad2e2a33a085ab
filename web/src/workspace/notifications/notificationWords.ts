import Repeat2 from '@lucide/svelte/icons/repeat-2';
import Target from '@lucide/svelte/icons/target';
import { m } from '#messages';
import { segmentOf } from '../../../../shared/kernel/record.ts';
import { findDefinition } from '../../../../shared/registry.ts';
import type { Notification } from '../../../../shared/workspace/notification.ts';
import type { Icon } from '../../ui/icon.ts';

interface Words {
  readonly icon: Icon;
  readonly title: (params: Readonly<Record<string, string>>) => string;
}

const WORDS: Readonly<Record<Notification['code'], Words>> = {
  leadAssigned: { icon: Target, title: ({ name = '' }) => m.notifications_lead_assigned({ name }) },
  leadMerged: { icon: Repeat2, title: ({ name = '' }) => m.notifications_lead_merged({ name }) },
};

export const wordsOf = ({ code }: Notification): Words => WORDS[code];

/** Where it leads: the record it is about. */
export function hrefOf({ recordType, recordId }: Notification): string {
  const definition = recordType === undefined ? undefined : findDefinition(recordType);
  return definition && recordId ? `/${segmentOf(definition)}/${recordId}` : '/notifications';
}

/** The latest first. */
export const latestFirst = (all: readonly Notification[]): Notification[] =>
  all.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.id < b.id ? 1 : -1));
