import {
  centreOf,
  distanceBetween,
  isContiguous,
  middleOf,
  type Cell,
  type Point,
} from '../lattice.ts';

/** A rectangle kept free for a name, by its middle; all in cell widths. */
export interface LabelBox extends Point {
  readonly width: number;
  readonly height: number;
}

interface Blob {
  readonly code: string;
  readonly cells: readonly Cell[];
}

export interface LabelSize {
  readonly width: number;
  readonly height: number;
}

interface Offer {
  readonly box: LabelBox;
  readonly cost: number;
}

const step = 0.25;
/** A hexagon as a box, a little smaller than its corners: a name may come that near. */
const halfCellWidth = 0.48;
const halfCellHeight = 0.52;

/** Whether a name's box lies over any part of a cell that could be lit. */
export function isOverCell(box: LabelBox, cell: Cell): boolean {
  const { x, y } = centreOf(cell);
  return (
    Math.abs(x - box.x) < box.width / 2 + halfCellWidth &&
    Math.abs(y - box.y) < box.height / 2 + halfCellHeight
  );
}

/**
 * Where each county's name stands: on the county's upper edge, where it covers no cell of another
 * county and no other name, and as few of its own as can be. Those few are given up (the caller
 * takes them away), so that a name never lies over an alarm.
 * `sizeOf`: the box a name needs.
 */
export function findLabelSlots(
  blobs: readonly Blob[],
  sizeOf: (code: string) => LabelSize,
): ReadonlyMap<string, LabelBox> {
  const slots = new Map<string, LabelBox>();
  for (const blob of blobs) {
    const others = blobs.filter((other) => other !== blob).flatMap((other) => other.cells);
    const taken = [...slots.values()];
    const best = offersFor(blob, sizeOf(blob.code))
      .toSorted((a, b) => a.cost - b.cost)
      .map((offer) => offer.box)
      .filter((box) => !taken.some((other) => areNear(other, box)))
      .filter((box) => !others.some((cell) => isOverCell(box, cell)))
      .find((box) => isContiguous(blob.cells.filter((cell) => !isOverCell(box, cell))));
    if (best === undefined) throw new Error(`no room for the name of ${blob.code}`);
    slots.set(blob.code, best);
  }
  return slots;
}

function offersFor(blob: Blob, size: LabelSize): readonly Offer[] {
  const middle = middleOf(blob.cells);
  const centres = blob.cells.map(centreOf);
  const top = Math.min(...centres.map((centre) => centre.y));
  const reach = Math.sqrt(blob.cells.length) / 2;
  const offers: Offer[] = [];
  for (let y = top - 1.5; y <= middle.y; y += step) {
    for (let x = middle.x - reach; x <= middle.x + reach; x += step) {
      const box = { x, y, ...size };
      offers.push({ box, cost: costOf(box, blob, middle) });
    }
  }
  return offers;
}

/** Few cells given up; then close to its own county and near its middle. */
function costOf(box: LabelBox, blob: Blob, middle: Point): number {
  const left = blob.cells.filter((cell) => !isOverCell(box, cell));
  const givenUp = blob.cells.length - left.length;
  const nearest = Math.min(...left.map((cell) => distanceBetween(centreOf(cell), box)));
  const below = left.filter((cell) => isJustBelow(centreOf(cell), box)).length;
  const unsupported = Math.max(0, Math.floor(box.width) - below);
  return (
    givenUp + unsupported * 2.5 + Math.max(0, nearest - 1.2) * 4 + Math.abs(box.x - middle.x) * 0.6
  );
}

function isJustBelow(centre: Point, box: LabelBox): boolean {
  const drop = centre.y - box.y;
  return Math.abs(centre.x - box.x) < box.width / 2 && drop > 0 && drop < box.height / 2 + 1.3;
}

function areNear(a: LabelBox, b: LabelBox): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 0.5 &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2 + 0.5
  );
}
