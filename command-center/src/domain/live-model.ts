import type { FeedLine, LiveCell, LiveFrame, LivePulse, LiveSnapshot } from '@sightline/contracts';
import { feedHeld, stripBucketMs, stripBuckets } from './live-limits.ts';

/** What a page holds of its region: the snapshot, moved on by every frame. Bounded, whatever comes. */
export interface LiveModel {
  /** Log position this picture is true for. */
  readonly asOf: number;
  /** Server's time of the newest snapshot or frame. */
  readonly at: string;
  readonly region: string;
  readonly demo: boolean;
  readonly cells: ReadonlyMap<string, LiveCell>;
  /** Newest first. */
  readonly feed: readonly FeedLine[];
  readonly strip: readonly number[];
  /** End of the newest bucket of the strip. */
  readonly stripEndMs: number;
  readonly attention: LiveSnapshot['attention'];
  readonly health: LiveSnapshot['health'];
}

/** `changed`: the cells to paint again. `gap`: frames are missing, fetch a snapshot. */
export type Moved =
  | { readonly kind: 'moved'; readonly model: LiveModel; readonly changed: readonly LiveCell[] }
  | { readonly kind: 'old' }
  | { readonly kind: 'gap' };

/** The model of a snapshot. */
export function modelOf(snapshot: LiveSnapshot): LiveModel {
  const { asOf, at, region, demo, attention, health } = snapshot;
  return {
    asOf,
    at,
    region,
    demo,
    attention,
    health,
    cells: new Map(snapshot.cells.map((cell) => [cell.region, cell])),
    feed: newestFirst(snapshot.feed),
    strip: snapshot.strip.slice(-stripBuckets),
    stripEndMs: stripEndAfter(at),
  };
}

/**
 * Moves the picture on by one frame. A frame that begins before what is held and ends after it is
 * taken: cells are whole states, so an overlap repeats and never contradicts.
 */
export function applyFrame(model: LiveModel, frame: LiveFrame): Moved {
  if (frame.to <= model.asOf) return { kind: 'old' };
  if (frame.from > model.asOf) return { kind: 'gap' };
  const { changed, cells } = replaceCells(model.cells, frame.cells);
  const lines = frame.feed.filter((line) => line.position > model.asOf);
  return {
    kind: 'moved',
    changed,
    model: {
      ...model,
      ...moveStrip(model, frame.at, lines.length),
      asOf: frame.to,
      at: frame.at,
      cells,
      feed: lines.length === 0 ? model.feed : newestFirst([...lines, ...model.feed]),
    },
  };
}

/** What is true beside the log: health of the parts and what needs an answer. */
export function applyPulse(model: LiveModel, pulse: LivePulse): LiveModel {
  return { ...model, attention: pulse.attention, health: pulse.health };
}

function replaceCells(
  held: ReadonlyMap<string, LiveCell>,
  given: readonly LiveCell[],
): { readonly cells: ReadonlyMap<string, LiveCell>; readonly changed: readonly LiveCell[] } {
  const changed = given.filter((cell) => !isSameCell(held.get(cell.region), cell));
  if (changed.length === 0) return { cells: held, changed };
  const cells = new Map(held);
  for (const cell of changed) cells.set(cell.region, cell);
  return { cells, changed };
}

function isSameCell(held: LiveCell | undefined, given: LiveCell): boolean {
  return (
    held !== undefined &&
    held.status === given.status &&
    held.since === given.since &&
    held.simulated === given.simulated &&
    held.checkedIn?.shift === given.checkedIn?.shift &&
    held.checkedIn?.at === given.checkedIn?.at &&
    held.checkedIn?.method === given.checkedIn?.method
  );
}

function newestFirst(lines: readonly FeedLine[]): readonly FeedLine[] {
  return lines.toSorted((a, b) => b.position - a.position).slice(0, feedHeld);
}

/** The newest bucket grows with what arrives; the exact counts come again with the next snapshot. */
function moveStrip(
  model: LiveModel,
  at: string,
  count: number,
): Pick<LiveModel, 'strip' | 'stripEndMs'> {
  const stripEndMs = Math.max(stripEndAfter(at), model.stripEndMs);
  const steps = Math.min((stripEndMs - model.stripEndMs) / stripBucketMs, stripBuckets);
  if (steps === 0 && count === 0) return { strip: model.strip, stripEndMs };
  const strip = [...model.strip.slice(steps), ...Array.from({ length: steps }, () => 0)];
  strip[strip.length - 1] = (strip.at(-1) ?? 0) + count;
  return { strip, stripEndMs };
}

function stripEndAfter(at: string): number {
  const ms = Temporal.Instant.from(at).epochMilliseconds;
  return (Math.floor(ms / stripBucketMs) + 1) * stripBucketMs;
}
