/**
 * Four kinds of tests: unit (no server), integration (real servers, started once), end to end (the whole program), and
 * containers, which need an engine: `npm test -- containers`.
 */
import { defineConfig } from 'vitest/config';

const integrationTimeoutMs = 180_000;
const endToEndTimeoutMs = 1_200_000;
const everything = ['harness/**', 'reference-service/**', 'seed/**', 'scenarios/**', 'bench/**', '.ci/**'];
const named = (suffix: string) => everything.map((folder) => `${folder}/*${suffix}`);

/** A list of names that is not what it should be is printed with its names. */
const chaiConfig = { truncateThreshold: 1_000 };

/** What a test waits for comes at once, and on a busy machine some time later: vitest's own second is too short for that. */
const expectations = { poll: { timeout: 20_000 } };

/** They measure, or look at the engine's own processes, and want the machine to themselves. */
const alone = ['harness/main-job.containers.test.ts', 'harness/measure/host.containers.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          chaiConfig,
          expect: expectations,
          include: named('.test.ts'),
          exclude: [
            '**/node_modules/**',
            ...['integration', 'e2e', 'containers'].flatMap((kind) => named(`.${kind}.test.ts`)),
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          chaiConfig,
          expect: expectations,
          include: named('.integration.test.ts'),
          globalSetup: ['harness/environment/testing/global-setup.ts'],
          testTimeout: integrationTimeoutMs,
          hookTimeout: integrationTimeoutMs,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          chaiConfig,
          expect: expectations,
          include: named('.e2e.test.ts'),
          testTimeout: endToEndTimeoutMs,
          hookTimeout: endToEndTimeoutMs,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'containers',
          chaiConfig,
          expect: expectations,
          include: named('.containers.test.ts'),
          exclude: ['**/node_modules/**', ...alone],
          testTimeout: endToEndTimeoutMs,
          hookTimeout: endToEndTimeoutMs,
          // They wait for containers most of the time, and each has systems of its own.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'containers-alone',
          chaiConfig,
          expect: expectations,
          include: alone,
          testTimeout: endToEndTimeoutMs,
          hookTimeout: endToEndTimeoutMs,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
