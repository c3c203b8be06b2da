import type { HiveCell } from './hive-cell.ts';
import type { Point } from './lattice.ts';
import type { Palette } from './palette.ts';

/** Either kind of 2D canvas context. */
export type Surface = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A hexagon's corner radius as drawn, in cell widths: a little less than touching. */
export const drawnRadius = 0.52;

/** How much farther a corner moves than a side when a hexagon grows. */
const sideToCorner = 2 / Math.sqrt(3);

/** Adds a pointy-top hexagon to the current path. */
export function traceHexagon(surface: Surface, centre: Point, radius: number): void {
  const half = (radius * Math.sqrt(3)) / 2;
  surface.moveTo(centre.x, centre.y - radius);
  surface.lineTo(centre.x + half, centre.y - radius / 2);
  surface.lineTo(centre.x + half, centre.y + radius / 2);
  surface.lineTo(centre.x, centre.y + radius);
  surface.lineTo(centre.x - half, centre.y + radius / 2);
  surface.lineTo(centre.x - half, centre.y - radius / 2);
  surface.closePath();
}

/** Hexagons of one size, by their centres; the radius reaches the corners, in pixels. */
export interface Hexagons {
  readonly centres: readonly Point[];
  readonly radius: number;
}

/**
 * Villages that look alike, in one go. They are told apart without colour: on duty filled; reachable
 * but nobody on duty a ring around a pale filling; weak signal half filled; disconnected hollow;
 * unknown dashed; not equipped a faint thin outline; an alarm filled with ▲.
 */
export function paintAlike(
  surface: Surface,
  cell: HiveCell,
  how: { readonly hexagons: Hexagons; readonly palette: Palette },
): void {
  const { hexagons, palette } = how;
  if (cell.alarm !== undefined) {
    fillHexagons(surface, hexagons, { colour: palette.alarm[cell.alarm], opacity: 1 });
    paintAlarmSigns(surface, hexagons, palette.onStatus);
    return;
  }
  const colour = palette.status[cell.status];
  switch (cell.status) {
    case 'online':
      fillHexagons(surface, hexagons, { colour, opacity: cell.onDuty ? 1 : 0.22 });
      if (!cell.onDuty) strokeHexagons(surface, hexagons, { colour, share: 0.2 });
      return;
    case 'stale':
      paintHalves(surface, hexagons, { colour, opacity: cell.onDuty ? 1 : 0.5 });
      strokeHexagons(surface, hexagons, { colour, share: 0.16 });
      return;
    case 'offline':
      strokeHexagons(surface, hexagons, { colour, share: 0.2 });
      return;
    case 'unknown':
      strokeHexagons(surface, hexagons, { colour, share: 0.17, isDashed: true });
      return;
    case 'not-equipped':
      strokeHexagons(surface, hexagons, { colour, share: 0.09 });
  }
}

interface Paint {
  readonly colour: string;
  readonly opacity: number;
}

/**
 * Every hexagon is a path of its own: one long path of all would look the same and cost five times as
 * much (27 against 5 ms for 1,700 on a canvas without a graphics card).
 */
export function fillHexagons(surface: Surface, hexagons: Hexagons, paint: Paint): void {
  surface.globalAlpha = paint.opacity;
  surface.fillStyle = paint.colour;
  for (const centre of hexagons.centres) {
    surface.beginPath();
    traceHexagon(surface, centre, hexagons.radius);
    surface.fill();
  }
  surface.globalAlpha = 1;
}

interface Line {
  readonly colour: string;
  /** The line's width as a share of the radius; at least a pixel. */
  readonly share: number;
  readonly isDashed?: boolean;
}

/** The outlines stay inside the hexagons. */
export function strokeHexagons(surface: Surface, hexagons: Hexagons, line: Line): void {
  const width = Math.max(1, Math.min(hexagons.radius * line.share, 6));
  if (line.isDashed === true) strokeDashed(surface, hexagons, { colour: line.colour, width });
  else fillRings(surface, hexagons, { colour: line.colour, width });
}

interface Pen {
  readonly colour: string;
  readonly width: number;
}

/** A ring between two hexagons fills in half the time a stroke takes. */
function fillRings(surface: Surface, { centres, radius }: Hexagons, pen: Pen): void {
  surface.fillStyle = pen.colour;
  for (const centre of centres) {
    surface.beginPath();
    traceHexagon(surface, centre, radius);
    traceHexagon(surface, centre, radius - pen.width * sideToCorner);
    surface.fill('evenodd');
  }
}

function strokeDashed(surface: Surface, { centres, radius }: Hexagons, pen: Pen): void {
  const middle = radius - (pen.width * sideToCorner) / 2;
  // A side is as long as the radius: a dash and a half a side, whatever the size.
  surface.setLineDash([middle * 0.36, middle * 0.3]);
  surface.lineWidth = pen.width;
  surface.strokeStyle = pen.colour;
  for (const centre of centres) {
    surface.beginPath();
    traceHexagon(surface, centre, middle);
    surface.stroke();
  }
  surface.setLineDash([]);
}

function paintHalves(surface: Surface, { centres, radius }: Hexagons, paint: Paint): void {
  const half = (radius * Math.sqrt(3)) / 2;
  surface.globalAlpha = paint.opacity;
  surface.fillStyle = paint.colour;
  for (const centre of centres) {
    surface.beginPath();
    surface.moveTo(centre.x, centre.y - radius);
    surface.lineTo(centre.x - half, centre.y - radius / 2);
    surface.lineTo(centre.x - half, centre.y + radius / 2);
    surface.lineTo(centre.x, centre.y + radius);
    surface.closePath();
    surface.fill();
  }
  surface.globalAlpha = 1;
}

function paintAlarmSigns(surface: Surface, { centres, radius }: Hexagons, colour: string): void {
  surface.fillStyle = colour;
  surface.beginPath();
  for (const centre of centres) {
    surface.moveTo(centre.x, centre.y - radius * 0.52);
    surface.lineTo(centre.x + radius * 0.5, centre.y + radius * 0.36);
    surface.lineTo(centre.x - radius * 0.5, centre.y + radius * 0.36);
    surface.closePath();
  }
  surface.fill();
}
