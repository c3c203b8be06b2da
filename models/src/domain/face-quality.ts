import { greyOf, type Picture } from '#domain/picture.ts';

/**
 * How good the aligned picture of a face is.
 * @returns mean (0–255) and standard deviation of its grey, and the variance of its Laplacian (sharpness).
 */
export function measurePicture(picture: Picture): {
  brightness: number;
  contrast: number;
  sharpness: number;
} {
  const grey = greyOf(picture);
  const light = spread(grey);
  return {
    brightness: light.mean,
    contrast: Math.sqrt(light.variance),
    sharpness: spread(laplacian(grey, picture.width)).variance,
  };
}

function laplacian(grey: Float32Array, width: number): Float32Array {
  const height = grey.length / width;
  const out = new Float32Array((width - 2) * (height - 2));
  for (let y = 1, to = 0; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++, to++) {
      const at = y * width + x;
      const around =
        (grey[at - 1] ?? 0) +
        (grey[at + 1] ?? 0) +
        (grey[at - width] ?? 0) +
        (grey[at + width] ?? 0);
      out[to] = around - 4 * (grey[at] ?? 0);
    }
  }
  return out;
}

function spread(values: Float32Array): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, variance: Math.max(0, squares / values.length - mean * mean) };
}
