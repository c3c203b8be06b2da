import type { Box, RgbFrame } from '#domain/face.ts';
import type { Picture } from '#domain/picture.ts';

/**
 * Cuts a box out of a frame and scales it with two taps a direction (bilinear, pixel centres at .5, edges repeated),
 * as the networks were trained with. What lies outside the frame repeats its edge.
 * @param size of the picture; `planes` is written over and becomes the picture's, new ones are taken when it is not given.
 */
export function resize(
  frame: RgbFrame,
  box: Box,
  {
    width,
    height,
    planes = new Float32Array(width * height * 3),
  }: {
    readonly width: number;
    readonly height: number;
    readonly planes?: Float32Array;
  },
): Picture {
  const stride = frame.width * 3;
  const across = taps({
    from: box.x,
    length: box.width,
    count: width,
    last: frame.width - 1,
    stride: 3,
  });
  const down = taps({
    from: box.y,
    length: box.height,
    count: height,
    last: frame.height - 1,
    stride,
  });
  for (let y = 0; y < height; y++) {
    const rows = {
      upper: down.first[y] ?? 0,
      lower: down.second[y] ?? 0,
      below: down.share[y] ?? 0,
    };
    mixRow(frame.pixels, { rows, across, planes, to: y * width });
  }
  return { width, height, planes };
}

/** For each pixel of a line: where its two neighbours stand, and the second one's share. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

function taps(axis: {
  from: number;
  length: number;
  count: number;
  last: number;
  stride: number;
}): Taps {
  const first = new Int32Array(axis.count);
  const second = new Int32Array(axis.count);
  const share = new Float32Array(axis.count);
  const step = axis.length / axis.count;
  for (let i = 0; i < axis.count; i++) {
    const position = Math.min(Math.max(axis.from + (i + 0.5) * step - 0.5, 0), axis.last);
    const low = Math.floor(position);
    first[i] = low * axis.stride;
    second[i] = Math.min(low + 1, axis.last) * axis.stride;
    share[i] = position - low;
  }
  return { first, second, share };
}

// The three channels are written out: an inner loop over them takes three times as long, a closure a pixel thirty times.
function mixRow(
  pixels: Uint8Array,
  row: {
    rows: { upper: number; lower: number; below: number };
    across: Taps;
    planes: Float32Array;
    to: number;
  },
): void {
  const { planes } = row;
  const { upper, lower, below } = row.rows;
  const { first, second, share } = row.across;
  const plane = Math.trunc(planes.length / 3);
  for (let x = 0, to = row.to; x < first.length; x++, to++) {
    const right = share[x] ?? 0;
    const a = upper + (first[x] ?? 0);
    const b = upper + (second[x] ?? 0);
    const c = lower + (first[x] ?? 0);
    const d = lower + (second[x] ?? 0);
    const ka = (1 - right) * (1 - below);
    const kb = right * (1 - below);
    const kc = (1 - right) * below;
    const kd = right * below;
    planes[to] =
      (pixels[a] ?? 0) * ka + (pixels[b] ?? 0) * kb + (pixels[c] ?? 0) * kc + (pixels[d] ?? 0) * kd;
    planes[to + plane] =
      (pixels[a + 1] ?? 0) * ka +
      (pixels[b + 1] ?? 0) * kb +
      (pixels[c + 1] ?? 0) * kc +
      (pixels[d + 1] ?? 0) * kd;
    planes[to + 2 * plane] =
      (pixels[a + 2] ?? 0) * ka +
      (pixels[b + 2] ?? 0) * kb +
      (pixels[c + 2] ?? 0) * kc +
      (pixels[d + 2] ?? 0) * kd;
  }
}
