/** The values at 0, 5, 25, 50, 75, 95 and 100 % of the numbers in order (the nearest one); null of none. */
export function quantiles(numbers: readonly number[]): Readonly<Record<string, number>> | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [least] = sorted;
  if (least === undefined) return null;
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? least;
  return Object.fromEntries([0, 5, 25, 50, 75, 95, 100].map((p) => [`p${p}`, at(p / 100)]));
}
