import { alignFace } from '#domain/align.ts';
import {
  byProminence,
  clip,
  offCentre,
  squareInside,
  suppressOverlaps,
  widen,
  type ScoredBox,
} from '#domain/boxes.ts';
import { decodeBoxes } from '#domain/decode-boxes.ts';
import { eyeBoxes } from '#domain/eye-boxes.ts';
import { measurePicture } from '#domain/face-quality.ts';
import { headPose } from '#domain/head-pose.ts';
import { networkInput } from '#domain/network-input.ts';
import type { Picture } from '#domain/picture.ts';
import { resize } from '#domain/resize.ts';
import { softmax } from '#domain/softmax.ts';
import { unitLength } from '#domain/unit-length.ts';
import type { Box, FaceQuality, HeadPose, Point, RgbFrame } from '#domain/face.ts';
import { LIMITS } from '#limits.ts';
import type { Network } from '#reader/load-network.ts';

/** The pose network was trained with a border of a quarter of the face on each side. */
const POSE_BORDER = 0.25;
const NO_NUMBERS = new Float32Array();

/** Faces of the frame, the most prominent first. */
export async function detect(
  network: Network,
  { frame, threshold }: { frame: RgbFrame; threshold: number },
): Promise<ScoredBox[]> {
  const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
  const { scores = NO_NUMBERS, boxes = NO_NUMBERS } = await runOn(network, { frame, box: whole });
  const candidates = decodeBoxes(
    { scores, boxes },
    { frame, threshold, most: LIMITS.boxCandidates },
  );
  const inside = suppressOverlaps(candidates, LIMITS.facesPerFrame).map((box) => ({
    ...box,
    ...clip(box, frame),
  }));
  return byProminence(inside, frame).filter(({ width, height }) => width >= 1 && height >= 1);
}

export async function findLandmarks(
  network: Network,
  { frame, box }: { frame: RgbFrame; box: Box },
): Promise<Point[]> {
  const { points = NO_NUMBERS } = await runOn(network, { frame, box });
  return Array.from({ length: points.length / 2 }, (_, i) => ({
    x: box.x + (points[i * 2] ?? 0) * box.width,
    y: box.y + (points[i * 2 + 1] ?? 0) * box.height,
  }));
}

export async function readPose(
  network: Network,
  { frame, box }: { frame: RgbFrame; box: Box },
): Promise<HeadPose> {
  const bordered = clip(widen(box, POSE_BORDER), frame);
  const {
    yaw = NO_NUMBERS,
    pitch = NO_NUMBERS,
    roll = NO_NUMBERS,
  } = await runOn(network, { frame, box: bordered });
  return headPose({ yaw, pitch, roll });
}

export function align(frame: RgbFrame, landmarks: readonly Point[], sidePx: number): Picture {
  return alignFace(frame, landmarks, sidePx);
}

export function measureQuality(
  aligned: Picture,
  { box, frame }: { box: ScoredBox; frame: RgbFrame },
): FaceQuality {
  return {
    score: box.score,
    sizePx: Math.min(box.width, box.height),
    offCentre: offCentre(box, frame),
    ...measurePicture(aligned),
  };
}

/** The template of an aligned face. @throws Error when the network gives another length than the manifest says. */
export async function embed(
  network: Network,
  { aligned, length }: { aligned: Picture; length: number },
): Promise<Float32Array> {
  const { template = NO_NUMBERS } = await network.run(
    networkInput(aligned, network.input, network.scratch.input),
  );
  if (template.length !== length) {
    throw new Error(
      `the embedding network gave ${template.length} numbers, the manifest says ${length}`,
    );
  }
  return unitLength(template);
}

/** Probability that the face is alive, judged with what surrounds it: that betrays the edge of a print or a screen. */
export async function readLiveness(
  network: Network,
  { frame, box, cropHeights }: { frame: RgbFrame; box: Box; cropHeights: number },
): Promise<number> {
  const square = squareInside(box, cropHeights, frame);
  const { logits = NO_NUMBERS } = await runOn(network, { frame, box: square });
  return softmax(logits)[0] ?? 0;
}

/** Probability that each eye is closed. */
export async function readEyes(
  network: Network,
  { frame, landmarks }: { frame: RgbFrame; landmarks: readonly Point[] },
): Promise<[number, number]> {
  const [left, right] = eyeBoxes(landmarks, frame);
  return [
    await readEye(network, { frame, box: left }),
    await readEye(network, { frame, box: right }),
  ];
}

async function readEye(
  network: Network,
  { frame, box }: { frame: RgbFrame; box: Box },
): Promise<number> {
  // An eye outside the picture, or a profile that hides it, has no open eye to show.
  if (box.width < 1 || box.height < 1) return 1;
  const { logits = NO_NUMBERS } = await runOn(network, { frame, box });
  return softmax(logits)[0] ?? 0;
}

function runOn(
  network: Network,
  { frame, box }: { frame: RgbFrame; box: Box },
): Promise<Record<string, Float32Array>> {
  const { input, scratch } = network;
  const { width, height } = input;
  const picture = resize(frame, box, { width, height, planes: scratch.planes });
  return network.run(networkInput(picture, input, scratch.input));
}
