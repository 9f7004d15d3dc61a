import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const slow = {
  pool: 'forks' as const,
  isolate: true,
  testTimeout: 30_000,
  hookTimeout: 60_000,
  globalSetup: ['server/tests/support/postgres-setup.ts'],
};

/**
 * Four kinds of test. `fast` needs nothing and is part of `npm run check`; the others may use PostgreSQL, which the set-up starts once for
 * the whole run. Browser tests come last, two files at a time: a browser and its house fill one core of a small machine.
 */
export default defineConfig({
  test: {
    maxWorkers: Math.max(2, Math.min(4, availableParallelism())),
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: 'fast',
          include: ['server/src/**/*.test.ts', 'server/tests/architecture/**/*.test.ts'],
          exclude: ['**/*.store.test.ts', '**/canary/**', 'server/tests/architecture/parts.test.ts'],
          pool: 'threads',
          // Loading the same modules again for each file took longer than the tests. No test mocks a module or changes the process.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { ...slow, name: 'store', include: ['server/**/*.store.test.ts'], exclude: ['**/canary/**'] } },
      {
        test: {
          ...slow,
          name: 'journeys',
          include: ['server/tests/{journeys,conformance,faults}/**/*.test.ts', 'server/tests/architecture/parts.test.ts'],
          exclude: ['**/*.store.test.ts', '**/canary/**'],
        },
      },
      {
        test: {
          ...slow,
          name: 'browser',
          include: ['server/tests/browser/**/*.test.ts', 'web/tests/**/*.test.ts'],
          testTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
