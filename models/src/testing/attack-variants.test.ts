import { expect, test } from 'vitest';
import type { RgbFrame } from '#domain/face.ts';
import { ATTACK_MOTIONS, heldUpPhotographs, motionOf } from '#testing/attack-variants.ts';
import { renderCard } from '#testing/render-card.ts';

const filled = (width: number, height: number, rgb: readonly number[]): RgbFrame => ({
  width,
  height,
  pixels: new Uint8Array(width * height * 3).map((_, i) => rgb[i % 3] ?? 0),
});
const photo = filled(80, 60, [200, 40, 40]);
const scene = filled(160, 120, [20, 20, 220]);
const isPhoto = ({ pixels }: RgbFrame, at: number): boolean => (pixels[at * 3] ?? 0) > 90;
/** Share of the frame that shows the photograph. */
function share(frame: RgbFrame): number {
  const count = frame.width * frame.height;
  let shown = 0;
  for (let at = 0; at < count; at++) if (isPhoto(frame, at)) shown++;
  return shown / count;
}
const heldUp = (options: Parameters<typeof heldUpPhotographs>[2]): readonly RgbFrame[][] =>
  heldUpPhotographs(photo, scene, options).map((frames) => [...frames]);
const bytes = (sequences: readonly (readonly RgbFrame[])[]): string[] =>
  sequences.flat().map(({ pixels }) => Buffer.from(pixels).toString('base64'));

test('the same seed gives the same frames, another seed others, and no two frames are equal', () => {
  const options = { variants: 6, framesEach: 4, seed: 7 };
  const sequences = heldUp(options);
  expect(sequences.map((frames) => frames.length)).toEqual([4, 4, 4, 4, 4, 4]);
  const all = bytes(sequences);
  expect(new Set(all).size).toBe(24);
  expect(bytes(heldUp(options)).join() === all.join()).toBe(true);
  const others = bytes(heldUp({ ...options, seed: 8 }));
  expect(others.some((each) => all.includes(each))).toBe(false);
});

test('the photograph covers the middle of every frame, and a turn makes it narrower for a while', () => {
  const sequences = heldUp({ variants: 18, framesEach: 5, seed: 3 });
  for (const frame of sequences.flat()) {
    expect([frame.width, frame.height]).toEqual([160, 120]);
    expect(isPhoto(frame, 60 * 160 + 80)).toBe(true);
  }
  const turns = sequences.filter((_, i) => motionOf(i) === 'turn');
  expect(turns).toHaveLength(18 / ATTACK_MOTIONS.length);
  for (const [first, , middle] of turns) {
    expect(share(middle ?? scene)).toBeLessThan(share(first ?? scene));
  }
});

test('a card turned by 60° looks half as wide, and its nearer edge is the longer one', () => {
  const pose = { x: 80, y: 60, heightPx: 60, yawDeg: 0, tiltDeg: 0, rollDeg: 0, bend: 0 };
  const light = { gain: 1, slope: 0, lift: 0, warmth: 1 };
  const straight = renderCard(scene, photo, { pose, light });
  const turned = renderCard(scene, photo, { pose: { ...pose, yawDeg: 60 }, light });
  const row = (frame: RgbFrame): number[] =>
    Array.from({ length: 160 }, (_, x) => x).filter((x) => isPhoto(frame, 60 * 160 + x));
  const column = (frame: RgbFrame, x: number): number =>
    Array.from({ length: 120 }, (_, y) => y).filter((y) => isPhoto(frame, y * 160 + x)).length;
  expect(Math.abs(row(straight).length - 80)).toBeLessThan(3);
  expect(row(turned).length).toBeGreaterThan(34);
  expect(row(turned).length).toBeLessThan(48);
  const [left = 0, right = 0] = [row(turned).at(0), row(turned).at(-1)];
  expect(Math.abs(column(turned, left + 1) - column(turned, right - 1))).toBeGreaterThan(5);
});
