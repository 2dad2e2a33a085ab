import { watch } from 'node:fs';
import path from 'node:path';
import { bundle } from '../bundle.ts';
import { root } from './build/step.ts';
import type { LambdaFunction } from './lambda/lambdaFunction.ts';

const settleMs = 100;

/** Bundles anew when a source of the functions changes, and lets the next event of each meet the new code. */
export function watchFunctions(functions: ReadonlyMap<string, LambdaFunction>, print: (line: string) => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();
  const rebuild = async () => {
    try {
      const { built } = await bundle();
      if (!built) return;
      for (const lambda of functions.values()) lambda.recycle();
      print('functions bundled anew');
    } catch (error) {
      print(`not bundled, the functions stay as they are: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const onChange = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (working = working.then(rebuild)), settleMs); // an editor saves in several steps
  };
  const watchers = ['functions', 'shared', '.build/paraglide'].map((dir) => watch(path.join(root, dir), { recursive: true }, onChange));
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
