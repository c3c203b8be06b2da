import { Beat } from '@sightline/contracts';
import { saveBrokerState, saveLinkStates, type LinkState, type Store } from '@sightline/store';
import { Compile } from 'typebox/compile';
import type { Logger } from 'pino';
import { afterWriting, type Listening } from '#domain/listening.ts';
import { limits } from '#limits.ts';
import type { Session } from '#session.ts';

export interface LinkStatesOptions {
  readonly store: Store;
  readonly log: Logger;
  /** ISO instant. */
  readonly now: () => string;
  /** The database answered, or did not. */
  readonly onResult: (error: Error | null) => void;
}

const beatCheck = Compile(Beat);
const unheard = {
  beatAt: null,
  waiting: 0,
  oldestWaitingAt: null,
  deadLetters: 0,
  desiredVersion: 0,
  camera: null,
  version: null,
  device: null,
};

/**
 * The newest of each terminal in memory, written in one statement at most every second. What cannot be
 * written waits for the next time; one row a terminal, so it never grows.
 */
export class LinkStates implements AsyncDisposable {
  readonly #options: LinkStatesOptions;
  readonly #latest = new Map<string, LinkState>();
  readonly #changed = new Set<string>();
  readonly #timers: NodeJS.Timeout[] = [];
  #listening: Listening;
  #flushing: Promise<void> | null = null;

  constructor(options: LinkStatesOptions) {
    this.#options = options;
    this.#listening = { since: options.now(), databaseAwaySince: null };
  }

  /** Marks the links of an earlier life as ended and begins to write. Throws without a database. */
  async start(): Promise<void> {
    await this.#sayAlive();
    this.#timers.push(
      setInterval(() => void this.#flush(), limits.linkFlushMs),
      setInterval(() => void this.#sayAlive().catch(noop), limits.brokerStateMs),
    );
  }

  connected({ sender }: Session): void {
    this.#change(sender, { connected: true, linkSince: this.#options.now() });
  }

  disconnected({ sender }: Session): void {
    this.#change(sender, { connected: false, linkSince: this.#options.now() });
  }

  /** A beat that is none is noted and dropped: telemetry is not worth a connection. */
  beat({ sender }: Session, payload: Buffer): void {
    const beat = readBeat(payload);
    if (beat === null) {
      this.#options.log.info({ source: sender.source }, 'A heartbeat was no heartbeat.');
      return;
    }
    const { waiting, oldestWaitingAt, deadLetters, desiredVersion, camera, version, device } = beat;
    this.#change(sender, {
      beatAt: this.#options.now(),
      waiting,
      oldestWaitingAt,
      deadLetters,
      desiredVersion,
      camera,
      version,
      device: device ?? null,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#flushing;
    await this.#flush();
  }

  #change(sender: Session['sender'], change: Partial<LinkState>): void {
    const { terminalId, region } = sender;
    const before = this.#latest.get(terminalId) ?? {
      terminalId,
      region,
      connected: true,
      linkSince: this.#options.now(),
      ...unheard,
    };
    this.#latest.set(terminalId, { ...before, region, ...change });
    this.#changed.add(terminalId);
  }

  #flush(): Promise<void> {
    this.#flushing ??= this.#write().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  async #write(): Promise<void> {
    const ids = [...this.#changed];
    const rows = ids.flatMap((id) => this.#latest.get(id) ?? []);
    if (rows.length === 0) return;
    this.#changed.clear();
    try {
      await saveLinkStates(this.#options.store.pool, rows);
    } catch (error) {
      for (const id of ids) this.#changed.add(id);
      this.#options.log.warn(
        { err: error, rows: rows.length },
        'Link states wait for the database.',
      );
    }
  }

  /** A new listening marks every link as ended: those that held are written again. */
  #writeAll(): Promise<void> {
    for (const id of this.#latest.keys()) this.#changed.add(id);
    return this.#flush();
  }

  async #sayAlive(): Promise<void> {
    const { store, now, onResult } = this.#options;
    const listening = afterWriting(this.#listening, { ok: true, at: now() }, limits.outageMs);
    try {
      await saveBrokerState(store.pool, { listeningSince: listening.since, aliveAt: now() });
      const isNew = listening.since !== this.#listening.since;
      this.#listening = listening;
      onResult(null);
      if (isNew) await this.#writeAll();
    } catch (cause) {
      this.#listening = afterWriting(this.#listening, { ok: false, at: now() }, limits.outageMs);
      const error = new Error('The broker could not say that it is alive.', { cause });
      onResult(error);
      throw error;
    }
  }
}

function readBeat(payload: Buffer): Beat | null {
  if (payload.length > limits.beatBytes) return null;
  try {
    const beat: unknown = JSON.parse(payload.toString('utf8'));
    return beatCheck.Check(beat) ? beat : null;
  } catch {
    return null;
  }
}

function noop(): void {}
