/**
 * The hex lattice of the hive: pointy-top hexagons in "odd-r" offset rows (odd rows stand half a
 * cell to the right). One unit of length is the distance between two neighbouring centres.
 */

export interface Cell {
  readonly col: number;
  readonly row: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Distance between two rows, in cell widths. */
export const rowPitch = Math.sqrt(3) / 2;

/** From the centre of a hexagon to its corner, in cell widths. */
export const cornerRadius = 1 / Math.sqrt(3);

/** The centre of a cell, in cell widths from the centre of cell (0, 0). */
export function centreOf(cell: Cell): Point {
  return { x: cell.col + (cell.row & 1) / 2, y: cell.row * rowPitch };
}

/** The cell whose hexagon holds a point. */
export function cellAt(point: Point): Cell {
  const nearRow = Math.floor(point.y / rowPitch);
  const near = [nearRow, nearRow + 1].map((row) => {
    const cell = { col: Math.round(point.x - (row & 1) / 2), row };
    return { cell, distance: distanceBetween(centreOf(cell), point) };
  });
  return near.reduce((best, one) => (one.distance < best.distance ? one : best)).cell;
}

/** One key a cell, for maps and sets; columns may run from -5,000 to 4,999. */
export function keyOf(cell: Cell): number {
  return cell.row * 10_000 + cell.col;
}

const evenRowSteps = [
  [1, 0],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
] as const;

const oddRowSteps = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 0],
  [0, -1],
  [1, -1],
] as const;

/** The six cells around one, from the east clockwise as seen on a screen. */
export function neighboursOf(cell: Cell): readonly Cell[] {
  const steps = (cell.row & 1) === 1 ? oddRowSteps : evenRowSteps;
  return steps.map(([col, row]) => ({ col: cell.col + col, row: cell.row + row }));
}

export function distanceBetween(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The parts of a set of cells that hang together edge to edge, the largest first. */
export function connectedParts(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const left = new Map(cells.map((cell) => [keyOf(cell), cell]));
  const parts: Cell[][] = [];
  for (const start of cells) {
    if (!left.delete(keyOf(start))) continue;
    const part = [start];
    for (const cell of part) {
      part.push(...neighboursOf(cell).filter((next) => left.delete(keyOf(next))));
    }
    parts.push(part);
  }
  return parts.toSorted((a, b) => b.length - a.length);
}

export function isContiguous(cells: readonly Cell[]): boolean {
  return connectedParts(cells).length === 1;
}

/** The mean of the centres of some cells. */
export function middleOf(cells: readonly Cell[]): Point {
  const sum = cells.map(centreOf).reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / cells.length, y: sum.y / cells.length };
}
