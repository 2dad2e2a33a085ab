import type { Route } from '../kernel/router.svelte.ts';

interface Titles {
  readonly list: () => string;
  readonly form: () => string;
}

/** The generic pages of a record type: its list, its form, a record. Labels of types come with the pages, hence own titles. */
export const recordPages = (type: string, path: string, { list, form }: Titles): Route[] => [
  { path, frame: 'app', title: list, given: { type }, load: () => import('./ListPage.svelte') },
  { path: `${path}/new`, frame: 'app', title: form, given: { type }, load: () => import('./NewPage.svelte') },
  { path: `${path}/:id`, frame: 'app', title: list, given: { type }, load: () => import('./RecordPage.svelte') },
  { path: `${path}/:id/edit`, frame: 'app', title: list, given: { type }, load: () => import('./EditPage.svelte') },
];
