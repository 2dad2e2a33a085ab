import { setTimeout as delay } from 'node:timers/promises';
import type { LambdaFunction } from './lambdaFunction.ts';

const retries = 2;

export interface AsyncInvoker {
  /** Resolves when the event is done or given up; never throws. */
  invoke(target: LambdaFunction, event: unknown): Promise<void>;
  close(): void;
}

/**
 * Lambda's asynchronous invocation, by which SNS and the scheduler start functions: two retries, then the event is
 * dropped. AWS waits one and two minutes in between; here it is seconds.
 * @param report  hears of events that are dropped
 */
export function createAsyncInvoker(report: (error: unknown) => void, retryMs = 2000): AsyncInvoker {
  const closing = new AbortController();
  return {
    async invoke(target, event) {
      for (let attempt = 0; !closing.signal.aborted; attempt += 1) {
        const result = await target.invoke(event);
        if (result.ok) return;
        if (attempt >= retries) {
          if (!closing.signal.aborted)
            report(new Error(`${target.definition.name}: dropped an event after ${attempt + 1} attempts: ${result.error.errorMessage}`));
          return;
        }
        await delay(retryMs * (attempt + 1), undefined, { signal: closing.signal }).catch(() => {});
      }
    },
    close: () => closing.abort(),
  };
}
