/**
 * 区划代码路径. A 12-digit division code (GB/T 2260 + statistical code) is a path:
 * 5402 › 540235 › 540235100 › 540235100001. A region is any prefix of 4, 6, 9 or 12 digits.
 */
export type Region = string;

export type RegionLevel = 'prefecture' | 'county' | 'township' | 'village';

const levelOfLength: Readonly<Record<number, RegionLevel>> = {
  4: 'prefecture',
  6: 'county',
  9: 'township',
  12: 'village',
};

export const regionPattern = '^[0-9]{4}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?$';
const regionExpression = new RegExp(regionPattern);

export function isRegion(text: string): text is Region {
  return regionExpression.test(text);
}

/** The level of a region code, by its length. Throws on text that is not a region code. */
export function regionLevel(region: Region): RegionLevel {
  const level = levelOfLength[region.length];
  if (level === undefined || !isRegion(region)) {
    throw new Error(`"${region}" is no region code: 4, 6, 9 or 12 digits are expected.`);
  }
  return level;
}

const parentLength: Readonly<Record<RegionLevel, number>> = {
  prefecture: 0,
  county: 4,
  township: 6,
  village: 9,
};

/** The region one level up, or null for a prefecture. */
export function parentRegion(region: Region): Region | null {
  const length = parentLength[regionLevel(region)];
  return length === 0 ? null : region.slice(0, length);
}

/** From the prefecture down to the region itself: 540235 → ['5402', '540235']. */
export function regionPath(region: Region): Region[] {
  const level = regionLevel(region);
  const lengths = [4, 6, 9, 12].filter((length) => length <= region.length);
  return level === 'prefecture' ? [region] : lengths.map((length) => region.slice(0, length));
}

/** True when `region` is `scope` or lies below it. */
export function isWithin(region: Region, scope: Region): boolean {
  return region.startsWith(scope);
}

/** Half-open range over region codes for SQL: `region >= from and region < to` is "within scope". */
export function regionRange(scope: Region): { readonly from: string; readonly to: string } {
  regionLevel(scope);
  return { from: scope, to: `${scope}:` }; // ':' follows '9' in ASCII (collation "C").
}
