import type { Division } from '@sightline/contracts/divisions';
import { centreOf, type Cell, type Point } from '../lattice.ts';
import type { Box, HiveLayout, TownshipPlace, VillagePlace } from '../layout.ts';
import { claimWithNames, type ClaimedCounty } from './claim-with-names.ts';
import { labelTownships } from './label-townships.ts';
import { splitAmong } from './split-townships.ts';

/**
 * Lays out the whole prefecture, from division codes alone. Pure: the same divisions give the same
 * layout. Throws when a division has no seat or the names find no room.
 */
export function generateHive(divisions: readonly Division[]): HiveLayout {
  const counties = claimWithNames(
    divisions
      .filter((division) => division.level === 'county')
      .map(({ code, name }) => ({ code, name, count: villagesUnder(divisions, code).length })),
  );
  const townships: TownshipPlace[] = [];
  const villages: VillagePlace[] = [];
  for (const county of counties) {
    const cellsByTownship = splitCounty(county, divisions);
    const blobs = [...cellsByTownship].map(([code, cells]) => ({ code, cells }));
    townships.push(...labelTownships(blobs, (code) => nameIn(divisions, code)));
    villages.push(...blobs.flatMap((blob) => dealVillages(blob, divisions)));
  }
  const labelled = counties.map(({ code, label }) => ({ code, label }));
  return moveToOrigin({
    bounds: { x: 0, y: 0, width: 0, height: 0 },
    counties: labelled,
    townships: byCode(townships),
    villages: byCode(villages),
  });
}

function splitCounty(
  county: ClaimedCounty,
  divisions: readonly Division[],
): ReadonlyMap<string, readonly Cell[]> {
  const groups = divisions
    .filter((division) => division.parent === county.code)
    .map(({ code }) => ({ code, count: villagesUnder(divisions, code).length }));
  return splitAmong(county.cells, groups);
}

/** Inside a township villages follow their codes, as one reads: row by row. */
function dealVillages(
  township: { readonly code: string; readonly cells: readonly Cell[] },
  divisions: readonly Division[],
): readonly VillagePlace[] {
  const cells = township.cells.toSorted((a, b) => a.row - b.row || a.col - b.col);
  return villagesUnder(divisions, township.code).flatMap(({ code }, index) => {
    const cell = cells[index];
    return cell === undefined ? [] : [{ code, cell }];
  });
}

/** Moves everything so that the picture begins near (0, 0); an even number of rows keeps the rows' phase. */
function moveToOrigin(layout: HiveLayout): HiveLayout {
  const left = Math.min(...layout.villages.map((one) => one.cell.col));
  const top = Math.min(...layout.villages.map((one) => one.cell.row)) & ~1;
  const origin = centreOf({ col: left, row: top });
  const move = <P extends Point>(point: P): P => ({
    ...point,
    x: point.x - origin.x,
    y: point.y - origin.y,
  });
  const counties = layout.counties.map((one) => ({ ...one, label: move(one.label) }));
  const villages = layout.villages.map((one) => ({
    ...one,
    cell: { col: one.cell.col - left, row: one.cell.row - top },
  }));
  const townships = layout.townships.map((one) => ({ ...one, label: move(one.label) }));
  return { counties: byCode(counties), townships, villages, bounds: boundsOf(villages, counties) };
}

function boundsOf(
  villages: readonly VillagePlace[],
  counties: readonly { readonly label: Box }[],
): Box {
  const cells = villages.map((one) => ({ ...centreOf(one.cell), width: 1, height: 1.16 }));
  const boxes = [...cells, ...counties.map((one) => one.label)];
  const left = Math.min(...boxes.map((box) => box.x - box.width / 2));
  const right = Math.max(...boxes.map((box) => box.x + box.width / 2));
  const top = Math.min(...boxes.map((box) => box.y - box.height / 2));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height / 2));
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    width: right - left,
    height: bottom - top,
  };
}

function villagesUnder(divisions: readonly Division[], code: string): readonly Division[] {
  return divisions.filter((one) => one.level === 'village' && one.code.startsWith(code));
}

function nameIn(divisions: readonly Division[], code: string): string {
  return divisions.find((division) => division.code === code)?.name ?? code;
}

function byCode<T extends { readonly code: string }>(places: readonly T[]): readonly T[] {
  return places.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
