import { spawnSync } from 'node:child_process';
import { print } from './trials.ts';

/** Why no network of one's own can be made here, or null; printed, for tests are skipped for it. */
export function whyNoNetwork(test: string): string | null {
  const tried = spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up'], { encoding: 'utf8' });
  if (tried.error === undefined && tried.status === 0) return null;
  const reason = tried.error?.message ?? tried.stderr.trim();
  print(`${test} is skipped: unshare -n needs root here (${reason})`);
  return reason;
}

/** Runs a program with a network and a table of mounts of its own; what it printed, one line of JSON. Throws with its words. */
export function runInOwnNetwork(
  program: string,
  words: readonly string[],
  timeoutMs: number,
): unknown {
  const run = spawnSync('unshare', ['-n', '-m', process.execPath, program, ...words], {
    encoding: 'utf8',
    timeout: timeoutMs,
  });
  if (run.status !== 0 || run.stderr !== '') {
    throw new Error(`${program} ended with ${run.status}: ${run.stdout}${run.stderr}`);
  }
  return JSON.parse(run.stdout);
}
