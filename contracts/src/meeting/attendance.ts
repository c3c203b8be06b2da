import type { SeatId } from './meeting.ts';

/** While packets of a seat flowed, milliseconds since 1970. */
export interface MediaSpell {
  readonly seatId: SeatId;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface Attendance {
  readonly seatId: SeatId;
  /** Time present, overlaps counted once; milliseconds. */
  readonly presentMs: number;
  /** How often it came back after a gap longer than `gapMs`. */
  readonly rejoins: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** A gap up to here is the same stay: a link that flaps has not left. Its time is still not counted. */
export const rejoinGapMs = 10_000;

/** 参会时长, from media truth: spells of one seat are merged, clipped to the meeting, and summed. */
export function attendanceOf(
  spells: readonly MediaSpell[],
  within: { readonly fromMs: number; readonly untilMs: number },
): readonly Attendance[] {
  const bySeat = Map.groupBy(spells, ({ seatId }) => seatId);
  return [...bySeat].flatMap(([seatId, own]) => {
    const merged = mergeSpells(
      own.map(({ fromMs, untilMs }) => ({
        fromMs: Math.max(fromMs, within.fromMs),
        untilMs: Math.min(untilMs, within.untilMs),
      })),
    );
    const first = merged[0];
    const last = merged.at(-1);
    if (first === undefined || last === undefined) return [];
    const gaps = merged.slice(1).map((next, at) => next.fromMs - (merged[at]?.untilMs ?? 0));
    return [
      {
        seatId,
        presentMs: merged.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0),
        rejoins: gaps.filter((gapMs) => gapMs > rejoinGapMs).length,
        firstMs: first.fromMs,
        lastMs: last.untilMs,
      },
    ];
  });
}

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

function mergeSpells(spans: readonly Span[]): readonly Span[] {
  const sorted = spans
    .filter(({ fromMs, untilMs }) => untilMs > fromMs)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last === undefined || span.fromMs > last.untilMs) merged.push(span);
    else merged[merged.length - 1] = { ...last, untilMs: Math.max(last.untilMs, span.untilMs) };
  }
  return merged;
}
