import type { Point, RgbFrame } from '#domain/face.ts';
import { alignedFivePoints, fivePoints } from '#domain/five-points.ts';
import type { Picture } from '#domain/picture.ts';
import {
  fitSimilarity,
  invertSimilarity,
  type SimilarityTransform,
} from '#domain/similarity-transform.ts';

/** The face upright and of one size: eyes, nose and mouth where the embedding network expects them. Black beyond the frame. */
export function alignFace(frame: RgbFrame, landmarks: readonly Point[], sidePx: number): Picture {
  const back = invertSimilarity(fitSimilarity(fivePoints(landmarks), alignedFivePoints(sidePx)));
  const planes = new Float32Array(sidePx * sidePx * 3);
  for (let y = 0; y < sidePx; y++) warpRow(frame, { back, y, sidePx, planes });
  return { width: sidePx, height: sidePx, planes };
}

function warpRow(
  { width, height, pixels }: RgbFrame,
  {
    back,
    y,
    sidePx,
    planes,
  }: { back: SimilarityTransform; y: number; sidePx: number; planes: Float32Array },
): void {
  const plane = sidePx * sidePx;
  const stride = width * 3;
  for (let x = 0, to = y * sidePx; x < sidePx; x++, to++) {
    const fromX = back.a * x - back.b * y + back.tx;
    const fromY = back.b * x + back.a * y + back.ty;
    const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
    if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
    const [right, below] = [fromX - left, fromY - top];
    for (let channel = 0, a = top * stride + left * 3; channel < 3; channel++, a++) {
      const c = a + stride;
      const upper = (pixels[a] ?? 0) * (1 - right) + (pixels[a + 3] ?? 0) * right;
      const lower = (pixels[c] ?? 0) * (1 - right) + (pixels[c + 3] ?? 0) * right;
      planes[to + channel * plane] = upper * (1 - below) + lower * below;
    }
  }
}
