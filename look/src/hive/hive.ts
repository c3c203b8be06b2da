import type { HiveCells, HiveFrame } from './hive-cell.ts';
import type { HiveWords } from './hive-words.ts';
import type { Point } from './lattice.ts';

export interface HiveOptions {
  /** The largest region shown; `zoomTo(null)` and Escape end there. Default: the prefecture. */
  readonly root?: string;
  readonly words?: HiveWords;
  /**
   * A region was picked by pointer or key: one level down, a village, or (Escape) one level up: from a
   * marked village its township. The
   * page decides: usually `zoomTo` for 4 to 9 digits, open the village for 12.
   */
  readonly onPick?: (code: string) => void;
  /** The region the keyboard now stands on: say `describe(code)` in an aria-live region. */
  readonly onFocus?: (code: string) => void;
  /** The village under the pointer, or null. */
  readonly onHover?: (code: string | null) => void;
  /** After each painting that showed frames: the newest log position now on the canvas. */
  readonly onPaint?: (position: number) => void;
}

/** The hive map on a canvas. Lives until `close`. Coordinates are CSS pixels of the canvas. */
export interface Hive {
  /** The whole picture anew; only cells that look different are painted. */
  setCells(cells: HiveCells): void;
  /** Some cells anew; `painted(frame.to)` is called when they are on the canvas. */
  applyFrame(frame: HiveFrame, painted?: (position: number) => void): void;
  /**
   * Fills the canvas with a region (a village: its township, with the village marked); null = the root.
   * At most 200 ms. Whoever came by keyboard then stands on a unit of it.
   */
  zoomTo(region: string | null): void;
  hitTest(x: number, y: number): string | null;
  /** The middle of a region's shown cells, for things that stand beside it; null where none is. */
  placeOf(code: string): Point | null;
  /** A region in one sentence, in the words of the options. */
  describe(code: string): string;
  /** Another language: everything is painted anew. */
  speak(words: HiveWords): void;
  /** Fits the canvas' pixels to its box; called by itself when the box changes. */
  resize(devicePixelRatio?: number): void;
  close(): void;
}
