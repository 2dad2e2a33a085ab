import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/web/**', 'test/e2e/**'],
          // One DynamoDB Local for the whole run; each test takes its own table (test/support/database.ts).
          globalSetup: ['test/support/startDatabase.ts'],
          pool: 'threads',
          maxWorkers: 2,
        },
      },
    ],
  },
});
