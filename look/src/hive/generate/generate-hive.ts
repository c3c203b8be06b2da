import type { Division } from '@sightline/contracts/divisions';
import { centreOf, type Cell, type Point } from '../lattice.ts';
import type { Box, HiveLayout, TownshipPlace, VillagePlace } from '../layout.ts';
import { shortNameOf } from '../short-name.ts';
import { claimCells } from './claim-cells.ts';
import { findLabelSlots, isOverCell } from './label-slots.ts';
import { labelTownships } from './label-townships.ts';
import { placeCounties } from './place-counties.ts';
import { splitAmong } from './split-townships.ts';
import { trimTo } from './trim.ts';

/** Cells claimed beyond a county's villages: the first guess at what its name will take, and some. */
const firstSpare = 3;
const moreSpare = 2;
const fittingRounds = 6;
/** A county's name: one character is this wide and high, in cell widths. */
const characterWidth = 1.2;
const labelHeight = 1.2;

interface County {
  readonly code: string;
  readonly cells: readonly Cell[];
  readonly label: Box;
}

/**
 * Lays out the whole prefecture, from division codes alone. Pure: the same divisions give the same
 * layout. Throws when a division has no seat or the names find no room.
 */
export function generateHive(divisions: readonly Division[]): HiveLayout {
  const counties = claimWithNames(divisions);
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

/** Claims cells and finds room for names in turn, until the cells spared for each name suffice. */
function claimWithNames(divisions: readonly Division[]): readonly County[] {
  const quotas = new Map(
    divisions
      .filter((division) => division.level === 'county')
      .map((county) => [county.code, villagesUnder(divisions, county.code).length]),
  );
  let spares = new Map([...quotas.keys()].map((code) => [code, firstSpare]));
  for (let round = 0; round < fittingRounds; round += 1) {
    const wanted = new Map(
      [...quotas].map(([code, quota]) => [code, quota + (spares.get(code) ?? 0)]),
    );
    const blobs = [...claimCells(placeCounties(wanted), wanted)].map(([code, cells]) => ({
      code,
      cells,
    }));
    const labels = findLabelSlots(blobs, (code) => labelSize(nameIn(divisions, code)));
    const fitted = blobs.map((blob) => fitName(blob, labels));
    if (fitted.every((county) => county.cells.length >= (quotas.get(county.code) ?? 0))) {
      return fitted.map((one) => ({ ...one, cells: trimTo(one.cells, quotas.get(one.code) ?? 0) }));
    }
    spares = new Map(
      fitted.map((one) => {
        const missing = Math.max(0, (quotas.get(one.code) ?? 0) - one.cells.length);
        return [one.code, (spares.get(one.code) ?? 0) + (missing > 0 ? missing + moreSpare : 0)];
      }),
    );
  }
  throw new Error(`no room for the names of the counties after ${fittingRounds} rounds`);
}

function labelSize(name: string): { readonly width: number; readonly height: number } {
  return { width: shortNameOf(name).length * characterWidth + 0.1, height: labelHeight };
}

function fitName(
  blob: { readonly code: string; readonly cells: readonly Cell[] },
  labels: ReadonlyMap<string, Box>,
): County {
  const label = labels.get(blob.code);
  if (label === undefined) throw new Error(`${blob.code} has no label`);
  return { code: blob.code, label, cells: blob.cells.filter((cell) => !isOverCell(label, cell)) };
}

function splitCounty(
  county: County,
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
