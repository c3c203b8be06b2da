import { afterAll, beforeAll, expect, test } from 'vitest';
import { attendanceOf } from '@sightline/contracts';
import { eventually } from '#testing/eventually.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { PlainVenue } from '#testing/plain-venue.ts';
import { seeded } from '#testing/mutate.ts';

let media: TestMedia;
beforeAll(async () => {
  media = await openTestMedia();
});
afterAll(() => media[Symbol.asyncDispose]());

/** Spells are known to the second in which packets came. */
const sharpMs = 1_500;

test('twenty villages that come and go are there for as long as their packets came, and no longer', async () => {
  const order = makeOrder(20);
  const { meetingId } = order.control;
  media.centre.order(order);
  const random = seeded(20);
  const lives = await Promise.all(
    order.venues.map((seatId, at) => live(seatId, { meetingId, at, random })),
  );
  media.centre.end(meetingId);
  await eventually(() => {
    const ours = media.centre.spells.filter((spell) => spell.meetingId === meetingId);
    return ours.length >= 40 && ours.every(({ isOver }) => isOver) ? true : undefined;
  });
  const within = { fromMs: 0, untilMs: Date.now() + 60_000 };
  const spells = media.centre.spells.map(({ seatId, from, until }) => ({
    seatId,
    fromMs: Date.parse(from),
    untilMs: Date.parse(until),
  }));
  const counted = new Map(attendanceOf(spells, within).map((one) => [one.seatId, one.presentMs]));
  for (const { seatId, sentMs, spells: stays } of lives) {
    const ms = counted.get(seatId) ?? 0;
    expect(Math.abs(ms - sentMs)).toBeLessThan(stays * sharpMs);
  }
}, 90_000);

interface Life {
  readonly seatId: string;
  readonly sentMs: number;
  readonly spells: number;
}

/** Two stays of a few seconds with a silence between that ends the first. */
async function live(
  seatId: string,
  of: { readonly meetingId: string; readonly at: number; readonly random: () => number },
): Promise<Life> {
  const { meetingId, at, random } = of;
  using seat = new PageSeat(media.url, signSeat({ meetingId, seatId }));
  const refusal = await seat.connected();
  if (refusal !== null) throw new Error(refusal);
  const { plain } = await seat.enterPlain();
  if (plain === null) throw new Error('no plain offer');
  using venue = await PlainVenue.open(seat, { plain, ssrc: 5_000 + at });
  const stays = [3_000 + random() * 3_000, 3_000 + random() * 3_000];
  let sentMs = 0;
  for (const [nth, stayMs] of stays.entries()) {
    venue.start();
    sentMs += await passed(stayMs);
    venue.stop();
    if (nth === 0) await passed(5_000 + random() * 1_000);
  }
  return { seatId, sentMs, spells: stays.length };
}

/** Lets a village live for so long; how long it was. */
async function passed(ms: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const fromMs = performance.now();
  setTimeout(resolve, ms);
  await promise;
  return performance.now() - fromMs;
}
