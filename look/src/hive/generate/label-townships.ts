import { centreOf, middleOf, type Cell, type Point } from '../lattice.ts';
import type { Box, TownshipPlace } from '../layout.ts';

interface Township {
  readonly code: string;
  readonly cells: readonly Cell[];
}

interface Shifted {
  readonly code: string;
  readonly shift: Point;
  readonly centres: readonly Point[];
}

/** How far townships may step apart, as a share of their distance from the county's middle. */
const spreadings = [0.36, 0.45, 0.6, 0.8, 1];
const labelHeight = 0.46;
const characterWidth = 0.4;
const step = 0.1;
/** Names are searched with this much more room than they need, so that rounding never costs it. */
const margin = 0.04;
/** A hexagon as a box, at its widest and highest. */
const halfCellWidth = 0.47;
const halfCellHeight = 0.53;

/**
 * Looked at alone, a county's townships step outwards so that gaps open between them; each name
 * stands in such a gap, on the upper edge of its township, over no cell and no other name. The
 * smallest step that allows it is taken.
 */
export function labelTownships(
  townships: readonly Township[],
  nameOf: (code: string) => string,
): readonly TownshipPlace[] {
  const middle = middleOf(townships.flatMap((township) => township.cells));
  const tries = spreadings.map((spreading) => {
    const shifted = townships.map((township) => shiftFrom(middle, township, spreading));
    const places = labelShifted(shifted, nameOf);
    return { places, covered: countCovered(places, shifted) };
  });
  const clean = tries.find((one) => one.covered === 0);
  return (clean ?? tries.reduce((a, b) => (b.covered < a.covered ? b : a))).places;
}

function labelShifted(
  shifted: readonly Shifted[],
  nameOf: (code: string) => string,
): readonly TownshipPlace[] {
  const centres = shifted.flatMap((township) => township.centres);
  const labels: Box[] = [];
  return shifted.map((township) => {
    const width = nameOf(township.code).length * characterWidth + 0.1;
    const label = bestOffer(township, { width, centres, labels });
    labels.push(label);
    return { code: township.code, shift: township.shift, label };
  });
}

function countCovered(places: readonly TownshipPlace[], shifted: readonly Shifted[]): number {
  const centres = shifted.flatMap((township) => township.centres);
  return places.filter(({ label }) => centres.some((centre) => isOverHexagon(label, centre)))
    .length;
}

function shiftFrom(middle: Point, township: Township, spreading: number): Shifted {
  const own = middleOf(township.cells);
  const shift = {
    x: (own.x - middle.x) * spreading,
    y: (own.y - middle.y) * spreading,
  };
  const centres = township.cells
    .map(centreOf)
    .map((centre) => ({ x: centre.x + shift.x, y: centre.y + shift.y }));
  return { code: township.code, shift, centres };
}

interface Surroundings {
  readonly width: number;
  readonly centres: readonly Point[];
  readonly labels: readonly Box[];
}

function bestOffer(township: Shifted, all: Surroundings): Box {
  const around = { ...all, centres: all.centres.filter((centre) => isNear(centre, township)) };
  const offers = offersAbove(township, around.width).map((box) => ({
    box,
    cost:
      around.centres.filter((centre) => isOverHexagon(withMargin(box), centre)).length * 100 +
      around.labels.filter((label) => areTouching(label, box)).length * 100 +
      distanceCost(box, township.centres),
  }));
  return offers.reduce((best, one) => (one.cost < best.cost ? one : best)).box;
}

function isNear(centre: Point, township: Shifted): boolean {
  return township.centres.some((own) => Math.hypot(own.x - centre.x, own.y - centre.y) < 4);
}

function offersAbove(township: Shifted, width: number): readonly Box[] {
  const xs = township.centres.map((centre) => centre.x);
  const ys = township.centres.map((centre) => centre.y);
  const box = { width, height: labelHeight };
  const offers: Box[] = [];
  for (let y = Math.min(...ys) - 1.2; y <= Math.max(...ys) + 1.2; y += step) {
    for (let x = Math.min(...xs) - 0.9; x <= Math.max(...xs) + 0.9; x += step) {
      offers.push({ x, y, ...box });
    }
  }
  return offers;
}

/** A name wants to lie just above the top of its township, over the middle of that top. */
function distanceCost(box: Box, centres: readonly Point[]): number {
  const top = Math.min(...centres.map((centre) => centre.y));
  const topRow = centres.filter((centre) => centre.y < top + 0.1);
  const middle = topRow.reduce((sum, centre) => sum + centre.x, 0) / topRow.length;
  const wanted = top - halfCellHeight - labelHeight / 2 - 0.06;
  const nearest = Math.min(...centres.map((c) => Math.hypot(c.x - box.x, c.y - box.y)));
  return Math.abs(box.y - wanted) * 1.6 + Math.abs(box.x - middle) + Math.max(0, nearest - 0.9) * 3;
}

function withMargin(box: Box): Box {
  return { ...box, width: box.width + margin, height: box.height + margin };
}

/** Whether a box lies over a hexagon with this centre. */
export function isOverHexagon(box: Box, centre: Point): boolean {
  return (
    Math.abs(centre.x - box.x) < box.width / 2 + halfCellWidth &&
    Math.abs(centre.y - box.y) < box.height / 2 + halfCellHeight
  );
}

function areTouching(a: Box, b: Box): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 0.1 &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2 + 0.04
  );
}
