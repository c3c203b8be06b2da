import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RecordedSegment, RoomOrder, SeatId } from '@sightline/contracts';
import { childPids } from '#testing/child-pids.ts';
import { eventually } from '#testing/eventually.ts';
import { FilmVenue } from '#testing/film-venue.ts';
import { startMediaProcess, type MediaProcess } from '#testing/media-process.ts';
import { makeOrder, signSeat, testSecret } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { readFilm } from '#testing/read-film.ts';
import { ScriptedCentre } from '#testing/scripted-centre.ts';

const patienceMs = 60_000;

/** The venue comes in and plays; at the first server it is cut off, at the second it comes anew. */
async function film(media: MediaProcess, { control }: RoomOrder, seatId: SeatId, ssrc: number) {
  const seat = new PageSeat(media.url, signSeat({ meetingId: control.meetingId, seatId }));
  const refusal = await seat.connected();
  if (refusal !== null) throw new Error(refusal);
  const { plain } = await seat.enterPlain();
  if (plain === null) throw new Error('no plain offer');
  const venue = await FilmVenue.open(seat, { plain, ssrc });
  return {
    [Symbol.dispose]: () => {
      venue[Symbol.dispose]();
      seat[Symbol.dispose]();
    },
  };
}

const isAlive = (pid: number): boolean => {
  try {
    // A process that ended and was not waited for has no command line.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
};

test('a media server killed in the middle of a film loses at most the open segment, and its recorders go with it', async () => {
  await using stack = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'media-killed-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const centre = stack.use(await ScriptedCentre.open(testSecret));
  const base = makeOrder(1);
  const [seatId = ''] = base.venues;
  const order = makeOrderOnAir(base, seatId);
  centre.order(order);
  const told = () =>
    centre.heard
      .filter(({ event }) => event === 'segments')
      // The media server's own words.
      .flatMap(({ word }) => word as RecordedSegment[]);
  const toldOf = (count: number) =>
    eventually(() => (told().length >= count ? told() : undefined), patienceMs);
  const fileOf = ({ meetingId, recordingId, no }: RecordedSegment) => {
    const name = `${String(no).padStart(6, '0')}.webm`;
    return join(dataDir, 'recordings', meetingId, recordingId, seatId, name);
  };

  const first = stack.use(await startMediaProcess({ dataDir, centreUrl: centre.url }));
  using _before = await film(first, order, seatId, 5_000);
  const closed = [...(await toldOf(2))];
  const recorders = childPids('-segment_list', first.pid);
  expect(recorders).toHaveLength(1);
  await first.kill();
  await eventually(() => (recorders.some(isAlive) ? undefined : true));

  const second = stack.use(await startMediaProcess({ dataDir, centreUrl: centre.url }));
  const recovered = await toldOf(closed.length + 1);
  using _after = await film(second, order, seatId, 6_000);
  const all = await toldOf(recovered.length + 1);
  expect(all.map(({ no }) => no)).toEqual(all.map((_, at) => at));
  expect(new Set(all.map(({ recordingId }) => recordingId)).size).toBe(1);
  for (const [at, segment] of all.entries()) {
    const { frames, soundPackets } = await readFilm(fileOf(segment));
    expect(frames).toBeGreaterThan(at < closed.length ? 40 : 1);
    expect(soundPackets).toBeGreaterThan(1);
  }
}, 180_000);

function makeOrderOnAir(order: RoomOrder, seatId: SeatId): RoomOrder {
  return { ...order, control: { ...order.control, isRecorded: true, onAir: [seatId] } };
}
