import { fork, type ChildProcess } from 'node:child_process';
import { limits } from '../limits.ts';
import { within } from './within.ts';

export interface ProgramPlan {
  /** How errors call it. */
  readonly name: string;
  /** A main.ts that ends when its parent's pipe closes. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[];
}

/** One of our programs as a process of its own: what it says is never missed, and no wait is endless. */
export class Program implements AsyncDisposable {
  readonly pid: number;
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<string>;
  readonly #words: unknown[] = [];
  #heard = Promise.withResolvers<void>();

  private constructor(name: string, child: ChildProcess) {
    this.#name = name;
    this.#child = child;
    this.pid = child.pid ?? 0;
    // Listened to from the beginning: a program may end while somebody waits for something else.
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `code ${code ?? 'unknown'}`));
    });
    child.on('message', (word) => {
      this.#words.push(word);
      this.#heard.resolve();
    });
  }

  /** Starts it; its standard error is ours. */
  static start(plan: ProgramPlan): Program {
    const child = fork(plan.file, [...(plan.args ?? [])], {
      env: { ...process.env, ...plan.env },
      execArgv: [...(plan.execArgv ?? [])],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return new Program(plan.name, child);
  }

  send(word: object): void {
    this.#child.send(word);
  }

  /** The next thing it says. Throws when it ends first or stays silent. */
  async next(ms: number): Promise<unknown> {
    const died = this.#ended.then((how) => {
      if (this.#words.length > 0) return;
      throw new Error(`The ${this.#name} ended (${how}) before it answered.`);
    });
    while (this.#words.length === 0) {
      await within(Promise.race([this.#heard.promise, died]), ms, `a word of the ${this.#name}`);
      this.#heard = Promise.withResolvers();
    }
    died.catch(() => undefined); // It may end later without anybody asking it.
    return this.#words.shift();
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await within(this.#ended, limits.killMs, `the end of the ${this.#name} after SIGKILL`);
  }

  /** Closes its pipe, which is its sign to end; kills it when it does not. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const left = within(this.#ended, limits.endMs, `the end of the ${this.#name}`);
    await left.catch(() => this.kill());
  }
}
