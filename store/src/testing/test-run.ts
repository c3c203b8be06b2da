import { join } from 'node:path';

/** The name of the variable that holds the folder of a run of tests. */
export const testRunName = 'SIGHTLINE_TEST_RUN';

/** What the files of one run share lies here until the run ends; null outside of one. */
export function testRunDir(): string | null {
  return process.env[testRunName] ?? null;
}

/** Where a test process asks for the run's database server. */
export function clusterSocket(dir = testRunDir()): string | null {
  if (dir === null) return null;
  return process.platform === 'win32' ? join('//./pipe', dir) : join(dir, 'cluster');
}
