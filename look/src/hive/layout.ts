import type { Cell, Point } from './lattice.ts';

/** A rectangle by its middle. All lengths of a layout are in cell widths, y downwards. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where one village's hexagon stands. */
export interface VillagePlace {
  readonly code: string;
  readonly cell: Cell;
}

/** How far a township steps out when its county is looked at alone, and where its name then stands. */
export interface TownshipPlace {
  readonly code: string;
  readonly shift: Point;
  readonly label: Box;
}

export interface CountyPlace {
  readonly code: string;
  readonly label: Box;
}

/** The hive map (蜂巢图): one hexagon a village, schematic, without any boundary data. */
export interface HiveLayout {
  readonly bounds: Box;
  readonly counties: readonly CountyPlace[];
  readonly townships: readonly TownshipPlace[];
  readonly villages: readonly VillagePlace[];
}

/** The layout as it lies on disk: the same, with numbers in rows. */
export interface StoredLayout {
  readonly bounds: readonly number[];
  readonly counties: Readonly<Record<string, readonly number[]>>;
  /** Township code → shift x, y, then label x, y, width, height. */
  readonly townships: Readonly<Record<string, readonly number[]>>;
  /** Village code → column, row. */
  readonly villages: Readonly<Record<string, readonly number[]>>;
}

/** Reads a stored layout. Throws where a row is too short. */
export function readLayout(stored: StoredLayout): HiveLayout {
  return {
    bounds: readBox(stored.bounds),
    counties: Object.entries(stored.counties).map(([code, row]) => ({ code, label: readBox(row) })),
    townships: Object.entries(stored.townships).map(([code, row]) => ({
      code,
      shift: { x: numberAt(row, 0), y: numberAt(row, 1) },
      label: readBox(row.slice(2)),
    })),
    villages: Object.entries(stored.villages).map(([code, row]) => ({
      code,
      cell: { col: numberAt(row, 0), row: numberAt(row, 1) },
    })),
  };
}

/** The reverse of `readLayout`: two decimals are a fiftieth of a cell, finer than any screen. */
export function storeLayout(layout: HiveLayout): StoredLayout {
  return {
    bounds: boxRow(layout.bounds),
    counties: Object.fromEntries(layout.counties.map((one) => [one.code, boxRow(one.label)])),
    townships: Object.fromEntries(
      layout.townships.map((one) => [
        one.code,
        [round(one.shift.x), round(one.shift.y), ...boxRow(one.label)],
      ]),
    ),
    villages: Object.fromEntries(
      layout.villages.map((one) => [one.code, [one.cell.col, one.cell.row]]),
    ),
  };
}

function readBox(row: readonly number[]): Box {
  return {
    x: numberAt(row, 0),
    y: numberAt(row, 1),
    width: numberAt(row, 2),
    height: numberAt(row, 3),
  };
}

function boxRow(box: Box): readonly number[] {
  return [box.x, box.y, box.width, box.height].map(round);
}

function numberAt(row: readonly number[], index: number): number {
  const value = row[index];
  if (value === undefined) throw new Error(`hive layout: row [${row.join(', ')}] is too short`);
  return value;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
