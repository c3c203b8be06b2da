import type { Box, Point } from '#domain/face.ts';
import { clip } from '#domain/boxes.ts';
import { middle } from '#domain/middle.ts';

/** A square of this many eye widths around an eye: what the eye network was trained with. */
const EYE_WIDTHS = 1.6;
const EYES = [
  { corners: [36, 39], lids: [37, 38, 40, 41] },
  { corners: [42, 45], lids: [43, 44, 46, 47] },
] as const;

/** The squares around both eyes, left and right as seen in the picture, inside the frame. */
export function eyeBoxes(
  landmarks: readonly Point[],
  frame: { width: number; height: number },
): [Box, Box] {
  return [eyeBox(landmarks, { eye: EYES[0], frame }), eyeBox(landmarks, { eye: EYES[1], frame })];
}

function eyeBox(
  landmarks: readonly Point[],
  { eye, frame }: { eye: (typeof EYES)[number]; frame: { width: number; height: number } },
): Box {
  const centre = middle(landmarks, eye.lids);
  const [outer, inner] = [middle(landmarks, [eye.corners[0]]), middle(landmarks, [eye.corners[1]])];
  const side = Math.abs(inner.x - outer.x) * EYE_WIDTHS;
  return clip({ x: centre.x - side / 2, y: centre.y - side / 2, width: side, height: side }, frame);
}
