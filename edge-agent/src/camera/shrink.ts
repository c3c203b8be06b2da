import type { RgbFrame } from '@sightline/models';

/** A frame no wider than `widthPx`, every n-th pixel: enough to see oneself in. */
export function shrink(frame: RgbFrame, widthPx: number): RgbFrame {
  const step = Math.ceil(frame.width / widthPx);
  if (step <= 1) return frame;
  const width = Math.floor(frame.width / step);
  const height = Math.floor(frame.height / step);
  const pixels = new Uint8Array(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = y * step * frame.width * 3;
    for (let x = 0; x < width; x++) {
      pixels[to] = frame.pixels[from] ?? 0;
      pixels[to + 1] = frame.pixels[from + 1] ?? 0;
      pixels[to + 2] = frame.pixels[from + 2] ?? 0;
      to += 3;
      from += step * 3;
    }
  }
  return { width, height, pixels };
}
