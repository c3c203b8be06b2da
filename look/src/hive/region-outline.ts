import { cornerRadius, keyOf, neighboursOf, type Point } from './lattice.ts';
import { centreIn, type Spot } from './scene.ts';

/** One piece of an outline, in cell widths. */
export interface Edge {
  readonly from: Point;
  readonly to: Point;
}

/** The sides of a group of hexagons that have none of the group beyond them: they lie in the gaps. */
export function outlineOf(spots: readonly Spot[], spread: number): readonly Edge[] {
  const keys = new Set(spots.map((spot) => keyOf(spot.cell)));
  return spots.flatMap((spot) => {
    const centre = centreIn(spot, spread);
    return neighboursOf(spot.cell).flatMap((next, side) =>
      keys.has(keyOf(next)) ? [] : [{ from: corner(centre, side - 1), to: corner(centre, side) }],
    );
  });
}

/** Corners are numbered like the neighbours: number 0 lies between the east and the south-east. */
function corner(centre: Point, number: number): Point {
  const angle = Math.PI / 6 + (number * Math.PI) / 3;
  return {
    x: centre.x + cornerRadius * Math.cos(angle),
    y: centre.y + cornerRadius * Math.sin(angle),
  };
}
