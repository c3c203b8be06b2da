import type { Box, RgbFrame } from '#face.ts';

/** A picture of three interleaved channels whose values are not rounded. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Float32Array;
}

/**
 * Cuts a box out of a frame and scales it with two taps a direction (bilinear, pixel centres at .5, edges repeated),
 * as the networks were trained with. The box must lie inside the frame.
 */
export function resize(
  frame: RgbFrame,
  box: Box,
  size: { width: number; height: number },
): Picture {
  const across = taps({
    from: box.x,
    length: box.width,
    count: size.width,
    last: frame.width - 1,
    stride: 3,
  });
  const down = taps({
    from: box.y,
    length: box.height,
    count: size.height,
    last: frame.height - 1,
    stride: frame.width * 3,
  });
  const out = new Float32Array(size.width * size.height * 3);
  for (let y = 0; y < size.height; y++) {
    const rows = {
      upper: down.first[y] ?? 0,
      lower: down.second[y] ?? 0,
      share: down.share[y] ?? 0,
    };
    mixRow(frame.pixels, { rows, across, out, at: y * size.width * 3 });
  }
  return { width: size.width, height: size.height, pixels: out };
}

interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Share of the second tap, 0 to 1. */
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

// One flat loop over plain numbers: a closure or an array a pixel costs a hundred milliseconds a frame.
function mixRow(
  pixels: Uint8Array,
  row: {
    rows: { upper: number; lower: number; share: number };
    across: Taps;
    out: Float32Array;
    at: number;
  },
): void {
  const { out, across } = row;
  const { upper, lower, share: below } = row.rows;
  const { first, second, share } = across;
  let to = row.at;
  for (let x = 0; x < first.length; x++) {
    const right = share[x] ?? 0;
    const a = upper + (first[x] ?? 0);
    const b = upper + (second[x] ?? 0);
    const c = lower + (first[x] ?? 0);
    const d = lower + (second[x] ?? 0);
    for (let channel = 0; channel < 3; channel++) {
      const left = pixels[a + channel] ?? 0;
      const leftBelow = pixels[c + channel] ?? 0;
      const top = left + ((pixels[b + channel] ?? 0) - left) * right;
      const bottom = leftBelow + ((pixels[d + channel] ?? 0) - leftBelow) * right;
      out[to++] = top + (bottom - top) * below;
    }
  }
}
