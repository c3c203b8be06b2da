import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullPace, takeFrame } from '#domain/frame-pace.ts';

const rule = { framesPerS: 10, burst: 5 };

test('however frames arrive, no more pass than the burst and the pace allow', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 300 }), (waits) => {
      let pace = fullPace(rule, 0);
      let nowMs = 0;
      let passed = 0;
      for (const wait of waits) {
        nowMs += wait;
        const taken = takeFrame(pace, rule, nowMs);
        pace = taken.pace;
        if (taken.passes) passed += 1;
      }
      expect(passed).toBeLessThanOrEqual(rule.burst + (nowMs / 1000) * rule.framesPerS + 1e-6);
    }),
    { seed: 9 },
  );
});

test('a camera that keeps the pace loses nothing', () => {
  let pace = fullPace(rule, 0);
  for (let nowMs = 0; nowMs < 10_000; nowMs += 125) {
    const taken = takeFrame(pace, rule, nowMs);
    expect(taken.passes).toBe(true);
    pace = taken.pace;
  }
});
