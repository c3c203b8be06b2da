import { venueSeat, type SeatId } from '@sightline/contracts';
import { PageSeat, PlainVenue } from '@sightline/media-server/testing';
import type { Store } from '@sightline/store';
import { venueKeys } from './venue-keys.ts';

/** A stay of a venue that came and went. */
export interface Stays {
  readonly seatId: SeatId;
  readonly sentMs: number;
  readonly spells: number;
}

export interface EnteredVenues extends AsyncDisposable {
  readonly count: number;
  /** So many go silent, come back after a while and go again; how long each one's packets flowed in all. */
  flap(count: number): Promise<readonly Stays[]>;
  /** Whether this one never went silent. */
  stayed(seatId: SeatId): boolean;
}

interface Venue {
  readonly seatId: SeatId;
  readonly seat: PageSeat;
  readonly media: PlainVenue;
  readonly fromMs: number;
}

/** Longer than the gap that is still the same stay. */
const silenceMs = 14_000;
const secondStayMs = 5_000;
const atOnce = 20;

/**
 * Villages without a browser come into a meeting: each with the key that its own terminal was told, by
 * signalling and plain RTP, and sends a small picture five times a second.
 */
export async function enterVenues(
  store: Store,
  { meetingId, regions }: { readonly meetingId: string; readonly regions: readonly string[] },
): Promise<EnteredVenues> {
  const told = await venueKeys(store, meetingId);
  const venues: Venue[] = [];
  await using held = new AsyncDisposableStack();
  for (let at = 0; at < regions.length; at += atOnce) {
    const some = regions.slice(at, at + atOnce).map(async (region, nth) => {
      const key = told.get(region);
      if (key === undefined) throw new Error(`${region} was not told of the meeting.`);
      const seat = held.use(new PageSeat(key.mediaUrl, key.seatToken));
      const refusal = await seat.connected();
      if (refusal !== null) throw new Error(`${region}: ${refusal}`);
      const { plain } = await seat.enterPlain();
      if (plain === null) throw new Error(`${region} was offered no plain RTP.`);
      const ssrc = 10_000 + at + nth;
      const media = held.use(
        await PlainVenue.open(seat, { plain, ssrc, everyMs: 200, source: 'camera' }),
      );
      return { seatId: venueSeat(region), seat, media, fromMs: performance.now() };
    });
    venues.push(...(await Promise.all(some)));
  }
  const owned = held.move();
  const gone = new Set<SeatId>();
  return {
    count: venues.length,
    stayed: (seatId) => venues.some((one) => one.seatId === seatId) && !gone.has(seatId),
    flap: (count) => {
      const some = venues.slice(0, count);
      for (const { seatId } of some) gone.add(seatId);
      return Promise.all(some.map(flapOne));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function flapOne({ seatId, media, fromMs }: Venue): Promise<Stays> {
  media.stop();
  const firstMs = performance.now() - fromMs;
  await passed(silenceMs);
  media.start();
  const secondMs = await passed(secondStayMs);
  media.stop();
  return { seatId, sentMs: firstMs + secondMs, spells: 2 };
}

/** Lets a venue live for so long; how long it was. */
async function passed(ms: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const fromMs = performance.now();
  setTimeout(resolve, ms);
  await promise;
  return performance.now() - fromMs;
}
