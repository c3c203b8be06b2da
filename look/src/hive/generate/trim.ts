import { centreOf, distanceBetween, isContiguous, keyOf, neighboursOf } from '../lattice.ts';
import { middleOf, type Cell } from '../lattice.ts';

/** A cell with no more neighbours than this is a spike of the outline. */
const spikeNeighbours = 2;

/**
 * Brings a group of cells down to `count`, one cell at a time: spikes of the outline first, then
 * the farthest from the middle; never one that would leave the group in two pieces.
 */
export function trimTo(cells: readonly Cell[], count: number): readonly Cell[] {
  if (cells.length < count) throw new Error(`${cells.length} cells cannot be trimmed to ${count}`);
  const middle = middleOf(cells);
  let left = cells;
  while (left.length > count) left = withoutWeakest(left, middle);
  return left;
}

function withoutWeakest(
  cells: readonly Cell[],
  middle: { readonly x: number; readonly y: number },
): readonly Cell[] {
  const keys = new Set(cells.map(keyOf));
  const friends = (cell: Cell): number =>
    Math.max(spikeNeighbours, neighboursOf(cell).filter((next) => keys.has(keyOf(next))).length);
  const away = (cell: Cell): number => distanceBetween(centreOf(cell), middle);
  const weakestFirst = cells.toSorted(
    (a, b) => friends(a) - friends(b) || away(b) - away(a) || a.row - b.row || a.col - b.col,
  );
  for (const weakest of weakestFirst) {
    const left = cells.filter((cell) => cell !== weakest);
    if (isContiguous(left)) return left;
  }
  throw new Error('no cell can be spared');
}
