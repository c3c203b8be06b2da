import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordedSegment, RoomOrder, SeatId } from '@sightline/contracts';
import { childPids } from '#testing/child-pids.ts';
import { eventually } from '#testing/eventually.ts';
import { FilmVenue } from '#testing/film-venue.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat, steered } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { readFilm } from '#testing/read-film.ts';

const patienceMs = 60_000;
let media: TestMedia;
beforeEach(async () => {
  media = await openTestMedia();
});
afterEach(() => media[Symbol.asyncDispose]());

async function film(order: RoomOrder, seatId: SeatId, ssrc: number) {
  const seat = new PageSeat(media.url, signSeat({ meetingId: order.control.meetingId, seatId }));
  const refusal = await seat.connected();
  if (refusal !== null) throw new Error(refusal);
  const { plain } = await seat.enterPlain();
  if (plain === null) throw new Error('no plain offer');
  const venue = await FilmVenue.open(seat, { plain, ssrc });
  return {
    venue,
    [Symbol.dispose]: () => {
      venue[Symbol.dispose]();
      seat[Symbol.dispose]();
    },
  };
}

const told = (seatId?: SeatId): readonly RecordedSegment[] =>
  media.centre.heard
    .filter(({ event }) => event === 'segments')
    // The media server's own words.
    .flatMap(({ word }) => word as RecordedSegment[])
    .filter((segment) => seatId === undefined || segment.seatId === seatId);

const toldOf = (count: number, seatId?: SeatId) =>
  eventually(() => (told(seatId).length >= count ? told(seatId) : undefined), patienceMs);

function fileOf({ meetingId, recordingId, seatId, no }: RecordedSegment): string {
  const name = `${String(no).padStart(6, '0')}.webm`;
  return join(media.config.dataDir, 'recordings', meetingId, recordingId, seatId, name);
}

const recorders = () => childPids('-segment_list');

describe('the picture on the air', () => {
  test('is recorded with its sound into segments that play while the recording runs', async () => {
    const base = makeOrder(1, { isRecorded: true });
    const [seatId = ''] = base.venues;
    const order = steered(base, { onAir: [seatId] });
    media.centre.order(order);
    using _venue = await film(order, seatId, 1_000);
    const closed = await toldOf(2);
    expect(recorders()).toHaveLength(1);
    for (const segment of closed) {
      const { frames, soundPackets, sizes } = await readFilm(fileOf(segment));
      expect([segment.hasVideo, sizes]).toEqual([true, ['320x240']]);
      // 15 pictures and 50 packets of sound a second.
      expect(frames).toBeGreaterThan((12 * segment.durationMs) / 1000);
      expect(soundPackets).toBeGreaterThan((40 * segment.durationMs) / 1000);
    }
    media.centre.order(steered(order, { isRecorded: false }));
    await eventually(() => (recorders().length === 0 ? true : undefined));
  }, 120_000);

  test('loses at most the open segment when its recorder is killed, and goes on by itself', async () => {
    const base = makeOrder(1, { isRecorded: true });
    const [seatId = ''] = base.venues;
    const order = steered(base, { onAir: [seatId] });
    media.centre.order(order);
    using _venue = await film(order, seatId, 2_000);
    const [first] = await toldOf(1);
    if (first === undefined) throw new Error('nothing was told');
    const open = fileOf({ ...first, no: first.no + 1 });
    const size = () => statSync(open, { throwIfNoEntry: false })?.size ?? 0;
    await eventually(() => (size() > 20_000 ? true : undefined), patienceMs);
    for (const pid of recorders()) process.kill(pid, 'SIGKILL');
    const after = await toldOf(4);
    expect(after.map(({ no }) => no)).toEqual(after.map((_, at) => at));
    for (const segment of after) {
      const { frames } = await readFilm(fileOf(segment));
      expect(frames).toBeGreaterThan(5);
    }
  }, 120_000);

  test('may change its size, its venue and be nobody’s: every segment plays', async () => {
    const base = makeOrder(2, { isRecorded: true });
    const [first = '', second = ''] = base.venues;
    let order = steered(base, { onAir: [first] });
    media.centre.order(order);
    using one = await film(order, first, 3_000);
    using _two = await film(order, second, 4_000);
    await toldOf(1, first);
    one.venue.play({ width: 160, height: 120 });
    const small = await toldOf(told(first).length + 2, first);
    order = steered(order, { onAir: [second], isLocked: true });
    media.centre.order(order);
    await toldOf(1, second);
    order = steered(order, { onAir: [] });
    media.centre.order(order);
    await eventually(() => (recorders().length === 0 ? true : undefined), patienceMs);
    const before = told(first).length;
    order = steered(order, { onAir: [first] });
    media.centre.order(order);
    await toldOf(before + 1, first);
    expect(small.length).toBeGreaterThanOrEqual(3);
    const films = await Promise.all(told().map((segment) => readFilm(fileOf(segment))));
    for (const [at, { frames }] of films.entries()) {
      if (told()[at]?.hasVideo === true) expect(frames).toBeGreaterThan(5);
    }
    expect(new Set(films.flatMap(({ sizes }) => sizes))).toEqual(new Set(['320x240', '160x120']));
    expect(new Set(told().map(({ recordingId }) => recordingId)).size).toBe(1);
  }, 180_000);
});
