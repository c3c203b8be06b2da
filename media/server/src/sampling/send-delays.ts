import type { types } from 'mediasoup';
import type { Reported } from './stream-reports.ts';

/** From 1900 to 1970, where the times of sender reports begin; RFC 3550 4. */
const ntpEpochSeconds = 2_208_988_800;
/** So long is the quickest report remembered: a clock that was set is believed again after twice of it. */
const epochMs = 60_000;
/** Of a voice alone a report comes every five seconds, or half as many more. */
const freshMs = 8_000;

/** The newest report of one stream. */
interface Heard {
  readonly id: string;
  readonly delayMs: number;
  /** How many came. */
  readonly report: number;
  /** When it came, by `performance.now()`. */
  readonly atMs: number;
}

/**
 * How late what a seat sends comes in: the time its sender reports carry (RFC 3550 6.4.1), against that of their coming. The
 * two clocks differ by what the quickest report shows; what is more is time in a queue. So a jam is seen where nothing
 * is ever lost.
 */
export class SendDelays {
  readonly #heard = new Map<string, Heard>();
  /** Least difference of the two clocks seen in this minute, and in the one before. */
  #least = Infinity;
  #leastBefore = Infinity;
  #epochFromMs = -Infinity;

  /** Listens to one stream of the seat. Throws where the worker died. */
  async follow(producer: types.Producer): Promise<void> {
    producer.on('trace', ({ type, timestamp, info }) => {
      if (type !== 'sr') return;
      const { ntpSec, ntpFrac } = info;
      if (typeof ntpSec !== 'number' || typeof ntpFrac !== 'number') return;
      const sentMs = (ntpSec - ntpEpochSeconds + ntpFrac / 2 ** 32) * 1_000;
      this.hear(producer.id, { sentMs, cameMs: timestamp });
    });
    producer.observer.once('close', () => this.#heard.delete(producer.id));
    await producer.enableTraceEvent(['sr']);
  }

  /** One report that was sent and came in at these times, each of a clock of its own; milliseconds. */
  hear(
    id: string,
    { sentMs, cameMs }: { readonly sentMs: number; readonly cameMs: number },
    nowMs = performance.now(),
  ): void {
    if (cameMs - this.#epochFromMs > epochMs) {
      this.#leastBefore = this.#least;
      this.#least = Infinity;
      this.#epochFromMs = cameMs;
    }
    const apart = cameMs - sentMs;
    this.#least = Math.min(this.#least, apart);
    const delayMs = apart - Math.min(this.#least, this.#leastBefore);
    const report = (this.#heard.get(id)?.report ?? 0) + 1;
    this.#heard.set(id, { id, delayMs, report, atMs: nowMs });
  }

  /** How long what comes from the seat stands in a queue now, as far as is known; milliseconds. */
  queueMs(nowMs = performance.now()): number {
    const last = this.#fresh(nowMs).toSorted((one, other) => other.atMs - one.atMs)[0];
    return last?.delayMs ?? 0;
  }

  /** What each stream that flows told last, as a receiver's reports are told. */
  told(nowMs = performance.now()): Reported[] {
    return this.#fresh(nowMs).map(({ id, delayMs, report }) => {
      return { id, packets: 0, lost: 0, delayMs, report };
    });
  }

  /** Of a stream that was stopped the last word would stand for ever. */
  #fresh(nowMs: number): Heard[] {
    return [...this.#heard.values()].filter(({ atMs }) => nowMs - atMs <= freshMs);
  }
}
