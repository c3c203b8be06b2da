import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '#testing/eventually.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat, steered } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { PlainVenue } from '#testing/plain-venue.ts';
import { workerPids } from '#testing/child-pids.ts';

let media: TestMedia;
beforeAll(async () => {
  media = await openTestMedia();
});
afterAll(() => media[Symbol.asyncDispose]());

async function flow(seat: PageSeat, ssrc: number): Promise<PlainVenue> {
  const { plain } = await seat.enterPlain();
  if (plain === null) throw new Error('no plain offer');
  return PlainVenue.open(seat, { plain, ssrc });
}

test('a room whose worker is killed is made anew within 3 s, with its floor, hands and roll call', async () => {
  const [first = '', second = ''] = makeOrder(2).venues;
  const order = steered(makeOrder(2), {
    isLocked: true,
    floor: [first],
    hands: [second],
    rollCall: {
      round: 2,
      openedAt: '2026-11-27T08:00:00.000Z',
      until: '2026-11-27T09:00:00.000Z',
      isOpen: true,
      asked: null,
    },
  });
  const { meetingId } = order.control;
  media.centre.order(order);
  using speaker = new PageSeat(media.url, signSeat({ meetingId, seatId: first }));
  using listener = new PageSeat(media.url, signSeat({ meetingId, seatId: second }));
  await Promise.all([speaker.connected(), listener.connected()]);
  using before = await flow(speaker, 1);
  await listener.enterPlain();
  await eventually(() => listener.words('consumer')[0]);

  const killedMs = performance.now();
  for (const pid of workerPids()) process.kill(pid, 'SIGKILL');
  await Promise.all([speaker, listener].map((seat) => eventually(() => toldOnce(seat), 3_000)));
  before.stop();
  using _after = await flow(speaker, 2);
  const again = await listener.enterPlain();
  await eventually(() => (listener.words('consumer').length === 2 ? true : undefined));
  expect(performance.now() - killedMs).toBeLessThan(4_000);
  expect(again.room.control).toEqual(order.control);
  expect(speaker.words('over')).toEqual([]);
});

/** `moved` is a word without content. */
function toldOnce(seat: PageSeat): true | undefined {
  return seat.told.some(({ event }) => event === 'moved') ? true : undefined;
}
