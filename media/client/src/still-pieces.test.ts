import { meetingLimits, type SignalWords } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StillPieces } from '#still-pieces.ts';

type Piece = Parameters<SignalWords['still']>[0];

const seatId = 'venue-540235100201';

function cut(jpeg: Uint8Array<ArrayBuffer>, pieceBytes: number, at: number): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < jpeg.length; from += pieceBytes) {
    const bytes = jpeg.slice(from, from + pieceBytes).buffer;
    pieces.push({ seatId, source: 'camera', at, from, of: jpeg.length, jpeg: bytes });
  }
  return pieces;
}

test('what was cut is whole again; of what was left in the middle, or lost a piece, nothing is shown', () => {
  const still = fc.record({
    jpeg: fc.uint8Array({ minLength: 1, maxLength: 200 }),
    pieceBytes: fc.integer({ min: 1, max: 80 }),
    /** Which piece is lost; beyond the last: none. */
    lost: fc.nat(8),
    isLeft: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(still, { maxLength: 6 }), (stills) => {
      const pieces = new StillPieces();
      const shown: number[][] = [];
      const whole: number[][] = [];
      stills.forEach(({ jpeg, pieceBytes, lost, isLeft }, at) => {
        const all = cut(Uint8Array.from(jpeg), pieceBytes, at);
        const come = isLeft
          ? all.slice(0, Math.min(lost, all.length - 1))
          : all.filter((_, n) => n !== lost);
        if (come.length === all.length) whole.push([...jpeg]);
        for (const piece of come) {
          const done = pieces.take(piece);
          if (done !== null) shown.push([...new Uint8Array(done)]);
        }
      });
      expect(shown).toEqual(whole);
    }),
    { numRuns: 2_000, seed: 20261128 },
  );
});

test('no more is kept than a still may have', () => {
  const pieces = new StillPieces();
  const of = meetingLimits.stillBytes.camera + 1;
  const far = { seatId, source: 'camera', at: 1, from: 0, of, jpeg: new ArrayBuffer(of) } as const;
  expect(pieces.take(far)).toBeNull();
  expect(pieces.take({ ...far, of: 4 })).toBeNull();
  expect(pieces.take({ ...far, of: 4, jpeg: new ArrayBuffer(4) })).not.toBeNull();
});
