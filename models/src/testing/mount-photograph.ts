import type { RgbFrame } from '#domain/face.ts';

/** Widths of the border as shares of the photograph's height, and its colour. */
const MOUNTS = {
  cut: null,
  'white-border': { side: 0.06, end: 0.06, grey: 238 },
  // A telephone on its long side: narrow above and below, broader where camera and button are.
  phone: { side: 0.1, end: 0.035, grey: 14 },
} as const;

/** A photograph as it is held up: cut at its edge, with a white border, or on a telephone's screen. */
export function mountPhotograph(photo: RgbFrame, mount: keyof typeof MOUNTS): RgbFrame {
  const border = MOUNTS[mount];
  if (border === null) return photo;
  const [side, end] = [border.side, border.end].map((share) => Math.round(share * photo.height));
  const [left, top] = [side ?? 0, end ?? 0];
  const [width, height] = [photo.width + 2 * left, photo.height + 2 * top];
  const pixels = new Uint8Array(width * height * 3).fill(border.grey);
  for (let y = 0; y < photo.height; y++) {
    const row = photo.pixels.subarray(y * photo.width * 3, (y + 1) * photo.width * 3);
    pixels.set(row, ((y + top) * width + left) * 3);
  }
  return { width, height, pixels };
}

/** Halves a picture until it is at most so high: a print has no more detail than the camera sees. */
export function shrinkTo(picture: RgbFrame, heightPx: number): RgbFrame {
  return picture.height <= heightPx ? picture : shrinkTo(halve(picture), heightPx);
}

function halve(picture: RgbFrame): RgbFrame {
  const [width, height] = [picture.width >> 1, picture.height >> 1];
  const stride = picture.width * 3;
  const from = picture.pixels;
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, a = y * 2 * stride; x < width; x++, a += 6) {
      for (let channel = 0; channel < 3; channel++, to++) {
        const b = a + channel;
        const sum =
          (from[b] ?? 0) +
          (from[b + 3] ?? 0) +
          (from[b + stride] ?? 0) +
          (from[b + stride + 3] ?? 0);
        pixels[to] = (sum + 2) >> 2;
      }
    }
  }
  return { width, height, pixels };
}
