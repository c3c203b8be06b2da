import type { TimeReading } from '#domain/fact-draft.ts';
import { epochMsOf, readClock } from '#domain/read-clock.ts';

/** The device's two clocks and the name of its boot; `deviceBoot()` reads the real ones. */
export interface DeviceClock {
  readonly bootId: string;
  uptimeMs(): number;
  wallMs(): number;
}

/**
 * 终端时钟. Estimates the time, says how sure it is, and learns from the server.
 * `offsetMs` everywhere: server's epoch milliseconds minus uptime, so effective time = offset + uptime.
 */
export class TerminalClock {
  readonly #device: DeviceClock;
  #offsetMs: number | null;
  #floorMs: number | null = null;
  /** A new link may correct the offset both ways; within a link the least delayed ack wins. */
  #isFreshLink = true;

  constructor(device: DeviceClock, offsetMs: number | null = null) {
    this.#device = device;
    this.#offsetMs = offsetMs;
  }

  get bootId(): string {
    return this.#device.bootId;
  }

  get offsetMs(): number | null {
    return this.#offsetMs;
  }

  /** False until the server's time was heard since boot: a person reviews facts made before. */
  get isCertain(): boolean {
    return this.#offsetMs !== null;
  }

  now(): TimeReading {
    return readClock({
      bootId: this.#device.bootId,
      uptimeMs: this.#device.uptimeMs(),
      wallMs: this.#device.wallMs(),
      offsetMs: this.#offsetMs,
      floorMs: this.#floorMs,
    });
  }

  /** The time was at least this: the `at` of the last fact written before. */
  noteFloor(at: string): void {
    this.#floorMs = Math.max(this.#floorMs ?? Number.NEGATIVE_INFINITY, epochMsOf(at));
  }

  /** A new connection begins: its first server time may set the clock back as well as forth. */
  beginLink(): void {
    this.#isFreshLink = true;
  }

  /** Learns from a server time just received. Returns true when this is the first since boot. */
  anchor(serverAt: string): boolean {
    const offsetMs = epochMsOf(serverAt) - Math.round(this.#device.uptimeMs());
    const isFirst = this.#offsetMs === null;
    // Every delay makes the offset too small: the largest of a link is the nearest to the truth.
    if (isFirst || this.#isFreshLink || offsetMs > (this.#offsetMs ?? 0)) this.#offsetMs = offsetMs;
    this.#isFreshLink = false;
    return isFirst;
  }
}
