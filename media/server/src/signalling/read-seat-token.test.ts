import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signSeat, testSecret } from '#testing/orders.ts';
import { readSeatToken, seatTokenKey } from './read-seat-token.ts';

const key = seatTokenKey(testSecret);
const nowMs = 1_800_000_000_000;
const until = nowMs / 1000;
const claims = { meetingId: randomUUID(), seatId: 'venue-510115100001', until };
const read = (token: unknown, at = nowMs) => readSeatToken(token, { key, nowMs: at });

describe('a seat token', () => {
  test('opens its seat until its time, and not a second longer', () => {
    const token = signSeat(claims);
    expect(read(token)).toEqual({ v: 1, ...claims });
    expect(read(token, nowMs + 1)).toBe('stale-token');
  });

  test('is forged with any other secret, or after any change', () => {
    expect(read(signSeat(claims, 'another secret, which is long enough too'))).toBe('bad-token');
    const token = signSeat(claims);
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom('A', 'B', 'x', 'y', '0', '9', '-', '_', '.'),
        (at, letter) => {
          if (token[at] === letter) return;
          const forged = token.slice(0, at) + letter + token.slice(at + 1);
          // The last letter of a signature has two bits that mean nothing.
          if (at === token.length - 1) return;
          expect(read(forged)).toBe('bad-token');
        },
      ),
    );
  });

  test('is nothing but a text of its form', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(read(value)).toBe('bad-token');
      }),
    );
  });
});
