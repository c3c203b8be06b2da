import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { rootDir, testEnvironment } from './fixture.ts';

export interface Ended {
  readonly code: number | null;
  /** Its last paragraph on stderr: what it says to the person, after the steps. */
  readonly words: string;
}

/** Runs the program of `npm start` to its end, as with a mistake that it finds. */
export function runToEnd(args: readonly string[]): Ended {
  const program = join(rootDir, 'standalone/src/main.ts');
  const run = spawnSync(process.execPath, [program, ...args], {
    env: testEnvironment(),
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { code: run.status, words: run.stderr.slice(run.stderr.lastIndexOf('\n\n') + 1).trim() };
}
