import { unitLength } from '#domain/unit-length.ts';

/**
 * One template from several frames of the same person: their mean, of unit length again.
 * @throws RangeError without templates, or when they are of different lengths.
 */
export function meanTemplate(templates: readonly Float32Array[]): Float32Array {
  const [first] = templates;
  if (first === undefined) throw new RangeError('a mean template needs at least one template');
  const sum = new Float64Array(first.length);
  for (const template of templates) {
    if (template.length !== first.length) {
      throw new RangeError(
        `templates of ${first.length} and ${template.length} numbers cannot be averaged: they come from different models`,
      );
    }
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (template[i] ?? 0);
  }
  return unitLength(sum);
}
