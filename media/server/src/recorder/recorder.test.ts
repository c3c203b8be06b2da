import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordedSegment, RoomOrder, SeatId } from '@sightline/contracts';
import { eventually } from '#testing/eventually.ts';
import { childPids } from '#testing/child-pids.ts';
import { openTestMedia, type TestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat, steered } from '#testing/orders.ts';
import { PageSeat } from '#testing/page-seat.ts';
import { PlainVenue } from '#testing/plain-venue.ts';

const run = promisify(execFile);
let media: TestMedia;
beforeEach(async () => {
  media = await openTestMedia();
});
afterEach(() => media[Symbol.asyncDispose]());

async function speak(order: RoomOrder, seatId: SeatId, ssrc: number) {
  const seat = new PageSeat(media.url, signSeat({ meetingId: order.control.meetingId, seatId }));
  const refusal = await seat.connected();
  if (refusal !== null) throw new Error(refusal);
  const { plain } = await seat.enterPlain();
  if (plain === null) throw new Error('no plain offer');
  const venue = await PlainVenue.open(seat, { plain, ssrc, everyMs: 20 });
  return {
    seat,
    venue,
    [Symbol.dispose]: () => {
      venue[Symbol.dispose]();
      seat[Symbol.dispose]();
    },
  };
}

const told = (): readonly RecordedSegment[] =>
  media.centre.heard
    .filter(({ event }) => event === 'segments')
    // The media server's own words.
    .flatMap(({ word }) => word as RecordedSegment[]);

function fileOf({ meetingId, recordingId, seatId, no }: RecordedSegment): string {
  const name = `${String(no).padStart(6, '0')}.webm`;
  return join(media.config.dataDir, 'recordings', meetingId, recordingId, seatId, name);
}

/** Seconds of sound that can be decoded. */
async function secondsOf(file: string): Promise<number> {
  const count = ['-count_packets', '-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0'];
  const { stdout } = await run('ffprobe', ['-v', 'error', ...count, file]);
  return Number(stdout.trim()) / 50;
}

describe('a recorded meeting', () => {
  test('becomes segments of four seconds that play, are told once, and have the hash they are told with', async () => {
    const order = makeOrder(1, { isRecorded: true });
    media.centre.order(order);
    using speaker = await speak(order, order.venues[0] ?? '', 11);
    await eventually(() => (told().length >= 2 ? true : undefined), 20_000);
    media.centre.order(steered(order, { isRecorded: false }));
    const closed = await eventually(() => (told().length >= 3 ? told() : undefined));
    expect(closed.map(({ no }) => no)).toEqual(closed.map((_, at) => at));
    expect(new Set(closed.map(({ recordingId }) => recordingId)).size).toBe(1);
    for (const segment of closed) {
      const bytes = readFileSync(fileOf(segment));
      expect(bytes.length).toBe(segment.bytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(segment.sha256);
      expect(await secondsOf(fileOf(segment))).toBeCloseTo(segment.durationMs / 1000, 0);
    }
    expect(closed[0]?.durationMs).toBeGreaterThan(3_500);
    expect(closed[0]?.durationMs).toBeLessThan(4_500);
    expect(speaker.seat.words('over')).toEqual([]);
  });

  test('loses at most the open segment when its ffmpeg is killed, and goes on by itself', async () => {
    const order = makeOrder(1, { isRecorded: true });
    media.centre.order(order);
    using _speaker = await speak(order, order.venues[0] ?? '', 12);
    const first = await eventually(() => told()[0], 30_000);
    // The next one has more than its header on disk.
    const open = fileOf({ ...first, no: 1 });
    const size = () => statSync(open, { throwIfNoEntry: false })?.size ?? 0;
    await eventually(() => (size() > 900 ? true : undefined));
    for (const pid of childPids('ffmpeg')) process.kill(pid, 'SIGKILL');
    // The open one can be read too: it is told with what it has.
    await eventually(() => (told().length >= 2 ? true : undefined));
    await eventually(() => (told().length >= 3 ? true : undefined), 30_000);
    expect(told().map(({ no }) => no)).toEqual(told().map((_, at) => at));
    for (const segment of told()) expect(await secondsOf(fileOf(segment))).toBeGreaterThan(0);
  });

  test('tells after a restart what was closed and not acknowledged, and goes on in the same recording', async () => {
    media.centre.answer = ({ event }) => (event === 'segments' ? null : { ok: true });
    const order = makeOrder(1, { isRecorded: true });
    media.centre.order(order);
    using before = await speak(order, order.venues[0] ?? '', 13);
    const first = await eventually(() => told()[0], 15_000);
    // The next segment has a second of sound.
    const heardMs = performance.now();
    await eventually(() => (performance.now() - heardMs > 1_000 ? true : undefined));
    before.venue.stop();
    await media.stop();
    media.centre.heard.length = 0;
    media.centre.answer = () => ({ ok: true });
    await media.start();
    const again = await eventually(() => (told().length >= 2 ? told() : undefined), 15_000);
    expect(again[0]).toEqual(first);
    using _after = await speak(order, order.venues[0] ?? '', 14);
    const last = again.length;
    const next = await eventually(() => told()[last], 15_000);
    expect(next).toMatchObject({ recordingId: first.recordingId, no: last });
    await media.stop();
    await media.start();
    expect(told().filter(({ no }) => no === 0)).toHaveLength(1);
  });
});
