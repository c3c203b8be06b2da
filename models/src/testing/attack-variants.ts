import type { RgbFrame } from '#domain/face.ts';
import { mountPhotograph, shrinkTo } from '#testing/mount-photograph.ts';
import { renderCard, type CardLight, type CardPose } from '#testing/render-card.ts';
import { seeded } from '#testing/seeded.ts';

/** What the hand does with the photograph during a sequence; each variant takes the next one. */
export const ATTACK_MOTIONS = ['hold', 'turn', 'shift', 'tilt', 'zoom', 'bend'] as const;
export type AttackMotion = (typeof ATTACK_MOTIONS)[number];

/** What is held: a print cut at its edge, one with a white border, a telephone's screen; changes after each round of motions. */
export const ATTACK_MOUNTS = ['cut', 'white-border', 'phone'] as const;

/** The motion of the variant with that index. */
export function motionOf(variant: number): AttackMotion {
  return ATTACK_MOTIONS[variant % ATTACK_MOTIONS.length] ?? 'hold';
}

/** Largest angle of a `turn`: as far as an attacker imitates a turned head. */
const TURN_DEG = { least: 24, most: 42 } as const;
/** Noise of a sensor, ± so many of 255: no two frames are equal. */
const NOISE = 5;
/** What each byte becomes with each of 256 strengths of it, reckoned once: `strength << 8 | byte`. */
const NOISY = Uint8Array.from({ length: 256 * 256 }, (_, at) => {
  const value = (at & 255) + ((at >> 8) / 255 - 0.5) * 2 * NOISE;
  return Math.max(0, Math.min(255, Math.round(value)));
});

type Between = (least: number, most: number) => number;

/**
 * Sequences of frames in which a photograph is held before the camera: the first frame faces it, then the hand moves.
 * Every `ATTACK_MOTIONS.length` variants hold it in another way (`ATTACK_MOUNTS`); place, size, light and path come from the seed.
 * A `turn` goes out and back about the vertical axis, first to one side, in the next round to the other.
 * Frames are drawn as they are taken; each sequence can be taken once.
 * @param photo the still that was printed; @param scene what the camera sees behind it; gives its size to the frames.
 */
export function heldUpPhotographs(
  photo: RgbFrame,
  scene: RgbFrame,
  options: { readonly variants: number; readonly framesEach: number; readonly seed: number },
): readonly Iterable<RgbFrame>[] {
  const cards = ATTACK_MOUNTS.map((mount) =>
    mountPhotograph(shrinkTo(photo, scene.height * 1.5), mount),
  );
  return Array.from({ length: options.variants }, (_, variant) => {
    const random = seeded(options.seed * 1000 + variant);
    const round = Math.floor(variant / ATTACK_MOTIONS.length);
    const card = cards[round % cards.length] ?? photo;
    const side = round % 2 === 0 ? 1 : -1;
    return holdUp(card, {
      scene,
      random,
      motion: motionOf(variant),
      side,
      frames: options.framesEach,
    });
  });
}

function* holdUp(
  card: RgbFrame,
  how: {
    scene: RgbFrame;
    random: () => number;
    motion: AttackMotion;
    side: number;
    frames: number;
  },
): Generator<RgbFrame> {
  const { scene, random, motion, side, frames } = how;
  const between: Between = (least, most) => least + (most - least) * random();
  const start = firstPose(scene, between);
  const light = firstLight(between);
  const reach = between(0, 1);
  for (let i = 0; i < frames; i++) {
    // Out and back: 0 at the first frame, 1 in the middle of the sequence.
    const out = frames > 1 ? Math.sin((Math.PI * i) / (frames - 1)) : 0;
    const moved = move(start, { motion, out, side, reach });
    const pose = i === 0 ? moved : tremble(moved, between);
    yield addNoise(renderCard(scene, card, { pose, light }), random);
  }
}

function firstPose({ width, height }: RgbFrame, between: Between): CardPose {
  return {
    x: width * between(0.46, 0.54),
    y: height * between(0.46, 0.54),
    heightPx: height * between(0.72, 1.25),
    yawDeg: between(-4, 4),
    tiltDeg: between(-5, 5),
    rollDeg: between(-4, 4),
    bend: between(-0.03, 0.03),
  };
}

function firstLight(between: Between): CardLight {
  return {
    gain: between(0.75, 1.12),
    slope: between(-0.25, 0.25),
    lift: between(0, 24),
    warmth: between(0.94, 1.06),
  };
}

function move(
  pose: CardPose,
  { motion, out, side, reach }: { motion: AttackMotion; out: number; side: number; reach: number },
): CardPose {
  const far = out * side;
  if (motion === 'turn') {
    const most = TURN_DEG.least + (TURN_DEG.most - TURN_DEG.least) * reach;
    return { ...pose, yawDeg: pose.yawDeg + far * most };
  }
  if (motion === 'shift') return { ...pose, x: pose.x + far * pose.heightPx * (0.1 + 0.1 * reach) };
  if (motion === 'tilt') return { ...pose, tiltDeg: pose.tiltDeg + far * (12 + 16 * reach) };
  if (motion === 'zoom')
    return { ...pose, heightPx: pose.heightPx * (1 + far * (0.1 + 0.15 * reach)) };
  if (motion === 'bend') {
    return { ...pose, bend: far * (0.08 + 0.14 * reach), yawDeg: pose.yawDeg + far * 25 * reach };
  }
  return pose;
}

/** The hand is never still. */
function tremble(pose: CardPose, between: Between): CardPose {
  return {
    ...pose,
    x: pose.x + between(-2, 2),
    y: pose.y + between(-2, 2),
    yawDeg: pose.yawDeg + between(-1.5, 1.5),
    tiltDeg: pose.tiltDeg + between(-1.5, 1.5),
    rollDeg: pose.rollDeg + between(-1, 1),
  };
}

function addNoise(frame: RgbFrame, random: () => number): RgbFrame {
  let state = Math.floor(random() * 2 ** 32) | 1;
  const { pixels } = frame;
  for (let i = 0; i < pixels.length; i++) {
    // xorshift32: a call of the seeded numbers for each byte would take most of the time.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    pixels[i] = NOISY[((state & 255) << 8) | (pixels[i] ?? 0)] ?? 0;
  }
  return frame;
}
