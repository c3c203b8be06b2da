/** A mark under the strip of the last 24 hours. */
export interface HourMark {
  readonly ms: number;
  /** From the left, of the strip's width. */
  readonly percent: number;
  /** So near the right end that its time stands before it. */
  readonly isNearEnd: boolean;
}

/** Hours marked under the strip; 08 and 20 are where the watch changes. */
const stepMs = 4 * 3_600_000;
/** A time takes no more of the strip than this. */
const labelMs = 90 * 60_000;

/** The marks of a strip between two instants, milliseconds since 1970. */
export function hourMarks(startMs: number, endMs: number): HourMark[] {
  const first = Math.ceil(startMs / stepMs) * stepMs;
  const count = Math.ceil((endMs - first) / stepMs);
  return Array.from({ length: count }, (_, index) => {
    const ms = first + index * stepMs;
    const percent = ((ms - startMs) / (endMs - startMs)) * 100;
    return { ms, percent, isNearEnd: endMs - ms < labelMs };
  });
}
