import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import { NetworkError } from './api.ts';
import { connection } from './connection.svelte.ts';
import { aheadOfUse } from './idle.ts';
import type { Begin, Running } from './outbox/startOutbox.ts';
import type { Keeper } from './replica/edits.ts';
import { mayLieHere } from './replica/keptRecords.ts';
import { waiting } from './waiting.svelte.ts';

// Not among the databases of records, which go with every new shape of them.
const PREFIX = 'regulars-outbox:';

export interface OutboxKeeper extends Keeper {
  /** Sends what waits, if anything does. */
  readonly sendAll: () => void;
  /** @param forget  whether what waits is given up */
  readonly close: (forget: boolean) => Promise<void>;
}

/**
 * The outbox as edits meet it: its own chunk comes when something waits here already, otherwise behind the first use of
 * the page.
 * @param owner  names workspace and member
 */
export function outboxKeeper(
  { owner, ...rest }: Omit<Begin, 'name'> & { readonly owner: string },
  definitionOf: (type: string) => RecordDefinition,
): OutboxKeeper {
  const begin = { ...rest, name: PREFIX + owner };
  let running: Promise<Running> | undefined;
  function outbox(): Promise<Running> {
    if (!running) {
      running = import('./outbox/startOutbox.ts').then(({ startOutbox }) => startOutbox(begin));
      running.catch(() => (running = undefined));
    }
    return running;
  }
  const callOff = aheadOfUse(() => void import('./outbox/startOutbox.ts').catch(() => undefined));
  // Whether the disk takes anything is said before something is lost.
  const offLost = connection.onLost(() => void outbox().catch(() => undefined));
  if (begin.isOwnComputer) void startIfAnyWaits();

  async function startIfAnyWaits(): Promise<void> {
    try {
      const all = await indexedDB.databases();
      if (all.some(({ name }) => name === begin.name)) await (await outbox()).sendAll();
    } catch {
      // Storage is forbidden, and nothing can wait there; or the next visit finds it.
    }
  }

  return {
    // Who may do what is no edit to be sent hours later; what must not lie on a disk is not kept either.
    takes: ({ type }) => {
      const definition = definitionOf(type);
      return !definition.governs && mayLieHere(definition);
    },
    mustWait: ({ id }, instead) =>
      connection.offline || waiting.hasNext || (waiting.of(id)?.some(({ edit }) => edit.key !== instead) ?? false),
    async keep(edit, isTried) {
      const here = await outbox().catch((cause: unknown) => {
        throw new NetworkError({ cause });
      });
      await here.keep(edit, isTried);
    },
    discard: async (key) => (await outbox()).discard(key),
    sendAll: () => void (waiting.hasNext && running?.then(({ sendAll }) => sendAll())),
    async close(forget) {
      callOff();
      offLost();
      await (await running?.catch(() => undefined))?.close(forget);
    },
  };
}
