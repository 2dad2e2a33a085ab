import { type FunctionDefinition, type InvokeResult, type Sandbox, type SandboxLog, startSandbox } from './sandbox.ts';

export interface LambdaFunction {
  readonly definition: FunctionDefinition;
  /** Runs one event; waits while all sandboxes are busy. Never throws: a failure is a result. */
  invoke(event: unknown): Promise<InvokeResult>;
  /** Ends the sandboxes, the busy ones after their answer; the next event meets new code. */
  recycle(): void;
  close(): Promise<void>;
}

export interface PoolOptions {
  log: SandboxLog;
  /** Sandboxes at most; where AWS would start the next or throttle, an event waits here. */
  maxSandboxes?: number;
  /** A sandbox without work for so long is ended. */
  idleMs?: number;
}

const closedResult: InvokeResult = {
  ok: false,
  timedOut: false,
  error: { errorType: 'Sandbox.Killed', errorMessage: 'the host is closing' },
};

/** A function with its pool of sandboxes, each running one event at a time, so module state behaves as on AWS. */
export function createFunction(definition: FunctionDefinition, options: PoolOptions): LambdaFunction {
  const { log, maxSandboxes = 6, idleMs = 5 * 60_000 } = options;
  const idle: { sandbox: Sandbox; timer: NodeJS.Timeout }[] = [];
  const all = new Set<Sandbox>();
  const waiting: (() => void)[] = [];
  let generation = 0;
  let count = 0;
  let closed = false;

  async function acquire(): Promise<Sandbox | undefined> {
    while (!closed) {
      // The most recently used first, so that the rest can age.
      const entry = idle.pop();
      if (entry) {
        clearTimeout(entry.timer);
        if (entry.sandbox.alive) return entry.sandbox;
        forget(entry.sandbox);
        continue;
      }
      if (count < maxSandboxes) {
        count += 1;
        const sandbox = await startSandbox(definition, log);
        all.add(sandbox);
        return sandbox;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    return undefined;
  }

  function forget(sandbox: Sandbox) {
    if (all.delete(sandbox)) count -= 1;
  }

  function release(sandbox: Sandbox, born: number) {
    if (!sandbox.alive || born !== generation || closed) {
      forget(sandbox);
      void sandbox.kill();
    } else {
      const timer = setTimeout(() => {
        idle.splice(idle.indexOf(entry), 1);
        forget(sandbox);
        void sandbox.kill();
      }, idleMs).unref();
      const entry = { sandbox, timer };
      idle.push(entry);
    }
    waiting.shift()?.();
  }

  return {
    definition,
    async invoke(event) {
      const born = generation;
      const sandbox = await acquire();
      if (!sandbox) return closedResult;
      const result = await sandbox.invoke(JSON.stringify(event));
      release(sandbox, born);
      return result;
    },
    recycle() {
      generation += 1;
      for (const { sandbox, timer } of idle.splice(0)) {
        clearTimeout(timer);
        forget(sandbox);
        void sandbox.kill();
      }
    },
    async close() {
      closed = true;
      for (const wake of waiting.splice(0)) wake();
      for (const { timer } of idle.splice(0)) clearTimeout(timer);
      await Promise.all([...all].map((sandbox) => sandbox.kill()));
    },
  };
}
