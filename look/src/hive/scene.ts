import { widened } from './free-room.ts';
import { centreOf, distanceBetween, type Cell, type Point } from './lattice.ts';
import type { Box, HiveLayout } from './layout.ts';

/** One village's hexagon, ready to be drawn. */
export interface Spot {
  readonly code: string;
  readonly cell: Cell;
  readonly centre: Point;
  /** How far it steps out when the townships open. */
  readonly shift: Point;
}

/** A name with its place. */
export interface Label {
  readonly code: string;
  readonly box: Box;
}

/** What is drawn when one region fills the canvas. */
export interface Scene {
  readonly region: string;
  readonly spots: readonly Spot[];
  readonly labels: readonly Label[];
  /** What must fit on the canvas. */
  readonly bounds: Box;
  /** 1 where the townships stand apart, so that their names find room. */
  readonly spread: 0 | 1;
}

/** Digits of a unit one can pick when a region of this many digits fills the canvas. */
const unitLength: Readonly<Record<number, number>> = { 4: 6, 6: 9, 9: 12, 12: 12 };
const padding = 0.35;

export function spotsOf(layout: HiveLayout): readonly Spot[] {
  const shifts = new Map(layout.townships.map((one) => [one.code, one.shift]));
  return layout.villages.map(({ code, cell }) => ({
    code,
    cell,
    centre: centreOf(cell),
    shift: shifts.get(code.slice(0, 9)) ?? { x: 0, y: 0 },
  }));
}

/** The part of the hive that belongs to a region (a village shows its township). */
export function sceneOf(layout: HiveLayout, spots: readonly Spot[], region: string): Scene {
  const shown = region.slice(0, 9);
  const inside = spots.filter((spot) => spot.code.startsWith(shown));
  const spread = shown.length >= 6 ? 1 : 0;
  const given = labelsOf(layout, shown);
  const cells = inside.map((spot) => ({ ...centreIn(spot, spread), width: 1, height: 1.16 }));
  const bounds = around([...cells, ...given.map((label) => label.box)]);
  const labels = given.reduce<readonly Label[]>(
    (wide, label, index) => [
      ...wide,
      // Those before it have taken their room already.
      { ...label, box: widened(label.box, { cells, bounds, names: boxesBut(given, wide, index) }) },
    ],
    [],
  );
  return { region: shown, spots: inside, labels, bounds, spread };
}

function boxesBut(given: readonly Label[], wide: readonly Label[], index: number): readonly Box[] {
  return [...wide, ...given.slice(index + 1)].map((label) => label.box);
}

function labelsOf(layout: HiveLayout, region: string): readonly Label[] {
  if (region.length < 6) return layout.counties.map(({ code, label }) => ({ code, box: label }));
  return layout.townships
    .filter((township) => township.code.startsWith(region))
    .map(({ code, label }) => ({ code, box: label }));
}

/** Where a spot's centre stands, in cell widths, with the townships so far open. */
export function centreIn(spot: Spot, spread: number): Point {
  return { x: spot.centre.x + spot.shift.x * spread, y: spot.centre.y + spot.shift.y * spread };
}

function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 1, height: 1 };
  const left = Math.min(...boxes.map((box) => box.x - box.width / 2)) - padding;
  const right = Math.max(...boxes.map((box) => box.x + box.width / 2)) + padding;
  const top = Math.min(...boxes.map((box) => box.y - box.height / 2)) - padding;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height / 2)) + padding;
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    width: right - left,
    height: bottom - top,
  };
}

/** The unit of a scene that a village belongs to: its county, its township, or itself. */
export function unitOf(region: string, village: string): string {
  return village.slice(0, unitLength[region.length] ?? 12);
}

export interface Unit {
  readonly code: string;
  readonly middle: Point;
}

/** What can be picked in a scene, each by the middle of its cells. */
export function unitsOf(scene: Scene): readonly Unit[] {
  const groups = Map.groupBy(scene.spots, (spot) => unitOf(scene.region, spot.code));
  return [...groups].map(([code, spots]) => ({ code, middle: middleIn(spots, scene.spread) }));
}

/** The mean of some spots' centres, in cell widths; at least one spot. */
export function middleIn(spots: readonly Spot[], spread: number): Point {
  const centres = spots.map((spot) => centreIn(spot, spread));
  const sum = centres.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / centres.length, y: sum.y / centres.length };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const arrows: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** The nearest unit in a direction, straight ahead before aside; the same one where there is none. */
export function nextUnit(units: readonly Unit[], from: string, direction: Direction): string {
  const start = units.find((unit) => unit.code === from);
  if (start === undefined) return units[0]?.code ?? from;
  const arrow = arrows[direction];
  const ahead = units.flatMap((unit) => {
    const dx = unit.middle.x - start.middle.x;
    const dy = unit.middle.y - start.middle.y;
    const forward = dx * arrow.x + dy * arrow.y;
    const aside = Math.abs(dx * arrow.y) + Math.abs(dy * arrow.x);
    return forward > 0.2 && aside < forward * 2.5
      ? [{ code: unit.code, cost: forward + aside * 2 }]
      : [];
  });
  return ahead.toSorted((a, b) => a.cost - b.cost)[0]?.code ?? from;
}

/** The village whose hexagon lies under a point (in cell widths), or null between them. */
export function spotAt(scene: Scene, point: Point): Spot | null {
  const reach = 0.55;
  const near = scene.spots
    .map((spot) => ({ spot, distance: distanceBetween(centreIn(spot, scene.spread), point) }))
    .filter((one) => one.distance < reach)
    .toSorted((a, b) => a.distance - b.distance);
  return near[0]?.spot ?? null;
}
