import type { Component } from 'svelte';
import { marks } from './kernel/marks.ts';
import { session } from './kernel/session.svelte.ts';
import type { Icon } from './ui/icon.ts';
import type { Action } from './ui/menu.ts';

/** One hit of the palette. */
export interface Found {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly icon?: Icon;
  readonly keys?: string;
  /** Where it leads, */
  readonly href?: string;
  /** or what it does. */
  readonly action?: Action;
}

/** A place the palette looks in. */
export interface SearchSource {
  readonly title: () => string;
  /** Records stand above what can be done, places below it, and what has to be asked for elsewhere at the end, so that it moves nothing when it comes. */
  readonly rank: 'records' | 'places' | 'more';
  /** What is known here; an empty text asks for what is worth showing before anything is typed. Reactive. */
  readonly find?: (text: string) => readonly Found[];
  readonly ask?: (text: string, signal: AbortSignal) => Promise<readonly Found[]>;
}

/** A tile of the home page. */
export interface HomeTile {
  readonly can: () => boolean;
  readonly load: () => Promise<{ default: Component }>;
  /** Takes the whole row. */
  readonly wide?: boolean;
  /** Shows only while there is something to show, and does not make a home page by itself. */
  readonly mayBeNothing?: boolean;
}

/** What domains hang into the shell and the home page; each is a chunk fetched when it is shown. */
export interface Parts {
  readonly searchSources: readonly (() => Promise<{ default: SearchSource }>)[];
  /** The bell in the top bar. */
  readonly notifications?: () => Promise<{ default: Component }>;
  readonly homeTiles: readonly HomeTile[];
}

/** Until he has put the first steps away. What a demo is full of is nobody's progress. */
const begins = (): boolean =>
  !session.data?.workspace.demo && session.data?.marks !== undefined && marks.all.firstStepsClosedAt === undefined;

/** Whoever may hand leads to others gets a digest without asking for it. */
const leadsPeople = (): boolean => !['none', 'own'].includes(session.data?.rights.grants.leads?.assign ?? 'none');

export const parts: Parts = {
  searchSources: [
    () => import('./records/searchRecent.ts'),
    () => import('./records/searchReplica.ts'),
    () => import('./workspace/settings/searchSettings.ts'),
    () => import('./shell/help/searchHelp.ts'),
    () => import('./records/searchServer.ts'),
  ],
  notifications: () => import('./workspace/notifications/Bell.svelte'),
  homeTiles: [
    { can: begins, load: () => import('./workspace/firstSteps/FirstSteps.svelte'), wide: true, mayBeNothing: true },
    { can: () => session.can('read', 'activities'), load: () => import('./activities/MyDayTile.svelte') },
    { can: () => session.can('read', 'leads'), load: () => import('./leads/NewLeadsTile.svelte') },
    { can: () => session.can('read', 'insight'), load: () => import('./insight/FiguresTile.svelte'), wide: true },
    {
      can: () => session.can('read', 'insight') && session.can('read', 'sales'),
      load: () => import('./insight/PaceTile.svelte'),
      wide: true,
    },
    { can: () => session.can('read', 'sales'), load: () => import('./sales/home/FunnelTile.svelte') },
    { can: () => session.can('read', 'sales'), load: () => import('./sales/home/ForecastTile.svelte') },
    { can: () => session.can('read', 'sales'), load: () => import('./sales/home/ClosingSoonTile.svelte') },
    { can: () => session.can('read', 'customers'), load: () => import('./insight/AtRiskTile.svelte') },
    { can: () => true, load: () => import('./workspace/news/NewsTile.svelte'), mayBeNothing: true },
    { can: leadsPeople, load: () => import('./insight/DigestTile.svelte') },
  ],
};
