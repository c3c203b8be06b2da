/**
 * The coefficients with the least squared error of `rows · coefficients = targets` (normal equations, Gauss with pivots).
 * @throws RangeError when the rows do not determine them.
 */
export function leastSquares(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
): number[] {
  const size = rows[0]?.length ?? 0;
  const table = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size + 1 }, (__, j) =>
      rows.reduce((sum, row, at) => sum + (row[i] ?? 0) * (row[j] ?? targets[at] ?? 0), 0),
    ),
  );
  for (let column = 0; column < size; column++) eliminate(table, column);
  return table.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}

/** Leaves the column with one number, on the diagonal. */
function eliminate(table: number[][], column: number): void {
  const best = table
    .slice(column)
    .reduce((most, row) => (Math.abs(row[column] ?? 0) > Math.abs(most[column] ?? 0) ? row : most));
  const pivot = best[column] ?? 0;
  if (Math.abs(pivot) < 1e-12) throw new RangeError('the points do not determine a map');
  const at = table.indexOf(best);
  [table[column], table[at]] = [best, table[column] ?? best];
  for (const row of table) {
    if (row === best) continue;
    const share = (row[column] ?? 0) / pivot;
    for (let j = column; j < row.length; j++) row[j] = (row[j] ?? 0) - share * (best[j] ?? 0);
  }
}
