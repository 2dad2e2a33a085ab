import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { killAndWait, spawnGuarded } from '../guardedProcess.ts';
import { type FunctionError, startRuntimeApi } from './runtimeApi.ts';

/** Lambda's own limits. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const initLimitMs = 10_000;
const responseLimitBytes = 6 * 1024 * 1024;

export interface FunctionDefinition {
  name: string;
  arn: string;
  /** Folder of the bundle, the sandbox's working directory. */
  codeDir: string;
  /** `file.export`, as in the template. */
  handler: string;
  environment: Record<string, string>;
  timeoutMs: number;
  memoryMb: number;
}

export type InvokeResult = { ok: true; payload: string } | { ok: false; timedOut: boolean; error: FunctionError };

export interface Sandbox {
  /** Runs one event; the caller never runs two at a time. */
  invoke(payload: string): Promise<InvokeResult>;
  /** False once the process has ended or is being ended. */
  readonly alive: boolean;
  /** Resolves when the process has gone. */
  kill(): Promise<void>;
}

export interface SandboxLog {
  line(text: string, stream: 'stdout' | 'stderr' | 'platform'): void;
}

interface Pending {
  requestId: string;
  payload: string;
  startedAt: number;
  timer?: NodeJS.Timeout;
  settle(result: InvokeResult): void;
}

/** Starts a fresh Node process that runs a function's bundle as Lambda would. */
export async function startSandbox(definition: FunctionDefinition, log: SandboxLog): Promise<Sandbox> {
  let alive = true;
  let closing = false;
  let started = false;
  let asking = false;
  let pending: Pending | undefined;
  const spawnedAt = performance.now();

  const api = await startRuntimeApi({
    next() {
      if (!started) log.line(`INIT_START Runtime Version: nodejs:24 Init Duration: ${since(spawnedAt)} ms`, 'platform');
      started = true;
      asking = true;
      clearTimeout(initTimer);
      deliver();
    },
    response(requestId, payload) {
      if (Buffer.byteLength(payload) <= responseLimitBytes) return finish(requestId, { ok: true, payload });
      finish(requestId, failure('Function.ResponseSizeTooLarge', 'Response payload size exceeded 6 MB'));
    },
    error: (requestId, error) => finish(requestId, { ok: false, timedOut: false, error }),
    initError: (error) => end({ ok: false, timedOut: false, error }),
  });
  const child = spawnNode(definition, api.address, log);
  const initTimer = setTimeout(() => {
    end(failure('Sandbox.Timedout', 'the function did not start within 10 seconds', true));
  }, initLimitMs);
  child.once('error', (error) => end(failure('Runtime.ExitError', error.message)));
  child.once('exit', (code, signal) => {
    end(failure('Runtime.ExitError', `Runtime exited with error: ${signal ?? `exit status ${code}`}`));
  });

  function deliver() {
    if (!asking || !pending) return;
    asking = false;
    const { requestId, payload } = pending;
    pending.startedAt = performance.now();
    pending.timer = setTimeout(() => {
      const seconds = (definition.timeoutMs / 1000).toFixed(2);
      end(failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`, true));
    }, definition.timeoutMs);
    log.line(`START RequestId: ${requestId} Version: $LATEST`, 'platform');
    const deadlineMs = Date.now() + definition.timeoutMs;
    api.deliver({ requestId, functionArn: definition.arn, payload, deadlineMs });
  }

  function finish(requestId: string, result: InvokeResult) {
    if (!pending || pending.requestId !== requestId) return;
    const done = pending;
    pending = undefined;
    clearTimeout(done.timer);
    log.line(`REPORT RequestId: ${requestId} Duration: ${since(done.startedAt)} ms`, 'platform');
    done.settle(result);
  }

  /** No way back: the process goes, and what it was doing fails. */
  function end(result: InvokeResult) {
    alive = false;
    clearTimeout(initTimer);
    if (pending) {
      // What the process could not say itself.
      if (!result.ok && !closing) log.line(`${result.error.errorType}: ${result.error.errorMessage}`, 'stderr');
      finish(pending.requestId, result);
    }
    api.close();
    void killAndWait(child);
  }

  return {
    get alive() {
      return alive;
    },
    invoke(payload) {
      return new Promise((settle) => {
        pending = { requestId: randomUUID(), payload, startedAt: performance.now(), settle };
        if (!alive) finish(pending.requestId, failure('Runtime.ExitError', 'the sandbox has ended'));
        else deliver();
      });
    },
    async kill() {
      closing = true;
      end(failure('Sandbox.Killed', 'the host is closing this sandbox'));
      await killAndWait(child);
    },
  };
}

function spawnNode(definition: FunctionDefinition, runtimeApi: string, log: SandboxLog): ChildProcess {
  const { name, codeDir, handler, environment, memoryMb } = definition;
  const child = spawnGuarded(
    process.execPath,
    [
      // The heap of a small function ends where its memory does.
      `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
      '--enable-source-maps',
      path.join(import.meta.dirname, 'bootstrap.cjs'),
    ],
    {
      cwd: codeDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Nothing of the host's environment: a variable that the template forgets must be missing here as well.
      env: {
        PATH: process.env['PATH'],
        LANG: 'en_US.UTF-8',
        TZ: ':UTC',
        AWS_LAMBDA_RUNTIME_API: runtimeApi,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
        AWS_LAMBDA_LOG_STREAM_NAME: 'local',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        LAMBDA_TASK_ROOT: codeDir,
        _HANDLER: handler,
        ...environment,
      },
    },
  );
  for (const stream of ['stdout', 'stderr'] as const) {
    createInterface(child[stream] as Readable).on('line', (text) => log.line(text, stream));
  }
  return child;
}

function failure(errorType: string, errorMessage: string, timedOut = false): InvokeResult {
  return { ok: false, timedOut, error: { errorType, errorMessage } };
}

const since = (start: number) => (performance.now() - start).toFixed(1);
