import { join } from 'node:path';
import type { Route } from '../../functions/runtime/route.ts';
import { entries } from '../../infra/entries.ts';

const root = join(import.meta.dirname, '../..');

export interface EntryRoutes {
  /** Name of the Lambda function, as in infra/entries.ts. */
  readonly entry: string;
  readonly routes: readonly Route[];
}

/**
 * Every route the product answers, found by construction: each entry point that HTTP starts exports `routes` beside
 * its handler, so that a suite over all of them meets a new one without a list.
 * @throws Error when an entry point exports none
 */
export async function everyRoute(): Promise<readonly EntryRoutes[]> {
  const http = entries.filter(({ trigger }) => trigger.kind === 'http');
  return Promise.all(
    http.map(async ({ name, file }) => {
      const { routes } = (await import(join(root, file))) as { routes?: readonly Route[] };
      if (!routes?.length) throw new Error(`${file} exports no routes`);
      return { entry: name, routes };
    }),
  );
}
