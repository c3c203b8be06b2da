import type { Point } from '#domain/face.ts';
import { middle } from '#domain/middle.ts';

/** Where the five points of an aligned face lie in a picture of 112×112 (the ArcFace template). */
const TEMPLATE_SIDE_PX = 112;
const TEMPLATE: readonly Point[] = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];

// iBUG numbering. An eye's middle is that of its four lid points, a mouth corner's that of outer and inner lip.
const FIVE: readonly (readonly number[])[] = [
  [37, 38, 40, 41],
  [43, 44, 46, 47],
  [30],
  [48, 60],
  [54, 64],
];

/** Eyes, nose tip and mouth corners out of the 68 landmarks. */
export function fivePoints(landmarks: readonly Point[]): Point[] {
  return FIVE.map((indices) => middle(landmarks, indices));
}

/** Where the five points belong in an aligned picture of the given side. */
export function alignedFivePoints(sidePx: number): Point[] {
  const scale = sidePx / TEMPLATE_SIDE_PX;
  return TEMPLATE.map(({ x, y }) => ({ x: x * scale, y: y * scale }));
}
