import { courseLimits } from '@sightline/contracts';

/** Ceilings of the shelf of courses, units last. */
export const shelfLimits = {
  /** Uploads that are not whole yet or being prepared, of everybody. */
  uploads: 16,
  /** What nobody went on with is taken away. */
  uploadHours: 24,
  sweepMs: 3_600_000,
  /** Kept free on the disk: logs and a database beside us never fail first. */
  diskHeadroomBytes: 1024 ** 3,
  pieceBytes: courseLimits.pieceBytes,
  nameCharacters: 128,
} as const;

/** Of what is uploaded, and of what becomes of it. */
export const preparingLimits = {
  filmMinutes: 90,
  /** Of a film as it comes, each side. */
  filmSidePx: 4_096,
  /** Of a film as the weakest terminal plays it: H.264 main, 30 pictures a second. */
  shownWidthPx: 1_280,
  shownHeightPx: 720,
  shownFps: 30,
  shownBitsPerSecond: 1_500_000,
  /** Of a picture as it comes; a decoder's memory grows with it. */
  picturePixels: 40_000_000,
  /** Of a picture as it is shown, each side. */
  pictureSidePx: 1_920,
  probeMs: 30_000,
  /** A film of the longest kind on one slow core. */
  recodeMs: 4 * 3_600_000,
  killMs: 2_000,
  /** What a program says of itself, kept of the end. */
  saidBytes: 64 * 1024,
} as const;
