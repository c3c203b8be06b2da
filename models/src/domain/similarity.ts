/**
 * Cosine similarity of two templates of unit length: −1 to 1, the same person near 1, strangers near 0.
 * @throws RangeError when the templates are of different lengths, so of different models.
 */
export function similarity(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) {
    throw new RangeError(
      `templates of ${a.length} and ${b.length} numbers cannot be compared: they come from different models`,
    );
  }
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
