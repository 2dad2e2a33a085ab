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
  busy = false;
  dead = false;
  private fail: ((error: Error) => void) | undefined;

  constructor(kind: string, name: string, world: World) {
    this.kind = kind;
    this.name = name;
    this.database = world.sabotage(databaseSeam(world, this));
  }

  /**
   * @param tenant  the only workspace whose keys may be named, where the event is a request of somebody there
   * @throws NoAnswer when the container dies on the way
   */
  invoke<T>(handle: () => Promise<T>, tenant?: string): Promise<T> {
    this.busy = true;
    return new Promise<T>((resolve, reject) => {
      this.fail = reject;
      // A dead function's promises never settle: whatever it waited for is waited for no more.
      CURRENT.run({ container: this, tenant }, handle).then(resolve, reject);
    }).finally(() => {
      this.busy = false;
    });
  }

  die(): void {
    this.dead = true;
    this.fail?.(new NoAnswer(`${this.name} died`));
  }
}

/** One event being handled; work it leaves behind is still its own. */
interface Invocation {
  readonly container: Container;
  readonly tenant: string | undefined;
}

const CURRENT = new AsyncLocalStorage<Invocation>();

/** The container whose code is running: clients that modules make for themselves belong to nobody else. */
export const currentContainer = (): Container | undefined => CURRENT.getStore()?.container;
export const currentTenant = (): string | undefined => CURRENT.getStore()?.tenant;
