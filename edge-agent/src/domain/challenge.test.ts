import { expect, test } from 'vitest';
import { drawChallenge, drawOf } from '#domain/challenge.ts';

test('each challenge is drawn as often as the others', () => {
  const drawn = Array.from({ length: 300 }, (_, i) => drawChallenge(i / 300));
  for (const challenge of ['blink', 'turn-left', 'turn-right']) {
    expect(drawn.filter((each) => each === challenge)).toHaveLength(100);
  }
});

test('each challenge can be drawn on purpose', () => {
  for (const challenge of ['blink', 'turn-left', 'turn-right'] as const) {
    expect(drawChallenge(drawOf(challenge))).toBe(challenge);
  }
});
