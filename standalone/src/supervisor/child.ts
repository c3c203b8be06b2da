import { fork, type ChildProcess } from 'node:child_process';
import type { ChildLog } from './child-log.ts';

export interface ChildPlan {
  readonly name: string;
  /** The program: a main.ts that says `{ready: true, …}` over IPC and ends when the pipe closes. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What a program said when it was ready: its ports, its URLs. */
export type ReadyWord = { readonly ready: true } & Readonly<Record<string, unknown>>;

/** One run of a program. A restart is a new run. */
export interface ChildRun {
  readonly process: ChildProcess;
  readonly ready: Promise<ReadyWord>;
  readonly exited: Promise<string>;
}

/** Starts a program in its own process group, so that Ctrl-C reaches only the supervisor. */
export function startChild(plan: ChildPlan, log: ChildLog, readyMs: number): ChildRun {
  const child = fork(plan.file, [...(plan.args ?? [])], {
    env: plan.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.on('data', (bytes: Buffer) => log.write(bytes));
  child.stderr?.on('data', (bytes: Buffer) => log.write(bytes));
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code ?? 'unknown'}`));
  });
  const ready = waitReady({ plan, child, exited, log, readyMs });
  ready.catch(() => undefined); // The supervisor awaits it; an early exit must not be unhandled.
  return { process: child, ready, exited };
}

interface Waiting {
  readonly plan: ChildPlan;
  readonly child: ChildProcess;
  readonly exited: Promise<string>;
  readonly log: ChildLog;
  readonly readyMs: number;
}

async function waitReady({ plan, child, exited, log, readyMs }: Waiting): Promise<ReadyWord> {
  const said = Promise.withResolvers<ReadyWord>();
  const listen = (message: unknown) => {
    if (isReadyWord(message)) said.resolve(message);
    if (isFailedWord(message)) said.reject(new Error(message.failed));
  };
  const fail = (how: string) => said.reject(new Error(`${plan.name} ${how} ${log.lastLines()}`));
  const timer = setTimeout(() => fail(`was not ready after ${readyMs / 1000} s.`), readyMs);
  child.on('message', listen);
  void exited.then((how) => fail(`ended (${how}) before it was ready.`));
  try {
    return await said.promise;
  } finally {
    clearTimeout(timer);
    child.off('message', listen);
  }
}

function isReadyWord(message: unknown): message is ReadyWord {
  return typeof message === 'object' && message !== null && 'ready' in message;
}

/** What a program says that cannot start: one sentence for the person. */
function isFailedWord(message: unknown): message is { readonly failed: string } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'failed' in message &&
    typeof message.failed === 'string'
  );
}
