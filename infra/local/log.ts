import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { SandboxLog } from './lambda/sandbox.ts';

export interface HostLog {
  /** A function's log: a file of its own, with what goes wrong on the console too. */
  ofFunction(entry: string): SandboxLog;
  /** Something in the host failed. */
  report(error: unknown): void;
}

/** In a line of structured log. */
const isError = /"level":\s*"(error|fatal)"/i;
const rotateAtBytes = 5 * 1024 * 1024;

/**
 * @param dir  where `<entry>.log` is written; absent: nowhere
 * @param print  shows a line to whoever started the host
 */
export function createLog(dir: string | undefined, print: (line: string) => void): HostLog {
  if (dir !== undefined) mkdirSync(dir, { recursive: true });
  return {
    ofFunction(entry) {
      const file = dir === undefined ? undefined : path.join(dir, `${entry}.log`);
      if (file !== undefined) rotate(file);
      return {
        line(text, stream) {
          if (file !== undefined) appendFileSync(file, `${new Date().toISOString()} ${text}\n`);
          if (stream === 'stderr' || isError.test(text)) print(`[${entry}] ${text}`);
        },
      };
    },
    report: (error) => print(`[host] ${error instanceof Error ? error.message : String(error)}`),
  };
}

function rotate(file: string): void {
  if (existsSync(file) && statSync(file).size > rotateAtBytes) renameSync(file, `${file}.1`);
}
