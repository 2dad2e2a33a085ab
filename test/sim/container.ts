import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '../../functions/table/database.ts';
import type { World } from './world.ts';
import { databaseSeam } from './databaseSeam.ts';

/** A function died, or its answer never came: all that whoever called it learns. */
export class NoAnswer extends Error {}

/**
 * One Lambda container: handles one event at a time, keeps its module's memory between events, and may die at any
 * request it makes. What it holds (a directory of rights, say) dies with it.
 */
export class Container {
  /** The function it runs. */
  readonly kind: string;
  readonly name: string;
  readonly database: Database;
  /** Workspaces whose keys the request it is handling may name; all of them where nobody's request is handled. */
  tenants: ReadonlySet<string> | undefined;
  busy = false;
  dead = false;
  private fail: ((error: Error) => void) | undefined;

  constructor(kind: string, name: string, world: World) {
    this.kind = kind;
    this.name = name;
    this.database = world.sabotage(databaseSeam(world, this));
  }

  /** @throws NoAnswer when the container dies on the way */
  invoke<T>(handle: () => Promise<T>): Promise<T> {
    this.busy = true;
    return new Promise<T>((resolve, reject) => {
      this.fail = reject;
      // A dead function's promises never settle: whatever it waited for is waited for no more.
      CURRENT.run(this, handle).then(resolve, reject);
    }).finally(() => {
      this.busy = false;
    });
  }

  die(): void {
    this.dead = true;
    this.fail?.(new NoAnswer(`${this.name} died`));
  }
}

const CURRENT = new AsyncLocalStorage<Container>();

/** The container whose code is running: clients that modules make for themselves belong to nobody else. */
export const currentContainer = (): Container | undefined => CURRENT.getStore();
