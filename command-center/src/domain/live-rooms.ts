import { isWithin, type FeedLine, type LiveCell, type LiveFrame } from '@sightline/contracts';

/** What became visible with the log positions up to `to`. */
export interface Change {
  readonly to: number;
  readonly at: string;
  readonly cells: readonly LiveCell[];
  /** Newest last. */
  readonly feed: readonly FeedLine[];
}

/** Region → the position its room has been told. Only rooms somebody is in. */
export type RoomPositions = ReadonlyMap<string, number>;

export interface Outgoing {
  readonly region: string;
  readonly frame: LiveFrame;
}

/**
 * The frames of one change, and where each room then stands. A room's frames are contiguous because
 * each begins where that room's last one ended. A room without cells or lines is told with the next
 * frame it gets, or, when `advanceAll`, with an empty one: the caller does that once a second, so that
 * a quiet room stays close to the log without a frame for every batch.
 */
export function cutFrames(
  rooms: RoomPositions,
  change: Change,
  options: { readonly advanceAll: boolean },
): { readonly frames: readonly Outgoing[]; readonly rooms: RoomPositions } {
  const frames = [...rooms].flatMap(([region, from]) => {
    const frame = frameOf(region, from, change);
    const isEmpty = frame.cells.length === 0 && frame.feed.length === 0;
    if (frame.to <= from || (isEmpty && !options.advanceAll)) return [];
    return [{ region, frame }];
  });
  const told = new Map(frames.map(({ region, frame }) => [region, frame.to]));
  return { frames, rooms: new Map([...rooms, ...told]) };
}

/** The rooms as they are now occupied: a room that opens begins at the position already sent. */
export function keepOccupied(
  rooms: RoomPositions,
  occupied: readonly string[],
  sentTo: number,
): RoomPositions {
  return new Map(occupied.map((region) => [region, rooms.get(region) ?? sentTo]));
}

function frameOf(region: string, from: number, { to, at, cells, feed }: Change): LiveFrame {
  return {
    from,
    to,
    at,
    cells: cells.filter((cell) => isWithin(cell.region, region)),
    feed: feed.filter((line) => isWithin(line.region, region)),
  };
}
