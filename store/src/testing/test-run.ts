import { join } from 'node:path';

/** The name of the variable that holds the folder of a run of tests: what its files share lies there until it ends. */
export const testRunName = 'SIGHTLINE_TEST_RUN';

/** Where a test process asks for the run's database server; null outside of a run. */
export function clusterSocket(dir = process.env[testRunName]): string | null {
  if (dir === undefined) return null;
  return process.platform === 'win32' ? join('//./pipe', dir) : join(dir, 'cluster');
}
