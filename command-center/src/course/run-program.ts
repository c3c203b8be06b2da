import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { preparingLimits } from './course-limits.ts';

export interface ProgramRun {
  readonly args: readonly string[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onOutput?: (text: string) => void;
}

/** How a program ended: `missing` = there is none of that name, `ended` = we ended it. */
export type ProgramEnd =
  | { readonly end: 'done'; readonly output: string }
  | { readonly end: 'failed' | 'missing' | 'ended'; readonly said: string };

/**
 * Runs a program of the machine by its argument list, no shell, behind everything else; ends it when it takes
 * too long or is not wanted any more. Its output is a pipe of ours: where this process dies it ends too.
 */
export function runProgram(name: string, run: ProgramRun): Promise<ProgramEnd> {
  const { promise, resolve } = Promise.withResolvers<ProgramEnd>();
  const signal = AbortSignal.any([run.signal, AbortSignal.timeout(run.timeoutMs)]);
  if (signal.aborted) return Promise.resolve({ end: 'ended', said: '' });
  const child = spawn(name, run.args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let said = '';
  let hardEnd: NodeJS.Timeout | undefined;
  const end = (): void => {
    child.kill('SIGTERM');
    hardEnd ??= setTimeout(() => child.kill('SIGKILL'), preparingLimits.killMs);
  };
  const keep = (before: string, more: Buffer): string =>
    (before + more.toString()).slice(-preparingLimits.saidBytes);
  child.once('spawn', () => {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  });
  child.stdout.on('data', (more: Buffer) => {
    output = keep(output, more);
    run.onOutput?.(more.toString());
  });
  child.stderr.on('data', (more: Buffer) => {
    said = keep(said, more);
  });
  signal.addEventListener('abort', end, { once: true });
  const finish = (outcome: ProgramEnd): void => {
    clearTimeout(hardEnd);
    signal.removeEventListener('abort', end);
    resolve(outcome);
  };
  child.once('error', (error: NodeJS.ErrnoException) =>
    finish({ end: error.code === 'ENOENT' ? 'missing' : 'failed', said: error.message }),
  );
  child.once('close', (code) => {
    if (signal.aborted) finish({ end: 'ended', said });
    else finish(code === 0 ? { end: 'done', output } : { end: 'failed', said });
  });
  return promise;
}
