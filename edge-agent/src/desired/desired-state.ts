import { join } from 'node:path';
import type { Desired } from '@sightline/contracts';
import { isNewer } from '#domain/judge-desired.ts';
import { reconcile, type Step } from '#domain/reconcile.ts';
import { parseDesired, readDesiredFile, writeDesiredFile } from '#desired/desired-file.ts';
import type { LocalRecords, TerminalLog } from '#terminal.ts';
import { limits } from '#limits.ts';

export interface DesiredOptions {
  readonly dir: string;
  readonly terminalId: () => string | null;
  readonly log: TerminalLog;
  readonly onChange: () => void;
}

/** 期望状态 at the terminal: keeps the newest document and carries out what it asks for. */
export class DesiredState implements AsyncDisposable {
  readonly #options: DesiredOptions;
  readonly #file: string;
  #standing: Desired | null;
  /** The newest document that came and is not on the disk yet. */
  #offered: Desired | null = null;
  #appliedVersion = 0;
  #problem: string | null = null;
  #records: LocalRecords | null = null;
  /** Documents and their steps, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #retryTimer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  private constructor(options: DesiredOptions, standing: Desired | null) {
    this.#options = options;
    this.#file = fileOf(options.dir);
    this.#standing = standing;
  }

  static async open(options: DesiredOptions): Promise<DesiredState> {
    const state = new DesiredState(options, await readDesiredFile(fileOf(options.dir)));
    await state.#carryOut();
    return state;
  }

  /** The newest document for this terminal, or null. */
  current(): Desired | null {
    const { terminalId } = this.#options;
    return this.#standing?.terminalId === terminalId() ? this.#standing : null;
  }

  /** The version whose steps are all carried out; 0 = none. */
  get appliedVersion(): number {
    return this.current() === null ? 0 : this.#appliedVersion;
  }

  /** Why the newest document is not carried out, or null. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Takes a message of the broker. What is not a newer document for this terminal changes nothing. */
  offer(payload: Buffer): void {
    const offered = parseDesired(payload.toString('utf8'));
    if (offered === null) {
      this.#options.log.warn({ bytes: payload.byteLength }, 'An unreadable desired state came.');
      return;
    }
    if (!isNewer(this.#offered ?? this.current(), offered, this.#options.terminalId())) return;
    this.#offered = offered;
    void this.#carryOut();
  }

  attach(records: LocalRecords): Promise<void> {
    this.#records = records;
    return this.#carryOut();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#retryTimer);
    await this.#work;
  }

  /** Never rejects: a fault is shown and tried again. */
  #carryOut(): Promise<void> {
    this.#work = this.#work
      .then(() => this.#adopt())
      .then(() => this.#apply())
      .then(
        () => this.#note(null),
        (fault: unknown) => this.#note(fault),
      );
    return this.#work;
  }

  async #adopt(): Promise<void> {
    const offered = this.#offered;
    if (offered === null) return;
    await writeDesiredFile(this.#file, offered);
    this.#standing = offered;
    if (this.#offered === offered) this.#offered = null;
    this.#options.onChange();
  }

  async #apply(): Promise<void> {
    const desired = this.current();
    if (desired === null) return;
    const [faces, pins] = await Promise.all([
      this.#records?.faces() ?? [],
      this.#records?.pins() ?? [],
    ]);
    for (const step of reconcile({ version: this.#appliedVersion, faces, pins }, desired)) {
      await this.#execute(step);
    }
  }

  async #execute(step: Step): Promise<void> {
    if (step.kind === 'adopt-version') {
      this.#appliedVersion = step.version;
      this.#options.onChange();
    } else if (step.kind === 'forget-face') {
      await this.#records?.executors['forget-face'](step);
    } else {
      await this.#records?.executors['forget-pin'](step);
    }
  }

  #note(fault: unknown): void {
    const { log, onChange } = this.#options;
    clearTimeout(this.#retryTimer);
    const before = this.#problem;
    this.#problem = fault === null ? null : messageOf(fault);
    if (this.#problem !== before) onChange();
    if (fault === null || this.#isDisposed) return;
    log.error({ err: fault }, 'The desired state could not be carried out; trying again.');
    this.#retryTimer = setTimeout(() => {
      void this.#carryOut();
    }, limits.desired.retryMs);
  }
}

function fileOf(dir: string): string {
  return join(dir, 'desired.json');
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
