/** A small picture cut out of a frame: a plane of R, then G, then B, values 0 to 255, not rounded. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** `3 * width * height` numbers. */
  readonly planes: Float32Array;
}

// ITU-R BT.601.
const GREY = { red: 0.299, green: 0.587, blue: 0.114 } as const;

/** The grey of a picture, one number a pixel, 0 to 255. */
export function greyOf({ width, height, planes }: Picture): Float32Array {
  const count = width * height;
  const grey = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    grey[i] =
      GREY.red * (planes[i] ?? 0) +
      GREY.green * (planes[i + count] ?? 0) +
      GREY.blue * (planes[i + 2 * count] ?? 0);
  }
  return grey;
}
