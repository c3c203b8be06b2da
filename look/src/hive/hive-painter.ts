import { lookOf, untoldCell, type HiveCell, type HiveCells } from './hive-cell.ts';
import type { HiveWords } from './hive-words.ts';
import type { Point } from './lattice.ts';
import { drawnRadius, fillHexagons, paintAlike, traceHexagon, type Surface } from './paint-cell.ts';
import { nameRoomPx, paintLabels, paintNamedCell } from './paint-names.ts';
import type { Palette } from './palette.ts';
import { outlineOf } from './region-outline.ts';
import { centreIn, type Scene, type Spot } from './scene.ts';
import { toCanvas, type View } from './view.ts';

/** Everything a painting depends on. */
export interface Picture {
  readonly scene: Scene;
  readonly view: View;
  readonly cells: HiveCells;
  readonly palette: Palette;
  readonly words: HiveWords;
  /** Names are left out while the view moves. */
  readonly isMoving: boolean;
  /** Regions drawn with an outline: what the pointer is over, where the keyboard stands. */
  readonly hovered: string | null;
  readonly focused: string | null;
  /** The village the page is open at. */
  readonly chosen: string | null;
}

/** More changed cells than this are shown by copying the whole picture. */
const clippedCellsMax = 150;
const largeCellPx = 30;

/**
 * Paints on a hidden layer and copies to the canvas what changed; marks (alarm rings, outlines) lie
 * on top of the copy, so that they come and go without repainting cells.
 */
export class HivePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #front: CanvasRenderingContext2D;
  readonly #back: OffscreenCanvasRenderingContext2D;
  #ratio = 1;
  /** Device pixels to a pixel of a page whose rem is 16: a wall that scales its rem scales names too. */
  #detail = 1;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#front = contextOf(canvas.getContext('2d', { alpha: false }));
    this.#back = contextOf(new OffscreenCanvas(1, 1).getContext('2d', { alpha: false }));
  }

  /** Size in device pixels. */
  get size(): { readonly width: number; readonly height: number } {
    return { width: this.#canvas.width, height: this.#canvas.height };
  }

  get ratio(): number {
    return this.#ratio;
  }

  /** Fits the pixels to the canvas' box on the page. */
  resize(ratio: number): void {
    this.#ratio = ratio;
    const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.#detail = (ratio * remPx) / 16;
    this.#canvas.width = Math.max(1, Math.round(this.#canvas.clientWidth * ratio));
    this.#canvas.height = Math.max(1, Math.round(this.#canvas.clientHeight * ratio));
    this.#back.canvas.width = this.#canvas.width;
    this.#back.canvas.height = this.#canvas.height;
  }

  paintAll(picture: Picture): void {
    const { width, height } = this.size;
    this.#back.fillStyle = picture.palette.ground;
    this.#back.fillRect(0, 0, width, height);
    this.#paintSpots(picture.scene.spots, picture);
    if (!picture.isMoving) {
      const style = { palette: picture.palette, words: picture.words, ratio: this.#detail };
      const isLit = (code: string): boolean => isEquipped(code, picture);
      paintLabels(this.#back, picture.scene.labels, { ...style, view: picture.view, isLit });
    }
    this.paintMarks(picture);
  }

  /** Repaints some spots of the scene, and nothing else. */
  paintSome(spots: readonly Spot[], picture: Picture): void {
    const centres = spots.map((spot) => placeOf(spot, picture.view));
    const radius = picture.view.scale * 0.55;
    fillHexagons(this.#back, { centres, radius }, { colour: picture.palette.ground, opacity: 1 });
    this.#paintSpots(spots, picture);
    if (spots.length > clippedCellsMax) this.paintMarks(picture);
    else this.#copyAround(centres, picture);
  }

  /** Copies the hidden layer to the canvas and lays the marks on it. */
  paintMarks(picture: Picture): void {
    this.#front.drawImage(this.#back.canvas, 0, 0);
    paintMarks(this.#front, picture, this.#detail);
  }

  #copyAround(centres: readonly Point[], picture: Picture): void {
    const reach = Math.ceil(picture.view.scale * 0.6);
    this.#front.save();
    this.#front.beginPath();
    for (const { x, y } of centres) {
      this.#front.rect(Math.floor(x) - reach, Math.floor(y) - reach, reach * 2 + 1, reach * 2 + 1);
    }
    this.#front.clip();
    this.paintMarks(picture);
    this.#front.restore();
  }

  #paintSpots(spots: readonly Spot[], picture: Picture): void {
    const { view, palette, words, cells } = picture;
    if (!picture.isMoving && view.scale >= nameRoomPx * this.#detail) {
      const style = { palette, words, ratio: this.#detail, scale: view.scale };
      for (const spot of spots) {
        const named = { code: spot.code, at: placeOf(spot, view), cell: cells.get(spot.code) };
        paintNamedCell(this.#back, named, style);
      }
      return;
    }
    for (const [cell, centres] of alike(spots, picture)) {
      const hexagons = { centres, radius: view.scale * drawnRadius };
      paintAlike(this.#back, cell, { hexagons, palette });
    }
  }
}

function alike(
  spots: readonly Spot[],
  picture: Picture,
): Iterable<readonly [HiveCell, readonly Point[]]> {
  const groups = new Map<string, { readonly cell: HiveCell; readonly centres: Point[] }>();
  for (const spot of spots) {
    const cell = picture.cells.get(spot.code) ?? untoldCell;
    const look = lookOf(cell);
    const group = groups.get(look) ?? { cell, centres: [] };
    group.centres.push(placeOf(spot, picture.view));
    groups.set(look, group);
  }
  return [...groups.values()].map((group) => [group.cell, group.centres] as const);
}

function placeOf(spot: Spot, view: View): Point {
  return toCanvas(view, centreIn(spot, view.spread));
}

function isEquipped(code: string, picture: Picture): boolean {
  return picture.scene.spots.some(
    (spot) =>
      spot.code.startsWith(code) &&
      (picture.cells.get(spot.code) ?? untoldCell).status !== 'not-equipped',
  );
}

function paintMarks(surface: Surface, picture: Picture, ratio: number): void {
  paintAlarmRings(surface, picture, ratio);
  const { hovered, focused, chosen, palette } = picture;
  if (chosen !== null)
    paintOutline(surface, chosen, { picture, colour: palette.text, width: 3 * ratio });
  if (hovered !== null)
    paintOutline(surface, hovered, { picture, colour: palette.quiet, width: 1.5 * ratio });
  if (focused !== null)
    paintOutline(surface, focused, { picture, colour: palette.focus, width: 3 * ratio });
}

/** Small cells get a ring that is seen from afar, open behind a name; large ones a rim. */
function paintAlarmRings(surface: Surface, picture: Picture, ratio: number): void {
  const { scale } = picture.view;
  surface.save();
  clipOutNames(surface, picture);
  surface.lineWidth = 2.5 * ratio;
  for (const spot of picture.scene.spots) {
    const alarm = picture.cells.get(spot.code)?.alarm;
    if (alarm === undefined) continue;
    const at = placeOf(spot, picture.view);
    surface.strokeStyle = picture.palette.alarm[alarm];
    surface.beginPath();
    if (scale < largeCellPx * ratio) surface.arc(at.x, at.y, 17 * ratio, 0, 2 * Math.PI);
    else traceHexagon(surface, at, scale * 0.57);
    surface.stroke();
  }
  surface.restore();
}

function clipOutNames(surface: Surface, { scene, view }: Picture): void {
  surface.beginPath();
  surface.rect(0, 0, surface.canvas.width, surface.canvas.height);
  for (const { box } of scene.labels) {
    const { x, y } = toCanvas(view, box);
    const width = box.width * view.scale;
    const height = box.height * view.scale;
    surface.rect(x - width / 2, y - height / 2, width, height);
  }
  surface.clip('evenodd');
}

function paintOutline(
  surface: Surface,
  code: string,
  how: { readonly picture: Picture; readonly colour: string; readonly width: number },
): void {
  const { view, scene } = how.picture;
  const spots = scene.spots.filter((spot) => spot.code.startsWith(code));
  surface.strokeStyle = how.colour;
  surface.lineWidth = how.width;
  surface.lineCap = 'round';
  surface.beginPath();
  if (spots.length === 1) {
    for (const spot of spots) traceHexagon(surface, placeOf(spot, view), view.scale * 0.57);
  } else {
    for (const edge of outlineOf(spots, view.spread)) {
      const from = toCanvas(view, edge.from);
      const to = toCanvas(view, edge.to);
      surface.moveTo(from.x, from.y);
      surface.lineTo(to.x, to.y);
    }
  }
  surface.stroke();
}

function contextOf<T>(context: T | null): T {
  if (context === null) throw new Error('this browser gives no 2D canvas context');
  return context;
}
