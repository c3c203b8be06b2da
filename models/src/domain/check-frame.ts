import type { RgbFrame } from '#domain/face.ts';

/** Why a frame cannot be read, in words; null when it can. */
export function frameFault(
  { width, height, pixels }: RgbFrame,
  limits: { framePixels: number; frameSidePx: number },
): string | null {
  if (!Number.isInteger(width) || !Number.isInteger(height))
    return `a frame of ${width}×${height} is none`;
  if (Math.min(width, height) < limits.frameSidePx) {
    return `a frame of ${width}×${height} is too small, a side needs ${limits.frameSidePx} pixels`;
  }
  if (width * height > limits.framePixels) {
    return `a frame of ${width}×${height} is over the limit framePixels = ${limits.framePixels}: scale it down`;
  }
  if (pixels.length !== width * height * 3) {
    return `a frame of ${width}×${height} needs ${width * height * 3} bytes of RGB, it has ${pixels.length}`;
  }
  return null;
}
