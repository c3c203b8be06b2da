import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from '@sightline/contracts';
import { limits } from '#limits.ts';
import type { MediaWorker, RunningWorker } from './start-worker.ts';

/** What a slot tells, each thing once. */
export interface SlotEvents {
  readonly onReady: (worker: MediaWorker) => void;
  readonly onLost: (lost: {
    readonly workerId: string;
    readonly pid: number;
    readonly reason: string;
  }) => void;
  /** A replacement did not start; said again only with another reason. */
  readonly onFault: (reason: string) => void;
}

export interface SlotOptions {
  readonly start: () => Promise<RunningWorker>;
  readonly events: SlotEvents;
  /** [0, 1). */
  readonly random: () => number;
}

/** Keeps one worker alive: a death is normal, and another one stands in its place within 3 s. */
export class WorkerSlot implements AsyncDisposable {
  readonly #options: SlotOptions;
  readonly #stop = new AbortController();
  #current: RunningWorker;
  #isUp = true;
  #guard: Promise<void>;

  /** Throws when the first worker does not start. */
  static async open(options: SlotOptions): Promise<WorkerSlot> {
    return new WorkerSlot(options, await options.start());
  }

  private constructor(options: SlotOptions, first: RunningWorker) {
    this.#options = options;
    this.#current = first;
    this.#guard = this.#keepAlive();
  }

  /** The worker, or null between two lives. */
  get worker(): RunningWorker | null {
    return this.#isUp ? this.#current : null;
  }

  /** Tells of the first worker; of later ones it tells by itself. */
  announce(): void {
    if (this.#isUp) this.#options.events.onReady(this.#current);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    if (this.#isUp) await this.#current[Symbol.asyncDispose]();
    await this.#guard;
  }

  async #keepAlive(): Promise<void> {
    let losses = 0;
    for (;;) {
      const bornMs = performance.now();
      const { id: workerId, pid, ended } = this.#current;
      const reason = await ended;
      this.#isUp = false;
      if (this.#stop.signal.aborted) return;
      this.#options.events.onLost({ workerId, pid, reason });
      const isSound = performance.now() - bornMs >= limits.workers.soundMs;
      losses = isSound ? 0 : losses;
      const next = await this.#startAgain(losses);
      if (next === null) return;
      losses += 1;
      this.#current = next;
      this.#isUp = true;
      this.#options.events.onReady(next);
    }
  }

  /** Tries until one stands; null when the slot is disposed of first. */
  async #startAgain(losses: number): Promise<RunningWorker | null> {
    let lastReason = '';
    for (let failures = losses; ; failures += 1) {
      const { signal } = this.#stop;
      const waitMs = backoffMs(failures, this.#options.random(), limits.workers.restart);
      await delay(waitMs, null, { signal }).catch(() => null);
      if (signal.aborted) return null;
      const next = await this.#options.start().catch((error: Error) => error);
      if (!(next instanceof Error)) {
        if (!signal.aborted) return next;
        await next[Symbol.asyncDispose]();
        return null;
      }
      if (next.message !== lastReason) this.#options.events.onFault(next.message);
      lastReason = next.message;
    }
  }
}
