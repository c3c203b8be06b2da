import { afterAll, beforeAll, expect, test } from 'vitest';
import { signallingLimits, type SeatId, type Tier } from '@sightline/contracts';
import { eventually } from '#testing/eventually.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat, steered } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { PlainVenue } from '#testing/plain-venue.ts';

let media: TestMedia;
beforeAll(async () => {
  media = await openTestMedia();
});
afterAll(() => media[Symbol.asyncDispose]());

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

/** What a page says of itself every two seconds. */
function report(seat: PageSeat, bestDown: Tier, bestUp: Tier = 'video-300') {
  const said = { availableKbps: null, lossShare: 0, rttMs: null, bestUp, bestDown };
  return seat.ask('report', said);
}

test('stills are asked for where a link carries no picture, passed to who needs them, and let be when it does', async () => {
  const base = makeOrder(3);
  const [shown = '', weak = '', good = ''] = base.venues;
  const order = steered(base, { onAir: [shown] });
  const { meetingId } = order.control;
  media.centre.order(order);
  const enter = async (seatId: SeatId) => {
    const seat = new PageSeat(media.url, signSeat({ meetingId, seatId }));
    expect(await seat.connected()).toBeNull();
    await seat.enterPlain();
    return seat;
  };
  using camera = await enter(shown);
  using viewer = await enter(weak);
  using other = await enter(good);
  const produced = await camera.ask('produce', {
    source: 'camera',
    kind: 'video',
    rtpParameters: {
      codecs: [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 }],
      encodings: [{ ssrc: 77 }],
    },
  });
  expect(produced.ok).toBe(true);
  for (const seat of [viewer, other]) await seat.ask('watch', { seats: [shown] });
  await eventually(() => viewer.words('consumer')[0]);
  expect(camera.words('stills-wanted')).toEqual([]);

  await report(viewer, 'stills');
  await eventually(() => camera.words('stills-wanted')[0]);
  expect(camera.words('stills-wanted')).toEqual([{ sources: ['camera'] }]);
  const told = await eventually(() =>
    viewer
      .words('links')
      .at(-1)
      ?.find(({ down }) => down === 'stills'),
  );
  expect(told).toMatchObject({ seatId: weak, downReason: 'chosen' });

  expect(await camera.ask('still', { source: 'camera', at: 5, jpeg })).toEqual({ ok: true });
  const still = await eventually(() => viewer.words('still')[0]);
  expect(still).toMatchObject({ seatId: shown, source: 'camera', at: 5 });
  expect(Buffer.from(still.jpeg)).toEqual(jpeg);
  expect(other.words('still')).toEqual([]);
  expect(await camera.ask('still', { source: 'camera', at: 6, jpeg })).toMatchObject({
    code: 'too-fast',
  });
  expect(
    await camera.ask('still', { source: 'camera', at: 7, jpeg: Buffer.from('GIF89a') }),
  ).toMatchObject({
    code: 'malformed',
  });
  const large = Buffer.concat([jpeg, Buffer.alloc(30_000)]);
  expect(await camera.ask('still', { source: 'camera', at: 8, jpeg: large })).toMatchObject({
    code: 'too-large',
  });

  await report(viewer, 'video-300');
  await eventually(() => (camera.words('stills-wanted').length === 2 ? true : undefined), 20_000);
  expect(camera.words('stills-wanted')[1]).toEqual({ sources: [] });
}, 60_000);

test('a shared screen comes as stills where no moving picture does, large enough to be read', async () => {
  const base = makeOrder(2);
  const [shares = '', weak = ''] = base.venues;
  const order = steered(base, { screen: shares });
  const { meetingId } = order.control;
  media.centre.order(order);
  using sharer = new PageSeat(media.url, signSeat({ meetingId, seatId: shares }));
  using viewer = new PageSeat(media.url, signSeat({ meetingId, seatId: weak }));
  for (const seat of [sharer, viewer]) {
    expect(await seat.connected()).toBeNull();
    await seat.enterPlain();
  }
  const produced = await sharer.ask('produce', {
    source: 'screen',
    kind: 'video',
    rtpParameters: {
      codecs: [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 }],
      encodings: [{ ssrc: 79 }],
    },
  });
  expect(produced.ok).toBe(true);
  await eventually(() => viewer.words('consumer')[0]);
  await report(viewer, 'stills');
  expect(await eventually(() => sharer.words('stills-wanted')[0])).toEqual({ sources: ['screen'] });
  const page = Buffer.concat([jpeg, Buffer.alloc(29_000)]);
  expect(await sharer.ask('still', { source: 'screen', at: 5, jpeg: page })).toEqual({ ok: true });
  const still = await eventually(() => viewer.words('still')[0]);
  expect(still).toMatchObject({
    seatId: shares,
    source: 'screen',
    at: 5,
    from: 0,
    of: page.length,
  });
  expect(Buffer.from(still.jpeg)).toEqual(page.subarray(0, signallingLimits.stillPieceBytes));
  expect(sharer.words('still')).toEqual([]);
  await report(viewer, 'audio');
  expect(await eventually(() => sharer.words('stills-wanted')[1])).toEqual({ sources: [] });
}, 60_000);

test('a seat that chose text is sent no voice, and hears again at once when it takes that back', async () => {
  const order = makeOrder(2);
  const [speaker = '', listener = ''] = order.venues;
  const { meetingId } = order.control;
  media.centre.order(order);
  using speaks = new PageSeat(media.url, signSeat({ meetingId, seatId: speaker }));
  using hears = new PageSeat(media.url, signSeat({ meetingId, seatId: listener }));
  await Promise.all([speaks.connected(), hears.connected()]);
  const venues = await Promise.all(
    [speaks, hears].map(async (seat, at) => {
      const { plain } = await seat.enterPlain();
      if (plain === null) throw new Error('no plain offer');
      return PlainVenue.open(seat, { plain, ssrc: 80 + at });
    }),
  );
  using held = new DisposableStack();
  for (const venue of venues) held.use(venue);
  const received = () => venues[1]?.voicePackets ?? 0;
  const { consumerId } = await eventually(() => hears.words('consumer')[0]);
  await hears.ask('consumer-ready', { consumerId });
  await eventually(() => (received() > 5 ? true : undefined));
  await report(hears, 'text');
  await eventually(() =>
    hears
      .words('links')
      .at(-1)
      ?.find(({ down }) => down === 'text'),
  );
  // Nothing comes for a second: the last packets were on their way.
  let seen = { packets: received(), atMs: performance.now() };
  await eventually(() => {
    if (received() > seen.packets) seen = { packets: received(), atMs: performance.now() };
    return performance.now() - seen.atMs > 1_000 ? true : undefined;
  }, 4_000);
  await report(hears, 'video-300');
  const lifted = await eventually(() =>
    hears
      .words('links')
      .at(-1)
      ?.find(({ down }) => down !== 'text'),
  );
  expect([lifted.down, lifted.downReason]).toEqual(['video-64', 'recovering']);
  await eventually(() => (received() > seen.packets + 5 ? true : undefined));
}, 60_000);
