import { defineConfig } from 'vitest/config';
import { LongFirst } from './long-tests.ts';

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', '**/dist/**', 'data/**'],
    globalSetup: 'store/src/testing/set-up-run.ts',
    sequence: { sequencer: LongFirst },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Browsers, kills and databases share two cores: on CI a failure is looked at twice.
    retry: process.env['CI'] === 'true' ? 1 : 0,
    passWithNoTests: false,
  },
});
