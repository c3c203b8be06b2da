import { courseLimits } from '@sightline/contracts';

/** Ceilings of the shelf of courses, units last. */
export const shelfLimits = {
  /** Uploads that are not whole yet, of everybody. */
  uploads: 16,
  /** What nobody went on with is taken away. */
  uploadHours: 24,
  sweepMs: 3_600_000,
  /** Kept free on the disk: logs and a database beside us never fail first. */
  diskHeadroomBytes: 1024 ** 3,
  pieceBytes: courseLimits.pieceBytes,
  nameCharacters: 128,
} as const;
