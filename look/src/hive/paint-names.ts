import { untoldCell, type HiveCell } from './hive-cell.ts';
import type { HiveWords } from './hive-words.ts';
import type { Point } from './lattice.ts';
import {
  drawnRadius,
  fillHexagons,
  paintAlike,
  strokeHexagons,
  type Surface,
} from './paint-cell.ts';
import type { Palette } from './palette.ts';
import type { Label } from './scene.ts';
import { toCanvas, type View } from './view.ts';

interface Style {
  readonly palette: Palette;
  readonly words: HiveWords;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/** From this cell width on (CSS pixels) a hexagon has room for its village's name. */
export const nameRoomPx = 84;

const largestLabelPx = 22;
const smallestLabelPx = 9;
const smallestWordPx = 12;
/** A text may stand this much higher than its font's size, as Tibetan stacks do. */
const tallest = 1.4;

/** The names of counties or townships, each inside the box that was kept free for it. */
export function paintLabels(
  surface: Surface,
  labels: readonly Label[],
  how: Style & { readonly view: View; readonly isLit: (code: string) => boolean },
): void {
  const { font } = how.palette;
  const named = labels.map(({ code, box }) => {
    const name = how.words.nameOf(code);
    const width = box.width * how.view.scale;
    const height = Math.min((box.height * how.view.scale) / 1.2, largestLabelPx * how.ratio);
    return { code, box, name, size: fitText(surface, name, { width, height, font }) };
  });
  // Where long names had to shrink, short ones do not shout beside them.
  const common = medianOf(named.map((one) => one.size)) * 1.15;
  surface.textAlign = 'center';
  surface.textBaseline = 'alphabetic';
  for (const one of named) {
    const size = Math.min(one.size, common);
    if (size < smallestLabelPx * how.ratio) continue;
    const at = toCanvas(how.view, one.box);
    surface.font = `500 ${size}px ${font}`;
    surface.fillStyle = how.isLit(one.code) ? how.palette.text : how.palette.quiet;
    surface.fillText(one.name, at.x, at.y + dropToMiddle(surface, one.name));
  }
}

/** From a text's middle down to its baseline: Tibetan stacks hang far below it, Chinese hardly. */
function dropToMiddle(surface: Surface, text: string): number {
  const { actualBoundingBoxAscent: above, actualBoundingBoxDescent: below } =
    surface.measureText(text);
  return (above - below) / 2;
}

function medianOf(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.floor(ordered.length / 2)] ?? 0;
}

/** Sets the largest font in which a text fits, and returns its size in pixels. */
function fitText(
  surface: Surface,
  text: string,
  room: {
    readonly width: number;
    readonly height: number;
    readonly font: string;
    readonly weight?: number;
  },
): number {
  const weight = room.weight ?? 500;
  surface.font = `${weight} ${room.height}px ${room.font}`;
  const { width, actualBoundingBoxAscent, actualBoundingBoxDescent } = surface.measureText(text);
  const height = actualBoundingBoxAscent + actualBoundingBoxDescent;
  const share = Math.min(1, room.width / width, (room.height * tallest) / height);
  const size = room.height * share;
  surface.font = `${weight} ${size}px ${room.font}`;
  return size;
}

/** One village drawn large: its sign above, its name, its state in a word below. */
export function paintNamedCell(
  surface: Surface,
  spot: { readonly code: string; readonly at: Point; readonly cell: HiveCell | undefined },
  how: Style & { readonly scale: number },
): void {
  const cell = spot.cell ?? untoldCell;
  paintPlate(surface, { cell, at: spot.at }, how);
  const sign = { x: spot.at.x, y: spot.at.y - how.scale * 0.27 };
  const hexagons = { centres: [sign], radius: how.scale * 0.12 };
  paintAlike(surface, cell, { hexagons, palette: how.palette });
  surface.textAlign = 'center';
  surface.textBaseline = 'alphabetic';
  const name = how.words.nameOf(spot.code);
  const font = how.palette.font;
  const size = fitText(surface, name, { width: how.scale * 0.8, height: how.scale * 0.18, font });
  surface.fillStyle = cell.status === 'not-equipped' ? how.palette.quiet : how.palette.text;
  surface.fillText(name, spot.at.x, spot.at.y + size * 0.5);
  paintWord(surface, { at: spot.at, word: wordOf(cell, how.words) }, how);
}

/** The state in a word, where it would not be too small to read. */
function paintWord(
  surface: Surface,
  { at, word }: { readonly at: Point; readonly word: string },
  how: Style & { readonly scale: number },
): void {
  const height = Math.min(how.scale * 0.12, 20 * how.ratio);
  if (height < smallestWordPx * how.ratio) return;
  const font = how.palette.font;
  const size = fitText(surface, word, { width: how.scale * 0.6, height, font, weight: 400 });
  surface.fillStyle = how.palette.text;
  surface.fillText(word, at.x, at.y + how.scale * 0.24 + size * 0.36);
}

function paintPlate(
  surface: Surface,
  { cell, at }: { readonly cell: HiveCell; readonly at: Point },
  how: { readonly scale: number; readonly palette: Palette },
): void {
  const isAlarm = cell.alarm !== undefined;
  const colour = isAlarm ? how.palette.alarm[cell.alarm] : how.palette.status[cell.status];
  const hexagons = { centres: [at], radius: how.scale * drawnRadius };
  const isStrong = isAlarm || (cell.onDuty && cell.status === 'online');
  if (cell.status !== 'not-equipped') {
    fillHexagons(surface, hexagons, { colour, opacity: isStrong ? 0.3 : 0.1 });
  }
  const share = cell.status === 'not-equipped' && !isAlarm ? 0.02 : 0.05;
  strokeHexagons(surface, hexagons, { colour, share, isDashed: cell.status === 'unknown' });
}

function wordOf(cell: HiveCell, words: HiveWords): string {
  if (cell.alarm !== undefined) return words.alarm[cell.alarm];
  if (cell.status !== 'online') return words.status[cell.status];
  return cell.onDuty ? words.onDuty : words.nobody;
}
