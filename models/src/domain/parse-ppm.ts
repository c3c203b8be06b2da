import type { RgbFrame } from '#domain/face.ts';

/**
 * The pictures of a binary PPM stream ("P6"), one after the other, as ffmpeg's image2pipe writes them.
 * @throws RangeError when the stream is no such thing or ends in the middle of a picture.
 */
export function parsePpm(bytes: Uint8Array): RgbFrame[] {
  const frames: RgbFrame[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const head = String.fromCharCode(...bytes.subarray(offset, offset + 32));
    const match = /^P6\s(\d+)\s(\d+)\s255\s/.exec(head);
    if (match === null) throw new RangeError(`no PPM picture at byte ${offset}`);
    const [width, height] = [Number(match[1]), Number(match[2])];
    const start = offset + match[0].length;
    offset = start + width * height * 3;
    if (offset > bytes.length)
      throw new RangeError(`the PPM picture of ${width}×${height} is cut off`);
    frames.push({ width, height, pixels: bytes.subarray(start, offset) });
  }
  return frames;
}
