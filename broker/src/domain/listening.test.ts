import { describe, expect, test } from 'vitest';
import { afterWriting, type Listening } from './listening.ts';

const start: Listening = { since: '2026-11-26T01:00:00.000Z', databaseAwaySince: null };
const at = (second: number) => `2026-11-26T02:00:${String(second).padStart(2, '0')}.000Z`;

function after(...tries: readonly (readonly [ok: boolean, second: number])[]): Listening {
  return tries.reduce<Listening>(
    (listening, [ok, second]) => afterWriting(listening, { ok, at: at(second) }, 20_000),
    start,
  );
}

describe('since when a broker listens', () => {
  test('does not change while it can write', () => {
    expect(after([true, 0], [true, 5])).toEqual(start);
  });

  test('does not change after a moment without the database', () => {
    expect(after([false, 0], [false, 5], [true, 10])).toEqual(start);
  });

  test('is the return of a database that was away for long, counted from the first failure', () => {
    expect(after([false, 0], [false, 25], [true, 30])).toEqual({
      since: at(30),
      databaseAwaySince: null,
    });
  });

  test('counts each absence by itself', () => {
    expect(after([false, 0], [true, 15], [false, 16], [true, 31])).toEqual(start);
  });
});
