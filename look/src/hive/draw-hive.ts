import { type HiveCell, type HiveCells, type HiveFrame, lookOf } from './hive-cell.ts';
import type { Hive, HiveOptions } from './hive.ts';
import { HivePainter, type Picture } from './hive-painter.ts';
import { chineseHiveWords, describeRegion, type HiveWords } from './hive-words.ts';
import { listenToHive } from './listen-to-hive.ts';
import type { Point } from './lattice.ts';
import type { HiveLayout } from './layout.ts';
import { readPalette, type Palette } from './palette.ts';
import {
  middleIn,
  nextUnit,
  type Scene,
  sceneOf,
  spotAt,
  type Spot,
  spotsOf,
  unitOf,
  unitsOf,
} from './scene.ts';
import type { Direction } from './scene.ts';
import { fitView, toCanvas, type View, viewBetween } from './view.ts';

export type { AlarmLevel, HiveCell, HiveCells, HiveFrame } from './hive-cell.ts';
export { chineseHiveWords, chineseNameOf, type HiveWords } from './hive-words.ts';
export { mapNameOf } from './county-names.ts';
export type { Hive, HiveOptions } from './hive.ts';
export type { HiveLayout } from './layout.ts';

const zoomMs = 180;
const villageDigits = 12;

/** Opens the hive on a canvas that has a size on the page. Paints at the next frame. */
export function openHive(
  canvas: HTMLCanvasElement,
  layout: HiveLayout,
  options: HiveOptions = {},
): Hive {
  return new LiveHive(canvas, layout, options);
}

interface Move {
  readonly from: View;
  readonly startedAt: number;
}

interface Waiting {
  readonly position: number;
  readonly painted: ((position: number) => void) | undefined;
}

class LiveHive implements Hive {
  readonly #canvas: HTMLCanvasElement;
  readonly #layout: HiveLayout;
  readonly #options: HiveOptions;
  readonly #painter: HivePainter;
  readonly #spots: readonly Spot[];
  readonly #closing = new AbortController();
  readonly #cells = new Map<string, HiveCell>();
  readonly #changed = new Set<string>();
  #waiting: Waiting[] = [];
  #scene: Scene;
  #view: View;
  #move: Move | null = null;
  #words: HiveWords;
  #palette: Palette;
  #hovered: string | null = null;
  #focused: string | null = null;
  #chosen: string | null = null;
  #frame: number | null = null;
  #needs: 'nothing' | 'marks' | 'all' = 'nothing';

  constructor(canvas: HTMLCanvasElement, layout: HiveLayout, options: HiveOptions) {
    this.#canvas = canvas;
    this.#layout = layout;
    this.#options = options;
    this.#painter = new HivePainter(canvas);
    this.#spots = spotsOf(layout);
    this.#words = options.words ?? chineseHiveWords;
    this.#palette = readPalette(canvas);
    this.#scene = sceneOf(layout, this.#spots, this.#root);
    this.#painter.resize(window.devicePixelRatio);
    this.#view = this.#fit();
    listenToHive(canvas, this.#closing.signal, {
      resized: () => this.resize(),
      restyled: () => this.#restyle(),
      pointed: (x, y) => this.#point(x, y),
      pressed: (x, y) => this.#press(x, y),
      stepped: (direction) => this.#step(direction),
      entered: () => this.#enter(),
      left: () => this.#leave(),
      reached: () => this.#reach(null),
      blurred: () => this.#focus(null),
    });
    this.#need('all');
  }

  get #root(): string {
    return this.#options.root ?? '5402';
  }

  setCells(cells: HiveCells): void {
    for (const [code, cell] of cells) this.#setCell(code, cell);
    for (const code of this.#cells.keys()) {
      if (cells.has(code)) continue;
      this.#cells.delete(code);
      this.#changed.add(code);
    }
    this.#need('nothing');
  }

  applyFrame(frame: HiveFrame, painted?: (position: number) => void): void {
    for (const [code, cell] of frame.cells) this.#setCell(code, cell);
    this.#waiting.push({ position: frame.to, painted });
    this.#need('nothing');
  }

  zoomTo(region: string | null): void {
    const target = region?.startsWith(this.#root) === true ? region : this.#root;
    this.#chosen = target.length === villageDigits ? target : null;
    this.#need('marks');
    const from = this.#scene.region;
    if (target.slice(0, 9) === from) return;
    this.#scene = sceneOf(this.#layout, this.#spots, target);
    this.#hovered = null;
    if (this.#focused !== null) this.#reach(from);
    this.#move = isStill() ? null : { from: this.#view, startedAt: performance.now() };
    if (this.#move === null) this.#view = this.#fit();
    this.#need('all');
  }

  hitTest(x: number, y: number): string | null {
    const { scale, x: left, y: top } = this.#view;
    const ratio = this.#painter.ratio;
    const point = { x: (x * ratio - left) / scale, y: (y * ratio - top) / scale };
    return spotAt(this.#scene, point)?.code ?? null;
  }

  placeOf(code: string): Point | null {
    const spots = this.#scene.spots.filter((spot) => spot.code.startsWith(code));
    if (spots.length === 0) return null;
    const { x, y } = toCanvas(this.#view, middleIn(spots, this.#view.spread));
    return { x: x / this.#painter.ratio, y: y / this.#painter.ratio };
  }

  describe(code: string): string {
    return describeRegion(code, this.#cells, this.#words);
  }

  speak(words: HiveWords): void {
    this.#words = words;
    this.#need('all');
  }

  resize(devicePixelRatio: number = window.devicePixelRatio): void {
    this.#painter.resize(devicePixelRatio);
    this.#move = null;
    this.#view = this.#fit();
    this.#need('all');
  }

  close(): void {
    this.#closing.abort();
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  #setCell(code: string, cell: HiveCell): void {
    const before = this.#cells.get(code);
    if (before !== undefined && lookOf(before) === lookOf(cell)) return;
    this.#cells.set(code, cell);
    this.#changed.add(code);
    // A ring may begin or end: the marks around the cell change with it.
    if (before?.alarm !== cell.alarm) this.#need('marks');
  }

  #restyle(): void {
    this.#palette = readPalette(this.#canvas);
    this.#need('all');
  }

  #point(x: number, y: number): void {
    const village = this.hitTest(x, y);
    const unit = village === null ? null : unitOf(this.#scene.region, village);
    this.#canvas.style.cursor = village === null ? 'default' : 'pointer';
    this.#options.onHover?.(village);
    if (unit === this.#hovered) return;
    this.#hovered = unit;
    this.#need('marks');
  }

  #press(x: number, y: number): void {
    const village = this.hitTest(x, y);
    if (village === null) return;
    // An alarm is one press away from any height.
    const isAlarm = this.#cells.get(village)?.alarm !== undefined;
    this.#options.onPick?.(isAlarm ? village : unitOf(this.#scene.region, village));
  }

  #step(direction: Direction): void {
    if (this.#focused === null) return this.#reach(null);
    this.#focus(nextUnit(unitsOf(this.#scene), this.#focused, direction));
  }

  /** Stands on the unit that holds the village chosen or the region one came from, else the first. */
  #reach(from: string | null): void {
    const units = unitsOf(this.#scene);
    const before = this.#chosen ?? from;
    const unit = units.find(({ code }) => before?.startsWith(code) === true) ?? units[0];
    this.#focus(unit?.code ?? null);
  }

  #enter(): void {
    if (this.#focused !== null) this.#options.onPick?.(this.#focused);
  }

  #leave(): void {
    const { region } = this.#scene;
    if (this.#chosen !== null) this.#options.onPick?.(region);
    else if (region.length > this.#root.length)
      this.#options.onPick?.(region.slice(0, region.length - upBy(region)));
  }

  #focus(code: string | null): void {
    this.#focused = code;
    if (code !== null) this.#options.onFocus?.(code);
    this.#need('marks');
  }

  #fit(): View {
    return fitView(this.#scene.bounds, this.#painter.size, this.#scene.spread);
  }

  #need(what: 'nothing' | 'marks' | 'all'): void {
    if (what === 'all' || this.#needs === 'nothing') this.#needs = what;
    if (this.#frame === null && !this.#closing.signal.aborted) {
      this.#frame = requestAnimationFrame((now) => this.#paint(now));
    }
  }

  #paint(now: number): void {
    this.#frame = null;
    this.#moveView(now);
    const changed = this.#scene.spots.filter((spot) => this.#changed.has(spot.code));
    const picture = this.#picture();
    if (this.#needs === 'all') this.#painter.paintAll(picture);
    else if (changed.length > 0) this.#painter.paintSome(changed, picture);
    if (this.#needs === 'marks') this.#painter.paintMarks(picture);
    this.#needs = 'nothing';
    this.#changed.clear();
    this.#reportPainted();
    if (this.#move !== null) this.#need('all');
  }

  #moveView(now: number): void {
    if (this.#move === null) return;
    const progress = Math.min(1, Math.max(0, (now - this.#move.startedAt) / zoomMs));
    this.#view = viewBetween(this.#move.from, this.#fit(), progress);
    if (progress >= 1) this.#move = null;
    this.#needs = 'all';
  }

  /** Told in a task of its own, after this frame has gone to the screen. */
  #reportPainted(): void {
    const shown = this.#waiting;
    if (shown.length === 0) return;
    this.#waiting = [];
    setTimeout(() => {
      for (const one of shown) one.painted?.(one.position);
      this.#options.onPaint?.(Math.max(...shown.map((one) => one.position)));
    });
  }

  #picture(): Picture {
    return {
      scene: this.#scene,
      view: this.#view,
      cells: this.#cells,
      palette: this.#palette,
      words: this.#words,
      isMoving: this.#move !== null,
      hovered: this.#hovered,
      focused: this.#focused,
      chosen: this.#chosen,
    };
  }
}

/** Digits between a region and the one above it. */
function upBy(region: string): number {
  return region.length === 6 ? 2 : 3;
}

function isStill(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
