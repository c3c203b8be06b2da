import { execFile } from 'node:child_process';
import { LIMITS } from '#limits.ts';

/**
 * Runs a program to its end and gives what it wrote on stdout.
 * @throws Error with the program's last words when it fails, is aborted or takes too long.
 */
export function runTool(
  program: string,
  args: readonly string[],
  { cwd, timeoutMs, signal }: { cwd: string; timeoutMs: number; signal?: AbortSignal },
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const options = { cwd, timeout: timeoutMs, signal, maxBuffer: LIMITS.toolOutputBytes };
  execFile(program, args, options, (error, stdout, stderr) => {
    if (error === null) return resolve(stdout);
    if (signal?.aborted === true) return reject(asError(signal.reason));
    const missing = error.code === 'ENOENT' ? `${program} is not installed or not on PATH` : null;
    const late = error.killed === true ? `no end within ${timeoutMs / 1000} s` : null;
    reject(
      new Error(`${program}: ${missing ?? late ?? lastWords(stderr, error.message)}`, {
        cause: error,
      }),
    );
  });
  return promise;
}

/** The lines that say why: npm writes `npm error …` among its warnings. */
function lastWords(stderr: string, otherwise: string): string {
  const lines = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('npm warn'));
  const reasons = lines
    .filter((line) => !/complete log|debug-\d|error (code|errno|syscall) /.test(line))
    .slice(0, 4);
  return reasons.length > 0
    ? reasons.map((line) => line.replace(/^npm error/, '').trim()).join(' · ')
    : otherwise;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
