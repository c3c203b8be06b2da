import { setTimeout as delay } from 'node:timers/promises';
import type { SeatId } from '@sightline/contracts';
import { PageSeat, PlainVenue } from '@sightline/media-server/testing';
import type { VenueKey } from '@sightline/standalone/venue-keys';

const mostEntries = 20;
const againMs = 500;

export interface VenuePlan {
  readonly seatId: SeatId;
  readonly key: VenueKey;
  readonly ssrc: number;
  /** Between two packets of its picture. */
  readonly everyMs: number;
}

/** A venue without a browser: sends a small picture, shows what is on the air, enters anew when it is told to. */
export class Venue implements Disposable {
  readonly seatId: SeatId;
  /** Entries so far. */
  entries = 0;
  readonly #plan: VenuePlan;
  readonly #page: PageSeat;
  #media: PlainVenue | null = null;
  #watched: readonly SeatId[] = [];

  private constructor(plan: VenuePlan) {
    this.seatId = plan.seatId;
    this.#plan = plan;
    this.#page = new PageSeat(plan.key.mediaUrl, plan.key.seatToken);
    this.#page.socket.on('consumer', ({ consumerId }: { consumerId: string }) => {
      void this.#page.ask('consumer-ready', { consumerId }).catch(() => undefined); // It may be gone again.
    });
    this.#page.socket.on('moved', () => {
      void this.#enterAgain();
    });
  }

  /** Comes in; throws what it was refused with. */
  static async enter(plan: VenuePlan): Promise<Venue> {
    const venue = new Venue(plan);
    const refusal = await venue.#page.connected();
    if (refusal !== null) throw new Error(`${plan.seatId}: ${refusal}`);
    await venue.#enter();
    return venue;
  }

  /** RTP packets that came since the last entry. */
  get received(): number {
    return this.#media?.voicePackets ?? 0;
  }

  async watch(seats: readonly SeatId[]): Promise<void> {
    this.#watched = seats.filter((seatId) => seatId !== this.seatId);
    await this.#page.ask('watch', { seats: this.#watched });
  }

  [Symbol.dispose](): void {
    this.#media?.[Symbol.dispose]();
    this.#page[Symbol.dispose]();
  }

  /** Until it is let in, as a page does: another worker may take a moment. Who never is shows in the count. */
  async #enterAgain(): Promise<void> {
    for (let tries = 1; tries <= mostEntries; tries += 1) {
      const isIn = await this.#enter().then(
        () => true,
        () => false,
      );
      if (isIn || !this.#page.socket.connected) return;
      await delay(againMs);
    }
  }

  async #enter(): Promise<void> {
    const { plain } = await this.#page.enterPlain();
    if (plain === null) throw new Error(`${this.seatId} was offered no plain RTP.`);
    this.#media?.[Symbol.dispose]();
    const { everyMs } = this.#plan;
    const ssrc = this.#plan.ssrc + 100_000 * this.entries;
    this.entries += 1;
    this.#media = await PlainVenue.open(this.#page, { plain, ssrc, everyMs, source: 'camera' });
    if (this.#watched.length > 0) await this.watch(this.#watched);
  }
}
