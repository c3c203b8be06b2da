import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signalRequests, type SignalName } from '@sightline/contracts';
import { eventually } from '#testing/eventually.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { PlainVenue } from '#testing/plain-venue.ts';
import { mutate, seeded } from '#testing/mutate.ts';
import { workerPids } from '#testing/child-pids.ts';

let media: TestMedia;
beforeAll(async () => {
  media = await openTestMedia();
});
afterAll(() => media[Symbol.asyncDispose]());

const opus = { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 };
/** One good request of each kind, to be spoilt. */
const good: Record<SignalName, object> = {
  capabilities: {},
  enter: { rtpCapabilities: { codecs: [opus] }, channel: 'floor', visitId: randomUUID() },
  'connect-transport': {
    transportId: randomUUID(),
    dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: 'AA:BB' }] },
  },
  'restart-ice': { transportId: randomUUID() },
  'ice-servers': {},
  produce: {
    source: 'microphone',
    kind: 'audio',
    rtpParameters: {
      mid: '0',
      codecs: [opus],
      encodings: [{ ssrc: 1 }],
      headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 }],
      rtcp: { cname: 'x' },
    },
  },
  pause: { source: 'microphone', isPaused: true },
  close: { source: 'camera' },
  watch: { seats: ['venue-510115100001'] },
  'consumer-ready': { consumerId: randomUUID() },
  channel: { channel: 'zh' },
  hand: { isUp: true },
  line: { text: '好' },
  report: { availableKbps: 100, lossShare: 0, rttMs: 20, bestUp: 'audio', bestDown: 'video-64' },
  still: { source: 'camera', at: 1, jpeg: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) },
  leave: {},
};
const names = Object.keys(signalRequests) as SignalName[]; // The keys of this very table.

describe('strangers', () => {
  test('ten thousand spoilt requests are answered, and nothing falls or grows', async () => {
    const seats = 200;
    const order = makeOrder(seats);
    const { meetingId } = order.control;
    media.centre.order(order);
    const random = seeded(20_261_127);
    const pids = workerPids();
    const rssBefore = process.memoryUsage().rss;
    let answered = 0;
    for (const seatId of order.venues) {
      using seat = new PageSeat(media.url, signSeat({ meetingId, seatId }));
      expect(await seat.connected()).toBeNull();
      if (random() < 0.7) await seat.enterPlain();
      const asks = Array.from({ length: 50 }, () => {
        const name = names[Math.floor(random() * names.length)] ?? 'leave';
        return seat.ask(name, mutate(good[name], random));
      });
      for (const answer of await Promise.all(asks)) {
        expect(typeof answer.ok).toBe('boolean');
        answered += 1;
      }
    }
    expect(answered).toBe(10_000);
    expect(workerPids()).toEqual(pids);
    expect(process.memoryUsage().rss - rssBefore).toBeLessThan(300 * 1024 * 1024);
    using guest = new PageSeat(media.url, signSeat({ meetingId, seatId: order.control.chair }));
    expect(await guest.connected()).toBeNull();
    expect((await guest.enterPlain()).room.control).toEqual(order.control);
  }, 180_000);

  test('forged, stale and foreign keys open nothing, and learn nothing of rooms', async () => {
    const order = makeOrder(1);
    media.centre.order(order);
    const { meetingId } = order.control;
    const seatId = order.venues[0] ?? '';
    const past = Math.floor(Date.now() / 1000) - 1;
    const keys: readonly (readonly [unknown, string])[] = [
      [undefined, 'bad-token'],
      [{ toString: () => 'x' }, 'bad-token'],
      ['x'.repeat(5_000), 'bad-token'],
      [signSeat({ meetingId, seatId }, 'another secret, which is long enough'), 'bad-token'],
      [signSeat({ meetingId, seatId, until: past }), 'stale-token'],
      [signSeat({ meetingId: randomUUID(), seatId }), 'no-room'],
      [signSeat({ meetingId, seatId: 'venue-110101001001' }), 'no-room'],
    ];
    for (const [token, code] of keys) {
      using seat = new PageSeat(media.url, token);
      expect(await seat.connected()).toBe(code);
      expect(seat.told).toEqual([]);
    }
  });

  test('a page that asks too fast is told so, and one that floods is dropped', async () => {
    const order = makeOrder(1);
    media.centre.order(order);
    const { meetingId } = order.control;
    using seat = new PageSeat(media.url, signSeat({ meetingId, seatId: order.venues[0] ?? '' }));
    await seat.connected();
    const answers = await Promise.all(
      Array.from({ length: 120 }, () => seat.ask('hand', { isUp: true })),
    );
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.code));
    expect(codes.filter((code) => code === 'too-fast').length).toBeGreaterThan(20);
    const dropped = new Promise((resolve) => seat.socket.once('disconnect', resolve));
    for (let n = 0; n < 2_000; n += 1) seat.socket.emit('nobody-listens', n);
    await dropped;
  });

  test('datagrams and streams that are no media at the open ports do no harm', async () => {
    const order = makeOrder(2);
    media.centre.order(order);
    const { meetingId } = order.control;
    const [first = '', second = ''] = order.venues;
    using speaker = new PageSeat(media.url, signSeat({ meetingId, seatId: first }));
    using listener = new PageSeat(media.url, signSeat({ meetingId, seatId: second }));
    await Promise.all([speaker.connected(), listener.connected()]);
    const { plain } = await speaker.enterPlain();
    if (plain === null) throw new Error('no plain offer');
    using venue = await PlainVenue.open(speaker, { plain, ssrc: 7 });
    const pids = workerPids();
    const random = seeded(7);
    const socket = createSocket('udp4');
    const { min, max } = media.config.rtc.ports;
    const ports = [plain.port, min, max];
    // First bytes of STUN, DTLS, RTP and RTCP, and then anything.
    const heads = [0x00, 0x01, 0x14, 0x16, 0x40, 0x80, 0x81, 0x90, 0xbf, 0xff];
    for (let n = 0; n < 6_000; n += 1) {
      const bytes = Buffer.from(
        Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)),
      );
      if (bytes.length > 1) bytes[0] = heads[n % heads.length] ?? 0;
      // RTCP's packet types, where it looks like RTCP.
      if (bytes.length > 2 && n % 3 === 0) bytes[1] = 200 + (n % 8);
      const { promise, resolve } = Promise.withResolvers<void>();
      socket.send(bytes, ports[n % ports.length] ?? min, '127.0.0.1', () => resolve());
      await promise;
    }
    socket.close();
    for (const port of [min, max]) await pour(port, random);
    expect(workerPids()).toEqual(pids);
    await listener.enterPlain();
    await eventually(() => listener.words('consumer')[0]);
    expect(venue.received).toBe(0);
    expect(speaker.told.some(({ event }) => event === 'moved')).toBe(false);
  }, 60_000);
});

/** Rubbish into a TCP port, where one listens. */
async function pour(port: number, random: () => number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // Hung up on, or nobody there: both are fine.
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (let n = 0; n < 50; n += 1) {
    socket.write(Buffer.from(Array.from({ length: 500 }, () => Math.floor(random() * 256))));
  }
  socket.end();
  setTimeout(() => socket.destroy(), 500);
  await closed;
}
