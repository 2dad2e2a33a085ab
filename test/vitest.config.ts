import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { needOwnThread } from './support/ownThread.ts';

const root = join(import.meta.dirname, '..');
const ALONE = needOwnThread(root, ['test/**/*.test.ts']).filter((file) => !/^test\/(?:web|e2e)\//.test(file));

/** Rules, functions and services of this machine. */
const ofNode = {
  environment: 'node',
  // One DynamoDB Local for the whole run; each test takes its own table (test/support/database.ts).
  globalSetup: ['test/support/startDatabase.ts'],
  setupFiles: ['test/support/isolationCheck.ts'],
  // Generous: two cores may be busy with something else, and a limit is not a measurement.
  testTimeout: 20_000,
  hookTimeout: 30_000,
  expect: { poll: { interval: 20, timeout: 15_000 } },
  pool: 'threads' as const,
  maxWorkers: 2,
};

export default defineConfig({
  // Paths below count from the top, wherever the tests are started.
  root,
  test: {
    // What the functions log belongs to the test that fails.
    silent: 'passed-only',
    projects: [
      {
        test: {
          ...ofNode,
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/web/**', 'test/e2e/**', ...ALONE],
          // Files share threads and the modules that are loaded there, which halves what they cost.
          isolate: false,
        },
      },
      // What changes its thread for whoever comes after it.
      { test: { ...ofNode, name: 'alone', include: ALONE } },
      {
        // Plain parts of the interface: no DOM, no browser.
        plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
        test: {
          name: 'web',
          environment: 'node',
          include: ['test/web/**/*.test.ts'],
          exclude: ['test/web/**/*.browser.test.ts'],
          globalSetup: ['test/support/compileMessages.ts'],
          expect: { poll: { interval: 20, timeout: 15_000 } },
          pool: 'threads',
          maxWorkers: 2,
        },
      },
      {
        // The built sites in a real browser, under the policy that holds in the cloud.
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/web/**/*.browser.test.ts'],
          // Modules are loaded anew for each file: those that set up a visit (`settingsVisit.ts`) say its hooks as they load.
          globalSetup: ['test/support/webSetup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          expect: { poll: { interval: 20, timeout: 15_000 } },
          pool: 'threads',
          maxWorkers: 2,
        },
      },
      {
        // The whole product on this machine, as `npm start` runs it, with its demo workspace, in a real browser.
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/compileMessages.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          expect: { poll: { interval: 100, timeout: 60_000 } },
        },
      },
    ],
  },
});
