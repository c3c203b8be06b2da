import { centreOf, connectedParts, keyOf, neighboursOf, type Cell } from '../lattice.ts';

/** A group of villages that belong together, with the number of cells it needs. */
export interface Group {
  readonly code: string;
  readonly count: number;
}

interface Half {
  readonly cells: readonly Cell[];
  readonly groups: readonly Group[];
}

const directions = 24;

/**
 * Deals a county's cells out to its townships, each in one piece where that is possible: the county
 * is cut in two again and again, the townships in the order of their codes, always along the line
 * with the shortest seam that leaves both sides whole.
 * The cells of all groups must add up to `cells`.
 */
export function splitAmong(
  cells: readonly Cell[],
  groups: readonly Group[],
): ReadonlyMap<string, readonly Cell[]> {
  const [only, ...rest] = groups;
  if (only === undefined) return new Map();
  if (rest.length === 0) return new Map([[only.code, cells]]);
  const [near, far] = bestCut(cells, groups);
  return new Map([...splitAmong(near.cells, near.groups), ...splitAmong(far.cells, far.groups)]);
}

function bestCut(cells: readonly Cell[], groups: readonly Group[]): readonly [Half, Half] {
  const cuts = cutPlaces(groups).flatMap((place) =>
    Array.from({ length: directions }, (_, index) => cut(cells, groups, { place, index })),
  );
  const best = cuts.reduce((a, b) => (costOf(b) < costOf(a) ? b : a));
  return best;
}

/** How many groups go to the near side: about half the cells, or one more or less. */
function cutPlaces(groups: readonly Group[]): readonly number[] {
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  let held = 0;
  const half = groups.findIndex((group) => (held += group.count) >= total / 2);
  return [half - 1, half, half + 1, half + 2].filter((n) => n >= 1 && n < groups.length);
}

function cut(
  cells: readonly Cell[],
  groups: readonly Group[],
  how: { readonly place: number; readonly index: number },
): readonly [Half, Half] {
  const angle = (how.index / directions) * 2 * Math.PI;
  const along = (cell: Cell): number => {
    const { x, y } = centreOf(cell);
    return x * Math.cos(angle) + y * Math.sin(angle);
  };
  const ordered = cells.toSorted((a, b) => along(a) - along(b) || a.row - b.row || a.col - b.col);
  const nearGroups = groups.slice(0, how.place);
  const count = nearGroups.reduce((sum, group) => sum + group.count, 0);
  return [
    { cells: ordered.slice(0, count), groups: nearGroups },
    { cells: ordered.slice(count), groups: groups.slice(how.place) },
  ];
}

/** A seam's length; a side in pieces costs more than any seam. */
function costOf([near, far]: readonly [Half, Half]): number {
  const farKeys = new Set(far.cells.map(keyOf));
  const seam = near.cells.flatMap(neighboursOf).filter((cell) => farKeys.has(keyOf(cell))).length;
  const pieces = connectedParts(near.cells).length + connectedParts(far.cells).length - 2;
  const unevenness = Math.abs(near.cells.length - far.cells.length) / 4;
  return pieces * 1000 + seam + unevenness;
}
