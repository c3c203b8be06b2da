import { expect, test } from 'vitest';
import { freePorts } from '#testing/free-ports.ts';
import { openTestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';

interface Candidate {
  readonly protocol: string;
  readonly port: number;
}

/** What pages of so many rooms are told to send their media to. */
async function offered(ports: { readonly min: number; readonly max: number }, workers: number) {
  const rtc = { ip: '127.0.0.1', ports, announced: null };
  await using media = await openTestMedia({ rtc, workers });
  const all: (readonly Candidate[])[] = [];
  for (let room = 0; room < 4; room += 1) {
    const order = makeOrder(1);
    media.centre.order(order);
    const { meetingId } = order.control;
    using seat = new PageSeat(media.url, signSeat({ meetingId, seatId: order.venues[0] ?? '' }));
    expect(await seat.connected()).toBeNull();
    const able = await seat.ask('capabilities', {});
    if (!able.ok) throw new Error(able.detail);
    const { visitId } = seat;
    const rtpCapabilities = able.routerRtpCapabilities;
    const reply = await seat.ask('enter', { rtpCapabilities, channel: 'floor', visitId });
    if (!reply.ok) throw new Error(reply.detail);
    for (const offer of [reply.send, reply.receive])
      // mediasoup's own list.
      all.push((offer?.iceCandidates ?? []) as readonly Candidate[]);
  }
  return all;
}

test('one port is all that rooms need: every transport of every room is offered it, UDP and TCP', async () => {
  const port = await freePorts(1);
  for (const candidates of await offered({ min: port, max: port }, 1)) {
    expect(candidates.map(({ protocol }) => protocol).toSorted()).toEqual(['tcp', 'udp']);
    expect(candidates.map((candidate) => candidate.port)).toEqual([port, port]);
  }
});

test('of a range each worker has a port, and rooms are offered those of the range alone', async () => {
  const min = await freePorts(4);
  const ports = (await offered({ min, max: min + 3 }, 2)).flat().map(({ port }) => port);
  expect(ports.every((port) => port >= min && port <= min + 3)).toBe(true);
  expect(new Set(ports).size).toBeGreaterThanOrEqual(2);
});
