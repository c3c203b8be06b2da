/** How bytes become a network's input: order of the planes, and `(byte − mean) / std` a plane. */
export interface PlaneRule {
  readonly width: number;
  readonly height: number;
  readonly channels: 'rgb' | 'bgr' | 'grey';
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Weights of R, G and B in grey, ITU-R BT.601. */
export const GREY = { red: 0.299, green: 0.587, blue: 0.114 } as const;

/**
 * A picture of the rule's own size as planes of floats (NCHW, N = 1).
 * @throws RangeError when the picture is of another size.
 */
export function toPlanes(
  picture: { readonly width: number; readonly height: number; readonly pixels: ArrayLike<number> },
  rule: PlaneRule,
): Float32Array {
  const { width, height, pixels } = picture;
  if (width !== rule.width || height !== rule.height) {
    throw new RangeError(
      `a picture of ${width}×${height} does not fit ${rule.width}×${rule.height}`,
    );
  }
  return rule.channels === 'grey' ? greyPlane(pixels, rule) : colourPlanes(pixels, rule);
}

function greyPlane(
  pixels: ArrayLike<number>,
  { width, height, mean, std }: PlaneRule,
): Float32Array {
  const count = width * height;
  const planes = new Float32Array(count);
  const [offset, scale] = [mean[0] ?? 0, 1 / (std[0] ?? 1)];
  for (let i = 0, from = 0; i < count; i++, from += 3) {
    planes[i] = (greyOf(pixels, from) - offset) * scale;
  }
  return planes;
}

function colourPlanes(pixels: ArrayLike<number>, rule: PlaneRule): Float32Array {
  const count = rule.width * rule.height;
  const planes = new Float32Array(count * 3);
  for (let plane = 0; plane < 3; plane++) {
    const [offset, scale] = [rule.mean[plane] ?? 0, 1 / (rule.std[plane] ?? 1)];
    const to = plane * count;
    let from = rule.channels === 'rgb' ? plane : 2 - plane;
    for (let i = 0; i < count; i++, from += 3)
      planes[to + i] = ((pixels[from] ?? 0) - offset) * scale;
  }
  return planes;
}

/** Grey of the pixel whose red byte stands at `at`. */
export function greyOf(pixels: ArrayLike<number>, at: number): number {
  return (
    GREY.red * (pixels[at] ?? 0) +
    GREY.green * (pixels[at + 1] ?? 0) +
    GREY.blue * (pixels[at + 2] ?? 0)
  );
}
