import type { Guide } from '@sightline/contracts';
import { faceLimits } from '#domain/face-limits.ts';
import type { FrameSize, MeasuredFace, SeenFrame } from '#domain/read-face.ts';

/** The one face of a frame that may be compared, or what the person should do first. */
export type UsableFace<F extends MeasuredFace> =
  | { readonly face: F; readonly guide: null }
  | { readonly face: null; readonly guide: Guide };

/** `faces` as the reader gives them: the largest and most central first. */
export function usableFace<F extends MeasuredFace>(
  faces: readonly F[],
  frame: SeenFrame,
): UsableFace<F> {
  const [first, ...others] = faces;
  if (first === undefined)
    return { face: null, guide: frame.isDark ? 'too-dark' : 'look-at-camera' };
  if (others.some((other) => standsBeside(other, first))) {
    return { face: null, guide: 'one-person-only' };
  }
  const guide = isUsable(first, frame);
  return guide === null ? { face: first, guide } : { face: null, guide };
}

/** Null when the face may be compared; else the one thing to do next. What is no number passes nothing. */
export function isUsable(face: MeasuredFace, frame: FrameSize): Guide | null {
  const size = face.quality.sizePx / frame.height;
  const { brightness, sharpness } = face.quality;
  if (!(size <= faceLimits.largestFace)) return 'step-back';
  if (!isInOval(face, frame)) return 'look-at-camera';
  if (!(size >= faceLimits.smallestFace)) return 'come-closer';
  if (!(brightness >= faceLimits.darkest)) return 'too-dark';
  if (!(brightness <= faceLimits.brightest)) return 'too-bright';
  if (!looksAhead(face)) return 'face-the-camera';
  return sharpness >= faceLimits.blurriest ? null : 'hold-still';
}

function isInOval(face: MeasuredFace, frame: FrameSize): boolean {
  const dx = (face.box.x + face.box.width / 2 - frame.width / 2) / frame.height;
  const dy = (face.box.y + face.box.height / 2 - frame.height / 2) / frame.height;
  return (dx / faceLimits.ovalHalfWidth) ** 2 + (dy / faceLimits.ovalHalfHeight) ** 2 <= 1;
}

function looksAhead({ pose }: MeasuredFace): boolean {
  return (
    Math.abs(pose.yawDeg) <= faceLimits.yawDeg &&
    Math.abs(pose.pitchDeg) <= faceLimits.pitchDeg &&
    Math.abs(pose.rollDeg) <= faceLimits.rollDeg
  );
}

/** The detector sees more than one face in some portraits: one inside the other is the same person. */
function standsBeside(other: MeasuredFace, first: MeasuredFace): boolean {
  if (other.quality.sizePx < first.quality.sizePx * faceLimits.secondFace) return false;
  const x = other.box.x + other.box.width / 2;
  const y = other.box.y + other.box.height / 2;
  const { box } = first;
  return x < box.x || x > box.x + box.width || y < box.y || y > box.y + box.height;
}
