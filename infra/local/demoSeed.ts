import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LocalHost } from './host.ts';

/** What `demo.ts` beside this file exports. */
export interface Demo {
  /**
   * Fills the empty workspace. Called again after a start that was interrupted: what is there already stays.
   * @param options.baseUrl  the host's address, for whoever goes through the API
   */
  seedDemo(options: { baseUrl: string; host: LocalHost }): Promise<void>;
  /** For the line printed at each start. */
  signIns: readonly { role: string; email: string }[];
  password: string;
}

const demoFile = new URL('./demo.ts', import.meta.url);

/**
 * Makes the demo workspace at the first start on these data.
 * @returns the demo; undefined while there is none
 */
export async function seedOnce(host: LocalHost, dataDir: string): Promise<Demo | undefined> {
  if (!existsSync(demoFile)) return undefined;
  const demo = (await import(demoFile.href)) as Demo;
  const mark = path.join(dataDir, 'demo.seeded');
  if (!existsSync(mark)) {
    await demo.seedDemo({ baseUrl: host.url, host });
    writeFileSync(mark, '');
  }
  return demo;
}
