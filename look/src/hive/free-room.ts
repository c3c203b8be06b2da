import type { Point } from './lattice.ts';
import type { Box } from './layout.ts';

/** Half of a cell's box, in cell widths: what a name must not touch. */
const cellHalf: Point = { x: 0.52, y: 0.6 };
const step = 0.25;
/** No name needs more, in cell widths. */
const widest = 8;

/**
 * The box of a name made as wide as it can be about its middle, so that it touches neither a cell nor
 * another name nor leaves `bounds`: a Latin name is twice as long as the Chinese one the box was kept
 * free for. Never narrower than given.
 */
export function widened(
  box: Box,
  around: {
    readonly cells: readonly Point[];
    readonly names: readonly Box[];
    readonly bounds: Box;
  },
): Box {
  const obstacles = [
    ...around.cells.map((at) => ({ ...at, half: cellHalf })),
    ...around.names.map((name) => ({ ...name, half: { x: name.width / 2, y: name.height / 2 } })),
  ].filter(({ y, half }) => Math.abs(y - box.y) < half.y + box.height / 2);
  const { bounds } = around;
  const toEdge = bounds.width / 2 - Math.abs(box.x - bounds.x);
  const half = Math.min(
    widest / 2,
    toEdge,
    ...obstacles.map((one) => Math.abs(one.x - box.x) - one.half.x),
  );
  return { ...box, width: Math.max(box.width, Math.floor((half * 2) / step) * step) };
}
