import { emptyFrameMessage } from '#domain/frame-codec.ts';

/** Canvas pixels (RGBA) as one frame message (RGB). */
export function packFrame(
  picture: Pick<ImageData, 'width' | 'height' | 'data'>,
  counter: number,
): Uint8Array<ArrayBuffer> {
  const { message, pixels } = emptyFrameMessage(picture.width, picture.height, counter);
  const { data } = picture;
  for (let from = 0, to = 0; to < pixels.length; from += 4, to += 3) {
    pixels[to] = data[from] ?? 0;
    pixels[to + 1] = data[from + 1] ?? 0;
    pixels[to + 2] = data[from + 2] ?? 0;
  }
  return message;
}

/** A frame's RGB as canvas pixels. */
export function unpackPixels(rgb: Uint8Array, target: Uint8ClampedArray): void {
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    target[to] = rgb[from] ?? 0;
    target[to + 1] = rgb[from + 1] ?? 0;
    target[to + 2] = rgb[from + 2] ?? 0;
    target[to + 3] = 255;
  }
}
