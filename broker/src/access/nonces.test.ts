import { describe, expect, test } from 'vitest';
import { Nonces } from '#access/nonces.ts';

function openNonces(total = 100) {
  const clock = { nowMs: 0 };
  let counter = 0;
  const nonces = new Nonces({
    lifeMs: 60_000,
    perSource: 3,
    total,
    nowMs: () => clock.nowMs,
    random: () => `n${(counter += 1)}`,
  });
  return { clock, nonces };
}

describe('a nonce', () => {
  test('is good once, for the source it was issued to', () => {
    const { nonces } = openNonces();
    const nonce = nonces.issue('a');
    expect(nonces.consume('b', nonce)).toBe(false);
    expect(nonces.consume('a', nonce)).toBe(true);
    expect(nonces.consume('a', nonce)).toBe(false);
  });

  test('ends after its minute and leaves nothing behind', () => {
    const { clock, nonces } = openNonces();
    const nonce = nonces.issue('a');
    clock.nowMs = 60_000;
    expect(nonces.consume('a', nonce)).toBe(false);
    nonces.issue('b');
    clock.nowMs = 120_001;
    nonces.issue('c');
    expect(nonces.size).toBe(1);
  });

  test('makes a source that asks too often lose its own oldest, nobody else’s', () => {
    const { nonces } = openNonces();
    const honest = nonces.issue('honest');
    const greedy = [1, 2, 3, 4].map(() => nonces.issue('greedy'));
    expect(greedy.map((nonce) => nonces.consume('greedy', nonce))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(nonces.consume('honest', honest)).toBe(true);
  });

  test('is kept in bounded number over all sources', () => {
    const { nonces } = openNonces(10);
    for (let index = 0; index < 1_000; index += 1) nonces.issue(`s${index}`);
    expect(nonces.size).toBe(10);
  });
});
