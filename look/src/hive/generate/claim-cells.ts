import { centreOf, rowPitch, type Cell } from '../lattice.ts';
import type { Disc } from './place-counties.ts';

/** Wider than one cell, so that cells of two counties never touch. */
const gapWidth = 1.02;
const settlingRounds = 100;
const weighingRounds = 1000;

interface Claimant {
  readonly disc: Disc;
  readonly wanted: number;
  /** Square of the radius this county may reach: its weight in the power diagram. */
  weight: number;
}

interface Candidate {
  readonly cell: Cell;
  readonly distanceSquared: number;
}

/**
 * Gives every county exactly the cells it wants: the nearest to its middle among those that lie on
 * its side of every border (a power diagram whose weights are raised or lowered until all fit),
 * with a dark gap of a cell along the borders. Each county is so a disc flattened where it meets
 * others: convex, and therefore contiguous.
 * `wanted`: cells by county code. Throws when the weights do not settle.
 */
export function claimCells(
  discs: readonly Disc[],
  wanted: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly Cell[]> {
  const claimants = discs.map((disc) => ({
    disc,
    wanted: wanted.get(disc.code) ?? 0,
    weight: disc.radius ** 2,
  }));
  const cells = latticeAround(discs);
  for (let round = 0; round < weighingRounds; round += 1) {
    const sides = splitBySide(cells, claimants);
    const isEnough = claimants.every((one) => (sides.get(one)?.length ?? 0) >= one.wanted);
    if (isEnough && round >= settlingRounds) {
      return new Map(claimants.map((one) => [one.disc.code, nearest(one, sides.get(one) ?? [])]));
    }
    for (const claimant of claimants) reweigh(claimant, sides.get(claimant) ?? []);
  }
  throw new Error(`the counties do not fit side by side after ${weighingRounds} rounds`);
}

function latticeAround(discs: readonly Disc[]): readonly Cell[] {
  const margin = 4;
  const left = Math.floor(Math.min(...discs.map((d) => d.x - d.radius)) - margin);
  const right = Math.ceil(Math.max(...discs.map((d) => d.x + d.radius)) + margin);
  const top = Math.floor(Math.min(...discs.map((d) => d.y - d.radius)) / rowPitch - margin);
  const bottom = Math.ceil(Math.max(...discs.map((d) => d.y + d.radius)) / rowPitch + margin);
  const cells: Cell[] = [];
  for (let row = top; row <= bottom; row += 1) {
    for (let col = left; col <= right; col += 1) cells.push({ col, row });
  }
  return cells;
}

/** Each county's cells: nearer to it than to any other by power distance, and off the borders. */
function splitBySide(
  cells: readonly Cell[],
  claimants: readonly Claimant[],
): ReadonlyMap<Claimant, readonly Candidate[]> {
  const sides = new Map<Claimant, Candidate[]>(claimants.map((claimant) => [claimant, []]));
  for (const cell of cells) {
    const [first, ...others] = powers(cell, claimants);
    if (first === undefined) continue;
    const isOnBorder = others.some((other) => borderDistance(first, other) < gapWidth / 2);
    if (isOnBorder) continue;
    const side = sides.get(first.claimant);
    side?.push({ cell, distanceSquared: first.distanceSquared });
  }
  return sides;
}

interface Power {
  readonly claimant: Claimant;
  readonly distanceSquared: number;
  readonly power: number;
}

/** The counties that may reach a cell, the strongest claim first. */
function powers(cell: Cell, claimants: readonly Claimant[]): readonly Power[] {
  const { x, y } = centreOf(cell);
  const all = claimants.map((claimant) => {
    const distanceSquared = (x - claimant.disc.x) ** 2 + (y - claimant.disc.y) ** 2;
    return { claimant, distanceSquared, power: distanceSquared - claimant.weight };
  });
  const slack = 30;
  return all.filter((one) => one.power < slack).toSorted((a, b) => a.power - b.power);
}

/** How far a cell lies from the border line between two counties. */
function borderDistance(first: Power, other: Power): number {
  const between = Math.hypot(
    first.claimant.disc.x - other.claimant.disc.x,
    first.claimant.disc.y - other.claimant.disc.y,
  );
  return (other.power - first.power) / (2 * between);
}

/** Raises the weight of a county that holds too few cells inside its disc, lowers it for too many. */
function reweigh(claimant: Claimant, side: readonly Candidate[]): void {
  const held = side.filter((one) => one.distanceSquared <= claimant.weight).length;
  const spare = 1;
  claimant.weight += (claimant.wanted + spare - held) * 0.1;
}

function nearest(claimant: Claimant, side: readonly Candidate[]): readonly Cell[] {
  return nearestFirst(side)
    .slice(0, claimant.wanted)
    .map((candidate) => candidate.cell);
}

function nearestFirst(side: readonly Candidate[]): readonly Candidate[] {
  return side.toSorted(
    (a, b) =>
      a.distanceSquared - b.distanceSquared || a.cell.row - b.cell.row || a.cell.col - b.cell.col,
  );
}
