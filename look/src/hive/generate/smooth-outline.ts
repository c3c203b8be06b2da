import {
  type Cell,
  centreOf,
  distanceBetween,
  isContiguous,
  keyOf,
  middleOf,
  neighboursOf,
} from '../lattice.ts';

/** A cell with no more neighbours of its own than this sticks out; a hollow has more. */
const spikeNeighbours = 2;
const hollowNeighbours = 3;
const movesMax = 60;

/**
 * Makes a county's outline calmer without changing its size: cells that stick out move into hollows
 * of the outline, as long as one is free.
 * `isFree`: whether a cell may be taken (no name over it, no other county in it or beside it).
 */
export function smoothOutline(
  cells: readonly Cell[],
  isFree: (cell: Cell) => boolean,
): readonly Cell[] {
  const middle = middleOf(cells);
  let current = cells;
  for (let moves = 0; moves < movesMax; moves += 1) {
    const next = moveOneSpike(current, isFree, middle);
    if (next === null) return current;
    current = next;
  }
  return current;
}

function moveOneSpike(
  cells: readonly Cell[],
  isFree: (cell: Cell) => boolean,
  middle: { readonly x: number; readonly y: number },
): readonly Cell[] | null {
  const keys = new Set(cells.map(keyOf));
  const friends = (cell: Cell): number =>
    neighboursOf(cell).filter((next) => keys.has(keyOf(next))).length;
  const away = (cell: Cell): number => distanceBetween(centreOf(cell), middle);
  const byOrder = (a: Cell, b: Cell): number => away(a) - away(b) || a.row - b.row || a.col - b.col;
  const spike = cells
    .filter((cell) => friends(cell) <= spikeNeighbours)
    .toSorted(byOrder)
    .at(-1);
  if (spike === undefined) return null;
  keys.delete(keyOf(spike));
  const hollow = cells
    .flatMap(neighboursOf)
    .filter((cell) => !keys.has(keyOf(cell)) && keyOf(cell) !== keyOf(spike) && isFree(cell))
    .filter((cell) => friends(cell) >= hollowNeighbours)
    .toSorted(byOrder)[0];
  if (hollow === undefined) return null;
  const moved = [...cells.filter((cell) => cell !== spike), hollow];
  return isContiguous(moved) ? moved : null;
}
