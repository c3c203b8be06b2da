import { setTimeout as delay } from 'node:timers/promises';
import { quantile, rounded } from '#measure/median.ts';
import type { Venue } from './venue.ts';

const everyMs = 20;
/** So many packets of a picture are a picture. */
const packets = 3;

export interface Seen {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly lastMs: number;
}

interface Wait {
  readonly sinceMs: number;
  readonly withinMs: number;
}

/** From `sinceMs` until each of them had a picture that it had not before; throws who never had. */
export async function seenByAll(venues: readonly Venue[], wait: Wait): Promise<Seen> {
  const before = new Map(venues.map((venue) => [venue, venue.received]));
  return timesOf(
    await whenAll(venues, wait, (venue) => venue.received - (before.get(venue) ?? 0) >= packets),
  );
}

/** Of the packets at five a second: who still has them so long after a worker's death has not lost it. */
const stillPackets = 20;

export interface Healed extends Seen {
  /** Lost their place, and had a picture again; the figures are theirs. */
  readonly moved: number;
  /** Saw the picture go on. */
  readonly stayed: number;
}

/** What a worker's death did to them: who had to enter anew until the picture was back, and who saw it go on. */
export async function healedAll(
  venues: readonly Venue[],
  { kill, withinMs }: { readonly kill: () => void; readonly withinMs: number },
): Promise<Healed> {
  const before = new Map(
    venues.map((venue) => [venue, { entries: venue.entries, received: venue.received }]),
  );
  const sinceMs = performance.now();
  kill();
  const isMoved = (venue: Venue) => venue.entries > (before.get(venue)?.entries ?? 0);
  const tookMs = await whenAll(venues, { sinceMs, withinMs }, (venue) =>
    isMoved(venue)
      ? venue.received >= packets
      : venue.received - (before.get(venue)?.received ?? 0) >= stillPackets,
  );
  const moved = new Map([...tookMs].filter(([venue]) => isMoved(venue)));
  return { ...timesOf(moved), moved: moved.size, stayed: venues.length - moved.size };
}

/** How long each took until it was so. */
async function whenAll(
  venues: readonly Venue[],
  { sinceMs, withinMs }: Wait,
  isSo: (venue: Venue) => boolean,
): Promise<ReadonlyMap<Venue, number>> {
  const waiting = new Set(venues);
  const tookMs = new Map<Venue, number>();
  while (waiting.size > 0) {
    const nowMs = performance.now() - sinceMs;
    for (const venue of waiting) {
      if (!isSo(venue)) continue;
      waiting.delete(venue);
      tookMs.set(venue, nowMs);
    }
    if (nowMs > withinMs) {
      const missing = [...waiting].slice(0, 5).map(({ seatId }) => seatId);
      throw new Error(`${waiting.size} venues saw nothing: ${missing.join(', ')} …`);
    }
    await delay(everyMs);
  }
  return tookMs;
}

function timesOf(took: ReadonlyMap<Venue, number>): Seen {
  const tookMs = [...took.values()];
  return {
    count: tookMs.length,
    p50Ms: rounded(quantile(tookMs, 0.5), 0),
    p95Ms: rounded(quantile(tookMs, 0.95), 0),
    lastMs: rounded(Math.max(...tookMs), 0),
  };
}
