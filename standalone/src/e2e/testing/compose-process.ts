import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ChildLog } from '#supervisor/child-log.ts';
import { until } from '../edge-fixture.ts';
import type { TranslatedService } from './compose-translation.ts';
import { rootDir, testEnvironment } from './fixture.ts';

/** For a machine that others keep busy. */
const patienceMs = 120_000;
const healthcheckMs = 10_000;
const logBytes = 4e6;
/** Docker's own first pause before it starts a service again. */
const restartMs = 100;

/** One service: its process, and docker's part of bringing it back. */
export class ComposeProcess implements AsyncDisposable {
  readonly name: string;
  readonly #service: TranslatedService;
  readonly #node: string;
  readonly #log: ChildLog;
  #child: ChildProcess;
  #isStopping = false;
  #restart: NodeJS.Timeout | undefined;
  #starts = 0;

  /** `node` stands for the machine's own, as one that runs in a network of its own. */
  static async open(
    service: TranslatedService,
    { dir, node = process.execPath }: { readonly dir: string; readonly node?: string },
  ): Promise<ComposeProcess> {
    const log = await ChildLog.open(join(dir, 'logs', `${service.name}.log`), logBytes);
    return new ComposeProcess(service, log, node);
  }

  private constructor(service: TranslatedService, log: ChildLog, node: string) {
    this.name = service.name;
    this.#service = service;
    this.#node = node;
    this.#log = log;
    this.#child = this.#start();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The exit code of a service that runs once. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** Whether the file's own healthcheck says yes. */
  async isHealthy(): Promise<boolean> {
    const { healthcheck, environment } = this.#service;
    if (healthcheck === null) throw new Error(`${this.name} has no healthcheck.`);
    const check = spawn(this.#node, healthcheck, {
      env: testEnvironment(environment),
      stdio: 'ignore',
      timeout: healthcheckMs,
    });
    const [code] = (await once(check, 'exit')) as [number | null];
    return code === 0;
  }

  async becomesHealthy(): Promise<void> {
    const healthy = until(`${this.name} is healthy`, () => this.isHealthy(), patienceMs);
    await healthy.catch((cause: unknown) => {
      throw new Error(`${this.name} is not healthy. ${this.#log.lastLines()}`, { cause });
    });
  }

  /** kill -9; resolves when the restart policy has brought another process. */
  async killHard(): Promise<void> {
    const before = this.#starts;
    process.kill(this.pid, 'SIGKILL');
    await until(`${this.name} is started again`, () => this.#starts > before, patienceMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restart);
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await gone;
    }
    await this.#log.close();
  }

  #again(): void {
    this.#child = this.#start();
  }

  /**
   * Without Node's channel to a parent: docker gives none, and the programs must live without. In its
   * place the kernel ends the process with the thread that began it, should this test be killed.
   */
  #start(): ChildProcess {
    this.#starts += 1;
    const { args, environment, restarts } = this.#service;
    const fence = ['--pdeathsig', 'KILL', '--no-new-privs', this.#node];
    const child = spawn('setpriv', [...fence, ...args], {
      cwd: rootDir,
      env: testEnvironment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (bytes: Buffer) => this.#log.write(bytes));
    child.stderr.on('data', (bytes: Buffer) => this.#log.write(bytes));
    child.once('exit', () => {
      if (restarts && !this.#isStopping) this.#restart = setTimeout(() => this.#again(), restartMs);
    });
    return child;
  }
}
