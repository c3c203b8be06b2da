import { EventEmitter } from 'node:events';
import { availableParallelism } from 'node:os';
import { isRefusal, type MediaHealth, type Refusal } from '@sightline/contracts';
import type { Logger } from 'pino';
import { limits } from '#limits.ts';
import type { FoundWorker } from '#worker-binary/find-worker.ts';
import { startWorkers, type Workers } from '#workers/start-workers.ts';
import type { RtcConfig } from './room-router.ts';
import type { WorkerPort } from './worker-port.ts';

export interface KeepWorkersOptions {
  readonly rtc: RtcConfig;
  readonly count: number | null;
  readonly find: () => Promise<FoundWorker | Refusal>;
  readonly log: Logger;
  readonly onHealth: (health: MediaHealth) => void;
}

/** The workers, as soon as this machine has their binary; until then a sentence that says what is missing. */
export class KeepWorkers implements WorkerPort, AsyncDisposable {
  readonly #options: KeepWorkersOptions;
  readonly #ready = new EventEmitter<{ ready: [] }>();
  readonly #stop = new AbortController();
  #workers: Workers | null = null;
  #trying: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #said = '';

  constructor(options: KeepWorkersOptions) {
    this.#options = options;
    this.#ready.setMaxListeners(limits.rooms.open);
  }

  /** Tries once, and goes on trying where there is none yet. Throws where ports are taken. */
  async start(): Promise<void> {
    const found = await this.#options.find();
    if (!isRefusal(found)) return this.#open(found.path);
    this.#say('no-worker', found.detail);
    this.#later();
  }

  pick = () => this.#workers?.pickWorker() ?? null;

  onReady = (listener: () => void) => {
    this.#ready.on('ready', listener);
    return () => void this.#ready.off('ready', listener);
  };

  get hasWorkers(): boolean {
    return this.#workers !== null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#trying;
    await this.#workers?.[Symbol.asyncDispose]();
    this.#workers = null;
  }

  async #open(binary: string): Promise<void> {
    const { rtc, count, log } = this.#options;
    const ports = rtc.ports.max - rtc.ports.min + 1;
    this.#workers = await startWorkers(
      {
        binary,
        rtc: {
          ip: rtc.ip,
          ports: rtc.ports,
          announcedAddress: rtc.announced?.address ?? null,
        },
        count: count ?? Math.min(availableParallelism(), ports),
      },
      {
        log,
        onWorkerReady: () => this.#changed(),
        onWorkerLost: () => this.#changed(),
      },
    );
    this.#changed();
  }

  #changed(): void {
    const workers = this.#workers?.all().length ?? 0;
    if (this.#workers === null) return;
    if (workers === 0) this.#say('no-worker', 'The media worker fell; another one starts.');
    else this.#say('ready', '');
    if (workers > 0) this.#ready.emit('ready');
  }

  #later(): void {
    if (this.#stop.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#trying = this.start().catch((error: unknown) => {
        const sentence = error instanceof Error ? error.message : String(error);
        this.#say('no-worker', sentence);
        this.#later();
      });
    }, limits.find.everyMs);
  }

  #say(state: MediaHealth['state'], detail: string): void {
    const { log, onHealth } = this.#options;
    const workers = this.#workers?.all().length ?? 0;
    if (detail !== this.#said && detail !== '') log.warn({ state }, detail);
    this.#said = detail;
    onHealth({ state, workers, detail: detail.slice(0, 400) });
  }
}
