const lengths = [12, 9, 6, 4] as const;

/** The smallest region that holds all of these; '' for none. */
export function commonRegion(regions: readonly string[]): string {
  const [first = ''] = regions;
  const fitting = lengths
    .filter((length) => length <= first.length)
    .map((length) => first.slice(0, length));
  return fitting.find((region) => regions.every((one) => one.startsWith(region))) ?? '';
}
