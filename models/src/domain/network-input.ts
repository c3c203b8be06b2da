import { greyOf, type Picture } from '#domain/picture.ts';

/** What a network wants to see: order of the planes, and `(value − mean) / std` for each of them. */
export interface InputRule {
  readonly width: number;
  readonly height: number;
  readonly channels: 'rgb' | 'bgr' | 'grey';
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * A picture of the rule's size as the network's input (NCHW, N = 1), written into `input` when it is given.
 * @throws RangeError when the picture is of another size.
 */
export function networkInput(
  picture: Picture,
  rule: InputRule,
  input: Float32Array = new Float32Array(inputLength(rule)),
): Float32Array {
  const { width, height } = rule;
  if (picture.width !== width || picture.height !== height) {
    throw new RangeError(
      `a picture of ${picture.width}×${picture.height} does not fit ${width}×${height}`,
    );
  }
  const count = width * height;
  const from = rule.channels === 'grey' ? greyOf(picture) : picture.planes;
  for (let plane = 0; plane * count < from.length; plane++) {
    const source = (rule.channels === 'bgr' ? 2 - plane : plane) * count;
    const [mean, scale] = [rule.mean[plane] ?? 0, 1 / (rule.std[plane] ?? 1)];
    normalise(from.subarray(source, source + count), {
      mean,
      scale,
      into: input.subarray(plane * count),
    });
  }
  return input;
}

/** Numbers that a network takes. */
export function inputLength({ width, height, channels }: InputRule): number {
  return width * height * (channels === 'grey' ? 1 : 3);
}

function normalise(
  plane: Float32Array,
  { mean, scale, into }: { mean: number; scale: number; into: Float32Array },
): void {
  for (let i = 0; i < plane.length; i++) into[i] = ((plane[i] ?? 0) - mean) * scale;
}
