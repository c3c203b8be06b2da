import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RoomOrder, SeatId } from '@sightline/contracts';
import { workerPids } from '#testing/child-pids.ts';
import { eventually } from '#testing/eventually.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat, steered } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { PlainVenue } from '#testing/plain-venue.ts';

let media: TestMedia;
beforeAll(async () => {
  media = await openTestMedia({ workers: 2, placement: { seats: 2, routers: 6 } });
});
afterAll(() => media[Symbol.asyncDispose]());

let ssrc = 1_000;

/** A village that is in the room, sends its camera and lets all flow that it is given. */
async function come(order: RoomOrder, seatId: SeatId) {
  const page = new PageSeat(media.url, signSeat({ meetingId: order.control.meetingId, seatId }));
  const refusal = await page.connected();
  if (refusal !== null) throw new Error(refusal);
  page.socket.on('consumer', ({ consumerId }: { consumerId: string }) => {
    void page.ask('consumer-ready', { consumerId });
  });
  let venue = await enter(page);
  return {
    page,
    received: () => venue.voicePackets,
    /** As pages do when they are told to. */
    again: async () => {
      venue[Symbol.dispose]();
      venue = await enter(page);
    },
    [Symbol.dispose]: () => {
      venue[Symbol.dispose]();
      page[Symbol.dispose]();
    },
  };
}

async function enter(page: PageSeat): Promise<PlainVenue> {
  const { plain, room } = await page.enterPlain();
  if (plain === null) throw new Error('no plain offer');
  ssrc += 1;
  const venue = await PlainVenue.open(page, { plain, ssrc, source: 'camera' });
  await page.ask('watch', { seats: room.control.onAir });
  return venue;
}

const isMoved = ({ page }: Awaited<ReturnType<typeof come>>) =>
  page.told.some(({ event }) => event === 'moved');

test('a picture reaches every seat, on whichever router and worker; a killed worker takes only its own along', async () => {
  const opened = makeOrder(7);
  const [first = '', ...others] = opened.venues;
  const order = steered(opened, { isLocked: true, onAir: [first] });
  media.centre.order(order);
  await using held = new AsyncDisposableStack();
  const speaker = held.use(await come(order, first));
  const villages = [];
  for (const seatId of others) villages.push(held.use(await come(order, seatId)));
  for (const village of villages) await eventually(() => village.received() > 5 || undefined);

  const [pid = 0] = workerPids();
  process.kill(pid, 'SIGKILL');
  const all = [speaker, ...villages];
  await eventually(() => (all.filter(isMoved).length >= 2 ? true : undefined));
  const moved = all.filter(isMoved);
  expect(moved.length).toBeLessThan(all.length);
  for (const village of moved) await village.again();
  for (const village of villages) {
    const before = village.received();
    await eventually(() => village.received() > before + 5 || undefined);
  }
  expect(all.filter(isMoved)).toEqual(moved);
  const room = await speaker.page.sees(({ presentCount }) => presentCount === all.length);
  expect(room.control).toEqual(order.control);
});

test('who comes late is placed as well, and where no router has a place is told so', async () => {
  const order = makeOrder(13);
  media.centre.order(order);
  await using held = new AsyncDisposableStack();
  for (const seatId of order.venues.slice(0, 12)) held.use(await come(order, seatId));
  const [late = ''] = order.venues.slice(12);
  await expect(come(order, late)).rejects.toThrow('too-many: No more seats');
});
