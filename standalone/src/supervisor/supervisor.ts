import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { limits } from '../limits.ts';
import { ChildLog } from './child-log.ts';
import { startChild, type ChildPlan, type ChildRun, type ReadyWord } from './child.ts';

/** One program kept alive: restarted with backoff when it ends by itself, stopped in good order. */
export class SupervisedChild implements AsyncDisposable {
  readonly plan: ChildPlan;
  #log: ChildLog;
  #onNote: (note: string) => void;
  #run: ChildRun | null = null;
  #wanted = false;
  #stopping = new AbortController();
  #restarts: number[] = [];
  #guard: Promise<void> = Promise.resolve();
  #listeners: ((message: unknown) => void)[] = [];

  static async open(options: {
    readonly plan: ChildPlan;
    readonly logDir: string;
    readonly onNote: (note: string) => void;
  }): Promise<SupervisedChild> {
    const log = await ChildLog.open(
      join(options.logDir, `${options.plan.name}.log`),
      limits.logBytes,
    );
    return new SupervisedChild(options.plan, log, options.onNote);
  }

  private constructor(plan: ChildPlan, log: ChildLog, onNote: (note: string) => void) {
    this.plan = plan;
    this.#log = log;
    this.#onNote = onNote;
  }

  get pid(): number | null {
    return this.#run?.process.pid ?? null;
  }

  /** Hears what this run and later ones say over IPC. */
  onMessage(listener: (message: unknown) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves with its ready word. Throws when the first run does not come up. */
  async start(): Promise<ReadyWord> {
    if (this.#wanted && this.#run !== null) return this.#run.ready;
    this.#wanted = true;
    this.#stopping = new AbortController();
    const run = this.#begin();
    try {
      return await run.ready;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Asks it to end by closing its pipe and SIGTERM; insists with SIGKILL after the deadline. */
  async stop(): Promise<void> {
    this.#wanted = false;
    this.#stopping.abort();
    const run = this.#run;
    if (run === null) return;
    run.process.kill('SIGTERM');
    const ended = await endedWithin(run, limits.childStopMs);
    if (!ended) this.#killGroup(run);
    await endedWithin(run, limits.childKillMs);
    await this.#guard;
    this.#run = null;
  }

  /** For tests of bad days: SIGKILL; the supervisor brings it back unless it was told to stop. */
  async kill(): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    this.#killGroup(run);
    await endedWithin(run, limits.childKillMs);
  }

  /** The newest run's ready word: after a crash this waits for the one that comes back. */
  async whenReady(): Promise<ReadyWord> {
    const run = this.#run;
    if (run === null) throw new Error(`${this.plan.name} is not started.`);
    return run.ready;
  }

  /** Sends a word to the running program over IPC. */
  send(message: object): void {
    this.#run?.process.send(message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#log.close();
  }

  #begin(): ChildRun {
    const run = startChild(this.plan, this.#log, limits.childReadyMs);
    this.#run = run;
    run.process.on('message', (message) => {
      for (const listener of this.#listeners) listener(message);
    });
    this.#guard = this.#watch(run);
    return run;
  }

  async #watch(run: ChildRun): Promise<void> {
    const how = await run.exited;
    if (!this.#wanted || this.#run !== run) return;
    const waitMs = this.#backoffMs();
    this.#onNote(`${this.plan.name} ended (${how}); it starts again in ${waitMs} ms.`);
    await delay(waitMs, null, { signal: this.#stopping.signal }).catch(() => null);
    if (this.#wanted) this.#begin();
  }

  #backoffMs(): number {
    const now = performance.now();
    this.#restarts = [...this.#restarts, now].filter((at) => now - at < 60_000);
    this.#restarts = this.#restarts.slice(-limits.restartsPerMinute);
    return Math.min(limits.restartFirstMs * 2 ** (this.#restarts.length - 1), limits.restartMostMs);
  }

  #killGroup(run: ChildRun): void {
    const { pid } = run.process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL'); // The whole group: ffmpeg, postgres backends.
    } catch {
      run.process.kill('SIGKILL'); // The group is gone already.
    }
  }
}

async function endedWithin(run: ChildRun, ms: number): Promise<boolean> {
  const abort = new AbortController();
  const late = delay(ms, false, { signal: abort.signal }).catch(() => false);
  const ended = await Promise.race([run.exited.then(() => true), late]);
  abort.abort();
  return ended;
}
