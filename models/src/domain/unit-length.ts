/**
 * The vector scaled to length 1.
 * @throws RangeError when it has no direction (all zero, or not finite): a network's fault, never a face.
 */
export function unitLength(vector: ArrayLike<number>): Float32Array {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] ?? 0) ** 2;
  const length = Math.sqrt(squares);
  if (!Number.isFinite(length) || length === 0) {
    throw new RangeError(`a template of length ${length} has no direction`);
  }
  const unit = new Float32Array(vector.length);
  for (let i = 0; i < vector.length; i++) unit[i] = (vector[i] ?? 0) / length;
  return unit;
}
