import { venueSeat } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gapsOf, nextSound, pieceAt, timelineOf } from './timeline.ts';

const [one, two] = [venueSeat('540235100201'), venueSeat('540235100202')];
const start = Temporal.Instant.from('2026-11-27T01:00:00.000Z');
const segment = (seatId: string, no: number, [atMs, durationMs]: readonly [number, number]) => ({
  seatId,
  no,
  from: start.add({ milliseconds: atMs }).toString({ fractionalSecondDigits: 3 }),
  durationMs,
  bytes: 1,
  hasVideo: true,
});

test('segments of all venues stand on one clock, with their gaps', () => {
  const timeline = timelineOf([
    segment(two, 0, [8_000, 4_000]),
    segment(one, 1, [4_000, 4_000]),
    segment(one, 0, [0, 4_000]),
    segment(one, 2, [20_000, 4_000]),
  ]);
  expect(timeline?.startMs).toBe(start.epochMilliseconds);
  expect(timeline?.lengthMs).toBe(24_000);
  const track = timeline?.tracks.find(({ seatId }) => seatId === one);
  if (track === undefined) throw new Error('no track');
  expect(track.pieces.map(({ no }) => no)).toEqual([0, 1, 2]);
  expect(gapsOf(track, 24_000)).toEqual([{ fromMs: 8_000, untilMs: 20_000 }]);
  expect(pieceAt(track, 3_999)?.no).toBe(0);
  expect(pieceAt(track, 4_000)?.no).toBe(1);
  expect(pieceAt(track, 9_000)).toBeNull();
  expect(nextSound(track, 9_000)).toBe(20_000);
  expect(nextSound(track, 21_000)).toBe(21_000);
  expect(nextSound(track, 24_000)).toBeNull();
});

test('nothing recorded has no clock', () => {
  expect(timelineOf([])).toBeNull();
});

test('whatever the segments, pieces never overlap, and a moment is in a piece or in a gap', () => {
  const spans = fc.array(fc.tuple(fc.nat(60_000), fc.integer({ min: 1, max: 9_000 })), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(spans, fc.nat(70_000), (found, atMs) => {
      const timeline = timelineOf(found.map((span, no) => segment(one, no, span)));
      const track = timeline?.tracks[0];
      if (timeline === null || track === undefined) throw new Error('no track');
      track.pieces.forEach((piece, at) => {
        expect(piece.untilMs).toBeGreaterThan(piece.fromMs);
        expect(piece.fromMs).toBeGreaterThanOrEqual(track.pieces[at - 1]?.untilMs ?? 0);
        expect(piece.fileMs).toBeLessThanOrEqual(piece.fromMs);
      });
      const next = nextSound(track, atMs);
      if (next !== null) expect(pieceAt(track, next)).not.toBeNull();
      if (pieceAt(track, atMs) !== null) expect(next).toBe(atMs);
    }),
    { numRuns: 2_000 },
  );
});
