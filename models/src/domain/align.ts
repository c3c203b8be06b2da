import type { Point, RgbFrame } from '#face.ts';
import { alignedFivePoints, fivePoints } from '#domain/five-points.ts';
import type { Picture } from '#domain/resize.ts';
import { fitSimilarity, invertSimilarity } from '#domain/similarity-transform.ts';

/** The face upright and of one size: eyes, nose and mouth where the embedding network expects them. Black beyond the frame. */
export function alignFace(frame: RgbFrame, landmarks: readonly Point[], sidePx: number): Picture {
  const forward = fitSimilarity(fivePoints(landmarks), alignedFivePoints(sidePx));
  const back = invertSimilarity(forward);
  const out = new Float32Array(sidePx * sidePx * 3);
  for (let y = 0, to = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++, to += 3) {
      sample(frame, {
        x: back.a * x - back.b * y + back.tx,
        y: back.b * x + back.a * y + back.ty,
        out,
        to,
      });
    }
  }
  return { width: sidePx, height: sidePx, pixels: out };
}

function sample(
  frame: RgbFrame,
  at: { x: number; y: number; out: Float32Array; to: number },
): void {
  const { width, height, pixels } = frame;
  const left = Math.floor(at.x);
  const top = Math.floor(at.y);
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return;
  const [right, below] = [at.x - left, at.y - top];
  const a = (top * width + left) * 3;
  const c = a + width * 3;
  for (let channel = 0; channel < 3; channel++) {
    const upperLeft = pixels[a + channel] ?? 0;
    const lowerLeft = pixels[c + channel] ?? 0;
    const upper = upperLeft + ((pixels[a + 3 + channel] ?? 0) - upperLeft) * right;
    const lower = lowerLeft + ((pixels[c + 3 + channel] ?? 0) - lowerLeft) * right;
    at.out[at.to + channel] = upper + (lower - upper) * below;
  }
}
