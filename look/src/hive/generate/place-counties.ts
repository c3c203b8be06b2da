import { rowPitch, type Point } from '../lattice.ts';
import { neighbouringCounties, seats } from './seats.ts';

/** A county as a disc: where its middle goes and how wide it is if it were round. */
export interface Disc extends Point {
  readonly code: string;
  readonly radius: number;
}

interface Mover {
  readonly code: string;
  readonly radius: number;
  x: number;
  y: number;
}

interface Bond {
  readonly from: Mover;
  readonly to: Mover;
  /** Where `to` wants to stand as seen from `from`. */
  readonly x: number;
  readonly y: number;
}

const rounds = 4000;
/** Discs stand nearer than touching, so that they flatten against each other and leave no holes. */
const closeness = 0.85;
const cellsPerDegree = 14;
/** The prefecture is twice as wide as high; a screen's middle is not. Bearings are steepened by this. */
const northStretch = 2;
const bondPull = 0.06;
const overlapPush = 0.35;

/**
 * Where each county's middle goes: neighbours just touch, in the direction in which their seats
 * lie from each other, and no two discs overlap. Unlike pushing seats apart from where they stand,
 * this forgets the empty distances and keeps the bearings.
 * `cellCounts`: cells each county needs, gaps included.
 */
export function placeCounties(cellCounts: ReadonlyMap<string, number>): readonly Disc[] {
  const movers = seats.map((seat) => startAt(seat, cellCounts.get(seat.code) ?? 0));
  const byCode = new Map(movers.map((mover) => [mover.code, mover]));
  const bonds = neighbouringCounties.map(([a, b]) => bondBetween(byCode.get(a), byCode.get(b)));
  for (let round = 0; round < rounds; round += 1) {
    bonds.forEach(pullTogether);
    pushApart(movers);
  }
  return movers;
}

function startAt(
  seat: { readonly code: string; readonly longitudeDeg: number; readonly latitudeDeg: number },
  cellCount: number,
): Mover {
  return {
    code: seat.code,
    radius: Math.sqrt((cellCount * rowPitch) / Math.PI),
    x: seat.longitudeDeg * cellsPerDegree * Math.cos((29 * Math.PI) / 180),
    y: -seat.latitudeDeg * cellsPerDegree * northStretch,
  };
}

function bondBetween(from: Mover | undefined, to: Mover | undefined): Bond {
  if (from === undefined || to === undefined) throw new Error('a neighbour without a seat');
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const wanted = spacingOf(from, to) / Math.hypot(dx, dy);
  return { from, to, x: dx * wanted, y: dy * wanted };
}

function spacingOf(a: Mover, b: Mover): number {
  return (a.radius + b.radius) * closeness;
}

function pullTogether(bond: Bond): void {
  const dx = (bond.x - (bond.to.x - bond.from.x)) * bondPull;
  const dy = (bond.y - (bond.to.y - bond.from.y)) * bondPull;
  bond.to.x += dx;
  bond.to.y += dy;
  bond.from.x -= dx;
  bond.from.y -= dy;
}

function pushApart(movers: readonly Mover[]): void {
  for (const [index, a] of movers.entries()) {
    for (const b of movers.slice(index + 1)) {
      const distance = Math.hypot(b.x - a.x, b.y - a.y) || 1e-6;
      const overlap = spacingOf(a, b) - distance;
      if (overlap <= 0) continue;
      const push = (overlap * overlapPush) / distance;
      a.x -= (b.x - a.x) * push;
      a.y -= (b.y - a.y) * push;
      b.x += (b.x - a.x) * push;
      b.y += (b.y - a.y) * push;
    }
  }
}
