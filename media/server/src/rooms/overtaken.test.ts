import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '#testing/eventually.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { PlainVenue } from '#testing/plain-venue.ts';

let media: TestMedia;
beforeAll(async () => {
  media = await openTestMedia();
});
afterAll(() => media[Symbol.asyncDispose]());

test('of two entries of a seat the later one stands, though the earlier one is done after it', async () => {
  const order = makeOrder(1);
  const { meetingId, chair } = order.control;
  const [seatId = ''] = order.venues;
  media.centre.order(order);
  using page = new PageSeat(media.url, signSeat({ meetingId, seatId }));
  using chairPage = new PageSeat(media.url, signSeat({ meetingId, seatId: chair }));
  expect([await page.connected(), await chairPage.connected()]).toEqual([null, null]);
  await chairPage.enterPlain();
  const able = await page.ask('capabilities', {});
  if (!able.ok) throw new Error(able.code);
  // A page's two transports take the worker longer than the one of a plain seat.
  const [early, late] = await Promise.all([
    page.ask('enter', {
      rtpCapabilities: able.routerRtpCapabilities,
      channel: 'floor',
      visitId: page.visitId,
    }),
    page.enterPlain(),
  ]);
  expect(early).toMatchObject({ ok: false, code: 'not-in-room' });
  expect(page.words('over')).toEqual([]);
  if (late.plain === null) throw new Error('no plain offer');
  using venue = await PlainVenue.open(page, { plain: late.plain, ssrc: 1_001 });
  const heard = await eventually(() => chairPage.words('consumer')[0]);
  expect(heard).toMatchObject({ seatId, source: 'microphone' });
  expect(await eventually(() => chairPage.words('room').at(-1)?.present)).toContain(seatId);
  void venue;
});
