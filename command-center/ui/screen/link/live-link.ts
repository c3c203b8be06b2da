import type { LiveFrame, LivePulse } from '@sightline/contracts';
import { io, type Socket } from 'socket.io-client';
import type { ToCentre, ToPage } from '#domain/live-words.ts';
import { fetchSnapshot } from './fetch-snapshot.ts';
import { pageLimits } from './limits.ts';
import type { Picture } from './picture.ts';

export interface LinkEvents {
  readonly onPulse: (pulse: LivePulse) => void;
  readonly onFrame: () => void;
  /** Whether this page may look at all. */
  readonly onAccess: (access: 'open' | 'refused') => void;
}

/**
 * The page's link to the centre: watches its region, fetches a snapshot when it begins, when frames
 * are missing and every five minutes, and comes back by itself, for ever.
 */
export class LiveLink implements Disposable {
  readonly #picture: Picture;
  readonly #events: LinkEvents;
  readonly #socket: Socket<ToPage, ToCentre>;
  readonly #closing = new AbortController();
  /** One timer a purpose: however often something fails, it is tried again once. */
  readonly #timers = new Map<'fetch' | 'connect' | 'refresh', ReturnType<typeof setTimeout>>();
  #fetching = false;
  #fetchAgain = false;
  #failures = 0;

  constructor(picture: Picture, events: LinkEvents) {
    this.#picture = picture;
    this.#events = events;
    this.#socket = io({
      transports: ['websocket'],
      autoConnect: false,
      timeout: pageLimits.connectMs,
      reconnectionDelay: pageLimits.reconnectMinMs,
      reconnectionDelayMax: pageLimits.reconnectMaxMs,
      randomizationFactor: 0.5,
    });
  }

  open(): void {
    this.#socket.on('connect', () => void this.#begin());
    this.#socket.on('connect_error', (error) => this.#notConnected(error.message));
    this.#socket.on('frame', (frame) => this.#frame(frame));
    this.#socket.on('pulse', (pulse) => this.#pulse(pulse));
    this.#socket.connect();
    void this.#fetch();
    this.#refreshLater();
  }

  [Symbol.dispose](): void {
    this.#closing.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#socket.close();
  }

  #frame(frame: LiveFrame): void {
    this.#events.onFrame();
    // What is missing now stands in the snapshot that is already on its way.
    if (!this.#picture.show(frame) && !this.#fetching) void this.#fetch();
  }

  #pulse(pulse: LivePulse): void {
    this.#picture.hear(pulse);
    this.#events.onPulse(pulse);
  }

  /** Watches first and fetches then, so that nothing lies between the snapshot and the frames. */
  async #begin(): Promise<void> {
    const region = this.#picture.model?.region;
    if (region === undefined) return void this.#fetch();
    const answer = await this.#socket
      .timeout(pageLimits.watchMs)
      .emitWithAck('watch', region)
      .catch(() => null);
    if (answer === null) return void this.#socket.disconnect().connect();
    this.#events.onAccess(answer.ok ? 'open' : 'refused');
    if (answer.ok) await this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (this.#fetching) {
      this.#fetchAgain = true;
      return;
    }
    this.#fetching = true;
    const before = this.#picture.model;
    this.#picture.hold();
    const snapshot = await fetchSnapshot().catch(() => null);
    this.#fetching = false;
    if (this.#closing.signal.aborted) return;
    if (snapshot === 'refused') return this.#refused();
    if (snapshot === null) return this.#retry();
    this.#failures = 0;
    this.#events.onAccess('open');
    const isWhole = this.#picture.take(snapshot);
    const isElsewhere = before?.region !== snapshot.region;
    if (isElsewhere && this.#socket.connected) void this.#begin();
    else if (!isWhole || this.#fetchAgain) this.#fetchLater(pageLimits.gapRetryMs);
    this.#fetchAgain = false;
  }

  #retry(): void {
    this.#failures += 1;
    const delayMs = Math.min(pageLimits.snapshotRetryMaxMs, 250 * 2 ** this.#failures);
    this.#fetchLater(delayMs * (0.5 + Math.random()));
  }

  #refused(): void {
    this.#events.onAccess('refused');
    this.#fetchLater(pageLimits.refusedRetryMs);
  }

  /** Where the server said why, Socket.IO does not come back by itself. */
  #notConnected(reason: string): void {
    const isRefused = reason === 'not-signed-in';
    if (isRefused) this.#events.onAccess('refused');
    if (this.#socket.active) return;
    const delayMs = isRefused ? pageLimits.refusedRetryMs : pageLimits.reconnectMaxMs;
    this.#later('connect', delayMs, () => this.#socket.connect());
  }

  #refreshLater(): void {
    const nowMs = Date.now();
    const dueMs = pageLimits.refreshMs - (nowMs % pageLimits.refreshMs) + Math.random() * 5000;
    this.#later('refresh', dueMs, () => {
      void this.#fetch();
      this.#refreshLater();
    });
  }

  #fetchLater(delayMs: number): void {
    this.#later('fetch', delayMs, () => this.#fetch());
  }

  #later(purpose: 'fetch' | 'connect' | 'refresh', delayMs: number, work: () => unknown): void {
    clearTimeout(this.#timers.get(purpose));
    this.#timers.set(
      purpose,
      setTimeout(() => void work(), delayMs),
    );
  }
}
