import { parentRegion, regionLevel, type Region, type RegionLevel } from '#region-path.ts';
import rows from './divisions-5402.json' with { type: 'json' };

/** One administrative division. `code` is its region path (区划代码); `parent` is null at the top only. */
export interface Division {
  readonly code: Region;
  readonly name: string;
  readonly level: RegionLevel;
  readonly parent: Region | null;
}

/** The reference prefecture: itself, 18 counties, 206 townships, 1,693 villages; by level, then code. */
export const prefecture5402: readonly Division[] = rows.map(readRow);

/** The counties equipped first: 66 townships, 671 villages. */
export const equippedCounties: readonly string[] = [
  '540202',
  '540221',
  '540226',
  '540228',
  '540235',
];

const byCode: ReadonlyMap<string, Division> = new Map(
  prefecture5402.map((division) => [division.code, division]),
);

const byParent: ReadonlyMap<string | null, readonly Division[]> = Map.groupBy(
  prefecture5402,
  (division) => division.parent,
);

const noDivisions: readonly Division[] = [];

/** The division with exactly this code, or null when there is none. */
export function divisionOf(code: string): Division | null {
  return byCode.get(code) ?? null;
}

/** The divisions one level below, by code; empty for a village or an unknown code. */
export function childrenOf(code: string): readonly Division[] {
  return byParent.get(code) ?? noDivisions;
}

/** Every division of one level inside a region (itself, where it is of that level), by code. */
export function divisionsUnder(code: string, level: RegionLevel): readonly Division[] {
  return prefecture5402.filter(
    (division) => division.level === level && division.code.startsWith(code),
  );
}

/** From the prefecture down to the division itself; empty for an unknown code. */
export function pathOf(code: string): readonly Division[] {
  const division = divisionOf(code);
  if (division === null) return noDivisions;
  return division.parent === null ? [division] : [...pathOf(division.parent), division];
}

/** Whether a region lies in one of the counties equipped first. */
export function isEquippedFirst(code: string): boolean {
  return equippedCounties.some((county) => code.startsWith(county));
}

function readRow(row: readonly string[]): Division {
  const [code, name] = row;
  if (code === undefined || name === undefined) {
    throw new Error(`divisions-5402.json: not a division: ${JSON.stringify(row)}`);
  }
  return { code, name, level: regionLevel(code), parent: parentRegion(code) };
}
