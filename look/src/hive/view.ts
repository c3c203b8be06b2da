import type { Point } from './lattice.ts';
import type { Box } from './layout.ts';

/** How the hive lies on the canvas: pixel = cell width × scale + offset; `spread` 0…1 opens townships. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly spread: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A cell is never drawn wider than this share of the canvas' shorter side. */
const widestCell = 0.24;

/** The view in which a box fills the canvas, as large as it goes, in the middle. */
export function fitView(box: Box, canvas: Size, spread: number): View {
  const fitting = Math.min(canvas.width / box.width, canvas.height / box.height);
  const scale = Math.min(fitting, Math.min(canvas.width, canvas.height) * widestCell);
  return {
    scale,
    x: canvas.width / 2 - box.x * scale,
    y: canvas.height / 2 - box.y * scale,
    spread,
  };
}

/** The view at `progress` 0…1 of the way from one to another; zooming is even to the eye. */
export function viewBetween(from: View, to: View, progress: number): View {
  if (progress >= 1) return to;
  const eased = 1 - (1 - progress) ** 3;
  const scale = from.scale * (to.scale / from.scale) ** eased;
  const share = to.scale === from.scale ? eased : (scale - from.scale) / (to.scale - from.scale);
  const between = (a: number, b: number): number => a + (b - a) * share;
  return {
    scale,
    x: between(from.x, to.x),
    y: between(from.y, to.y),
    spread: from.spread + (to.spread - from.spread) * eased,
  };
}

export function toCanvas(view: View, point: Point): Point {
  return { x: point.x * view.scale + view.x, y: point.y * view.scale + view.y };
}
