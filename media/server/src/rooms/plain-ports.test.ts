import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { workerPids } from '#testing/child-pids.ts';
import { eventually } from '#testing/eventually.ts';
import { freePorts } from '#testing/free-ports.ts';
import { openTestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat, steered } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { PlainVenue } from '#testing/plain-venue.ts';
import { PlainPorts } from './plain-ports.ts';

test('goes round its range from anywhere', () => {
  const ports = new PlainPorts({ min: 5, max: 8 }, () => 0.6);
  expect(Array.from({ length: 5 }, () => ports.take())).toEqual([7, 8, 5, 6, 7]);
});

test('venues that send to their old ports after a worker’s death take nobody’s new one', async () => {
  const first = await freePorts(9);
  const plainPorts = new PlainPorts({ min: first, max: first + 8 }, () => 0);
  await using media = await openTestMedia({ plainPorts });
  // Another program has one of them.
  const taken = createSocket('udp4').bind(first + 1, '127.0.0.1');
  await once(taken, 'listening');
  await using held = new AsyncDisposableStack();
  held.defer(() => void taken.close());
  const opened = makeOrder(4);
  const [onAir = ''] = opened.venues;
  const order = steered(opened, { onAir: [onAir] });
  media.centre.order(order);
  let ssrc = 1;
  const enter = async (page: PageSeat) => {
    const { plain } = await page.enterPlain();
    if (plain === null) throw new Error('no plain offer');
    ssrc += 1;
    const how = { plain, ssrc, everyMs: 5, source: 'camera' } as const;
    const venue = held.use(await PlainVenue.open(page, how));
    await page.ask('watch', { seats: [onAir] });
    return { port: plain.port, venue };
  };
  const pages = opened.venues.map((seatId) => {
    const { meetingId } = order.control;
    const page = held.use(new PageSeat(media.url, signSeat({ meetingId, seatId })));
    page.socket.on('consumer', ({ consumerId }: { consumerId: string }) => {
      void page.ask('consumer-ready', { consumerId });
    });
    return page;
  });
  const enterAll = async () => {
    const entered = [];
    for (const page of pages) entered.push(await enter(page));
    const others = entered.slice(1);
    await eventually(() => others.every(({ venue }) => venue.voicePackets > 5) || undefined);
    return entered.map(({ port }) => port - first);
  };
  for (const page of pages) expect(await page.connected()).toBeNull();
  expect(await enterAll()).toEqual([0, 2, 3, 4]);

  for (const pid of workerPids()) process.kill(pid, 'SIGKILL');
  const isMoved = (page: PageSeat) => page.told.some(({ event }) => event === 'moved');
  await eventually(() => pages.every(isMoved) || undefined);
  // The venues of before go on sending to where they were told to.
  expect(await enterAll()).toEqual([5, 6, 7, 8]);
});
