import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createFunction, type LambdaFunction, type PoolOptions } from '../../../infra/local/lambda/lambdaFunction.ts';
import type { FunctionDefinition } from '../../../infra/local/lambda/sandbox.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A function whose bundle is the given CommonJS source. */
function functionOf(source: string, definition: Partial<FunctionDefinition> = {}, options: Partial<PoolOptions> = {}) {
  const codeDir = mkdtempSync(path.join(os.tmpdir(), 'lambda-'));
  writeFileSync(path.join(codeDir, 'index.js'), source);
  const lines: string[] = [];
  const lambda = createFunction(
    {
      name: 'probe',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:probe',
      codeDir,
      handler: 'index.handler',
      environment: {},
      timeoutMs: 5000,
      memoryMb: 128,
      ...definition,
    },
    { log: { line: (text) => lines.push(text) }, ...options },
  );
  cleanups.push(
    () => rmSync(codeDir, { recursive: true }),
    () => lambda.close(),
  );
  return { lambda, lines, codeDir };
}

async function answer(lambda: LambdaFunction, event: unknown = {}) {
  const result = await lambda.invoke(event);
  return result.ok ? (JSON.parse(result.payload) as unknown) : result.error;
}

const returns = (expression: string) => `exports.handler = async (event, context) => (${expression});`;

describe('a function', () => {
  it('receives the event and the context of Lambda, and nothing of the host’s environment', async () => {
    const { lambda } = functionOf(
      returns(`{ event, id: context.awsRequestId, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB,
        left: context.getRemainingTimeInMillis(), table: process.env.TABLE_NAME, home: process.env.HOME ?? null }`),
      { environment: { TABLE_NAME: 'table' } },
    );

    const seen = (await answer(lambda, { a: 1 })) as Record<string, unknown>;

    expect(seen).toMatchObject({
      event: { a: 1 },
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      arn: lambda.definition.arn,
      memory: '128',
      table: 'table',
      home: null,
    });
    expect(seen['left']).toBeGreaterThan(3000);
    expect(seen['left']).toBeLessThanOrEqual(5000);
  });

  it('keeps module state between events of one sandbox and answers null for undefined', async () => {
    const { lambda } = functionOf(`let n = 0; exports.handler = async () => (n += 1) < 3 ? undefined : n;`);

    expect([await answer(lambda), await answer(lambda), await answer(lambda)]).toEqual([null, null, 3]);
  });

  it('runs one event at a time in a sandbox, starts more up to its limit, and lets the rest wait', async () => {
    const { lambda } = functionOf(
      `let busy = 0;
       exports.handler = async () => { busy += 1; await new Promise((r) => setTimeout(r, 30)); return { busy: busy--, pid: process.pid }; };`,
      {},
      { maxSandboxes: 2 },
    );

    const seen = (await Promise.all(Array.from({ length: 6 }, () => answer(lambda)))) as { busy: number; pid: number }[];

    expect(new Set(seen.map(({ busy }) => busy))).toEqual(new Set([1]));
    expect(new Set(seen.map(({ pid }) => pid)).size).toBe(2);
  });

  it('meets new code after it was recycled', async () => {
    const { lambda, codeDir } = functionOf(returns(`'old'`));
    const before = await answer(lambda);
    writeFileSync(path.join(codeDir, 'index.js'), returns(`'new'`));
    const cached = await answer(lambda);

    lambda.recycle();

    expect([before, cached, await answer(lambda)]).toEqual(['old', 'old', 'new']);
  });

  it('ends a sandbox that has had nothing to do', async () => {
    const { lambda } = functionOf(returns(`process.pid`), {}, { idleMs: 1 });
    const pid = (await answer(lambda)) as number;

    await expect.poll(() => isRunning(pid)).toBe(false);

    expect(await answer(lambda)).not.toBe(pid);
  });

  it('leaves no process behind when it is closed, not even a busy one', async () => {
    const { lambda, lines } = functionOf(`exports.handler = () => { console.log(process.pid); for (;;); };`);
    const result = lambda.invoke({});
    await expect.poll(() => lines.find((line) => /^\d+$/.test(line))).toBeDefined();
    const pid = Number(lines.find((line) => /^\d+$/.test(line)));

    await lambda.close();

    expect(isRunning(pid)).toBe(false);
    expect(await result).toMatchObject({ ok: false });
  });
});

describe('a failing function', () => {
  it.each([
    ['throws', `exports.handler = async () => { throw new TypeError('no'); };`, 'TypeError', 'no'],
    ['throws something that is no error', `exports.handler = async () => { throw 'no'; };`, 'string', 'no'],
    ['cannot be loaded', `throw new RangeError('bad start');`, 'RangeError', 'bad start'],
    ['has no handler', `exports.other = 1;`, 'Runtime.HandlerNotFound', /index\.handler/],
    ['takes a callback', `exports.handler = (e, c, done) => done();`, 'Runtime.CallbackHandlerDeprecated', /callback/],
    ['ends its process', `exports.handler = () => process.exit(7);`, 'Runtime.ExitError', /exit status 7/],
    [
      'leaves a promise that fails later',
      `exports.handler = () => { Promise.reject(new Error('late')); return new Promise(() => {}); };`,
      'Runtime.UnhandledPromiseRejection',
      /late/,
    ],
    ['answers more than 6 MB', `exports.handler = async () => 'x'.repeat(6 * 1024 * 1024);`, 'Function.ResponseSizeTooLarge', /6 MB/],
  ])('that %s reports it', async (_, source, errorType, message) => {
    const { lambda } = functionOf(source);

    expect(await answer(lambda)).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) as string });
  });

  it('is killed at its timeout, even in an endless loop, and works again afterwards', async () => {
    const { lambda, lines } = functionOf(`exports.handler = async ({ loop }) => { while (loop); return 'fine'; };`, { timeoutMs: 1000 });

    const late = await lambda.invoke({ loop: true });

    expect(late).toMatchObject({
      ok: false,
      timedOut: true,
      error: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/timed out after 1.00 seconds$/) },
    });
    expect(await answer(lambda, { loop: false })).toBe('fine');
    expect(lines.join('\n')).toContain('Sandbox.Timedout: RequestId');
  });

  it('writes what it prints, and each start and report, to its log', async () => {
    const { lambda, lines } = functionOf(`exports.handler = async () => { console.log('hello'); };`);

    await answer(lambda);

    await expect.poll(() => lines).toContain('hello');
    expect(lines.join('\n')).toMatch(/INIT_START[\s\S]*START RequestId[\s\S]*REPORT RequestId: .* Duration: [\d.]+ ms/);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
