import { randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RoomOrder, SeatId } from '@sightline/contracts';
import { eventually } from '#testing/eventually.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat, steered } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';

let media: TestMedia;
let file: string;
beforeEach(async () => {
  media = await openTestMedia();
  file = join(media.config.dataDir, 'rooms.json');
});
afterEach(() => media[Symbol.asyncDispose]());

/** A meeting in its middle: locked, somebody has the floor, a hand is up, a roll call is open. */
function midway(): RoomOrder & { readonly venues: readonly SeatId[] } {
  const order = makeOrder(3);
  const [first = '', second = ''] = order.venues;
  return steered(order, {
    isLocked: true,
    floor: [first],
    hands: [second],
    rollCall: {
      round: 2,
      openedAt: '2026-11-27T08:00:00.000Z',
      until: '2026-11-27T09:00:00.000Z',
      isOpen: true,
      asked: [second],
    },
  });
}

const page = (order: RoomOrder, seatId: SeatId) =>
  new PageSeat(media.url, signSeat({ meetingId: order.control.meetingId, seatId }));

async function kept(is: (text: string) => boolean): Promise<void> {
  await eventually(async () => is(await readFile(file, 'utf8').catch(() => '')) || undefined);
}

test('rooms stand after a restart while the centre is away, and are the centre’s again once it is back', async () => {
  const order = midway();
  const over = midway();
  const [first = '', asked = '', third = ''] = order.venues;
  media.centre.order(order);
  media.centre.order(over);
  await kept(
    (text) => text.includes(order.control.meetingId) && text.includes(over.control.meetingId),
  );
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  media.centre.goAway();
  await media.stop();
  await media.start();
  // Whoever is asked in the roll call is told so; others are not told of them.
  using village = page(order, asked);
  expect(await village.connected()).toBeNull();
  expect((await village.enterPlain()).room.control).toEqual(order.control);
  using ended = page(over, first);
  using stranger = page(makeOrder(1), first);
  expect([await ended.connected(), await stranger.connected()]).toEqual([null, 'no-room']);
  await ended.enterPlain();

  const fewer = steered(order, { isLocked: false });
  media.centre.order({ ...fewer, seats: fewer.seats.filter(({ seatId }) => seatId !== third) });
  media.centre.end(over.control.meetingId);
  media.centre.comeBack();
  await village.sees(({ control }) => control.version === fewer.control.version);
  await eventually(() => ended.words('over')[0]);
  expect(ended.words('over')).toEqual([{ why: 'ended' }]);
  using removed = page(order, third);
  expect(await removed.connected()).toBe('no-room');
  await kept((text) => !text.includes(over.control.meetingId) && !text.includes(third));
});

test('a damaged file, or one older than any meeting, restores nothing, and the centre is waited for', async () => {
  const order = midway();
  const [first = ''] = order.venues;
  const { seats, control } = order;
  const hours13 = 13 * 3_600_000;
  const old = JSON.stringify({ savedAt: Date.now() - hours13, rooms: [{ control, seats }] });
  media.centre.goAway();
  for (const text of [
    '{"savedAt": 1, "rooms": [{"con',
    old,
    JSON.stringify({ savedAt: Date.now(), rooms: [{}] }),
  ]) {
    await media.stop();
    await writeFile(file, text);
    await media.start();
    using village = page(order, first);
    expect(await village.connected()).toBe('not-ready');
  }
  media.centre.order({ ...order, control: { ...control, meetingId: randomUUID() } });
  media.centre.order(order);
  media.centre.comeBack();
  using village = page(order, first);
  expect(await village.connected()).toBeNull();
});
