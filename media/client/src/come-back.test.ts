import { expect, test } from 'vitest';
import { ComeBack } from '#come-back.ts';
import { clientLimits } from '#limits.ts';

test('a page that is lost again and again waits longer each time, until a stay was sound', () => {
  const comeBack = new ComeBack(() => 0);
  const short = clientLimits.soundMs - 1;
  const waits = [0, short, short, short].map((stayedMs) => comeBack.waitMs(stayedMs));
  expect(waits).toEqual([250, 500, 1_000, 2_000]);
  expect(comeBack.waitMs(clientLimits.soundMs)).toBe(250);
  for (let n = 0; n < 20; n += 1) comeBack.waitMs(short);
  expect(comeBack.waitMs(short)).toBe(clientLimits.retry.lastMs / 2);
});
