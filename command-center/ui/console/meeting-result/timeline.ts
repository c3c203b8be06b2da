import type { RecordingView, SeatId } from '@sightline/contracts';

type Segment = RecordingView['segments'][number];

/** A segment on the one clock of the recording, milliseconds from its beginning. */
export interface Piece {
  readonly no: number;
  /** Where its file begins; it plays from `fromMs` on. */
  readonly fileMs: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly hasVideo: boolean;
}

/** What was recorded of one venue. */
export interface Track {
  readonly seatId: SeatId;
  /** In order; nothing overlaps. */
  readonly pieces: readonly Piece[];
}

export interface Timeline {
  /** When it begins, milliseconds since 1970. */
  readonly startMs: number;
  readonly lengthMs: number;
  readonly tracks: readonly Track[];
}

/** Gaps up to here are between two files, not in what was said; they are not shown. */
export const seamMs = 1_500;

/** All segments on one clock, a track for each venue; null where nothing was recorded. */
export function timelineOf(segments: readonly Segment[]): Timeline | null {
  const placed = segments.map((segment) => {
    const atMs = Temporal.Instant.from(segment.from).epochMilliseconds;
    return { segment, atMs, endMs: atMs + segment.durationMs };
  });
  if (placed.length === 0) return null;
  const startMs = Math.min(...placed.map(({ atMs }) => atMs));
  const endMs = Math.max(...placed.map((one) => one.endMs));
  const tracks = [...Map.groupBy(placed, ({ segment }) => segment.seatId)].map(([seatId, own]) => ({
    seatId,
    pieces: inOrder(
      own.map(({ segment, atMs, endMs: untilMs }) => ({
        no: segment.no,
        fileMs: atMs - startMs,
        fromMs: atMs - startMs,
        untilMs: untilMs - startMs,
        hasVideo: segment.hasVideo,
      })),
    ),
  }));
  return { startMs, lengthMs: endMs - startMs, tracks };
}

/** Sorted, and cut where one would begin before the one before it ends. */
function inOrder(pieces: readonly Piece[]): readonly Piece[] {
  const kept: Piece[] = [];
  for (const piece of pieces.toSorted((a, b) => a.fromMs - b.fromMs || a.no - b.no)) {
    const fromMs = Math.max(piece.fromMs, kept.at(-1)?.untilMs ?? 0);
    if (piece.untilMs > fromMs) kept.push({ ...piece, fromMs });
  }
  return kept;
}

/** The piece that plays at a moment; null = there is a gap. */
export function pieceAt({ pieces }: Track, atMs: number): Piece | null {
  return pieces.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs) ?? null;
}

/** The first moment from then on at which something plays; null = nothing any more. */
export function nextSound({ pieces }: Track, atMs: number): number | null {
  const next = pieces.find(({ untilMs }) => untilMs > atMs);
  return next === undefined ? null : Math.max(atMs, next.fromMs);
}

/** Stretches in which nothing was recorded of this venue, within the whole. */
export function gapsOf(
  { pieces }: Track,
  lengthMs: number,
): readonly { readonly fromMs: number; readonly untilMs: number }[] {
  const edges = [0, ...pieces.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]), lengthMs];
  return Array.from({ length: edges.length / 2 }, (_, at) => ({
    fromMs: edges[2 * at] ?? 0,
    untilMs: edges[2 * at + 1] ?? 0,
  })).filter(({ fromMs, untilMs }) => untilMs - fromMs > seamMs);
}
