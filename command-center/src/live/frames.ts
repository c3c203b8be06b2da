import type { FeedLine, LiveCell, LiveFrame } from '@sightline/contracts';
import {
  feedLinesOf,
  readCellsOf,
  readTerminalLinks,
  type Projected,
  type Store,
} from '@sightline/store';
import { cutFrames, keepOccupied, type Change, type RoomPositions } from '#domain/live-rooms.ts';
import { openCoalescer } from './coalesce.ts';
import { instantText } from './instant-text.ts';
import { liveLimits } from './limits.ts';
import { joinTouched, touchedBy, type Touched } from './touched.ts';

export interface FrameDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly occupied: () => readonly string[];
  readonly send: (region: string, frame: LiveFrame) => void;
  readonly onError: (error: unknown) => void;
}

/** Makes frames of what was projected: the first at once, what comes within 50 ms in the next. */
export interface Frames extends AsyncDisposable {
  /** Takes what was projected; never throws, never waits. */
  note(projected: Projected): void;
  /** Tells every room how far the log is, those without news too. */
  advance(): void;
}

interface Pending {
  readonly to: number;
  readonly touched: Touched;
  readonly feed: readonly FeedLine[];
}

export function startFrames(deps: FrameDeps): Frames {
  const send = openSender(deps);
  let pending: Pending | null = null;
  const flush = async (): Promise<number> => {
    const taken = pending;
    if (taken === null) return 0;
    pending = null;
    try {
      const cells = await readTouched(deps.store, taken.touched);
      send.change({ to: taken.to, at: instantText(deps.now()), cells, feed: taken.feed });
      return liveLimits.coalesceMs;
    } catch (error) {
      // Nothing may be missed: what was taken waits together with what came meanwhile.
      pending = pending === null ? taken : join(taken, pending);
      deps.onError(error);
      return liveLimits.frameRetryMs;
    }
  };
  const coalescer = openCoalescer({ work: flush, isDue: () => pending !== null });
  return {
    note({ to, entries }) {
      const fresh = { to, touched: touchedBy(entries), feed: feedLinesOf(entries) };
      pending = pending === null ? fresh : join(pending, fresh);
      coalescer.ask();
    },
    advance: () => {
      // A frame on its way tells more; an empty one before it would only be overtaken.
      if (!coalescer.isRunning) send.advance();
    },
    [Symbol.asyncDispose]: () => coalescer[Symbol.asyncDispose](),
  };
}

function openSender({ occupied, send, now }: FrameDeps): {
  change(change: Change): void;
  advance(): void;
} {
  let rooms: RoomPositions = new Map();
  let sentTo = 0;
  const cut = (change: Change, advanceAll: boolean): void => {
    const told = cutFrames(keepOccupied(rooms, occupied(), sentTo), change, { advanceAll });
    rooms = told.rooms;
    sentTo = change.to;
    for (const { region, frame } of told.frames) send(region, frame);
  };
  return {
    change: (change) => cut(change, false),
    advance: () => cut({ to: sentTo, at: instantText(now()), cells: [], feed: [] }, true),
  };
}

async function readTouched(store: Store, { all, regions }: Touched): Promise<LiveCell[]> {
  const links = all ? await readTerminalLinks(store.pool) : [];
  const wanted = new Set([...regions, ...links.map(({ region }) => region)]);
  if (wanted.size === 0) return [];
  const cells = await readCellsOf(store.pool, [...wanted]);
  const found = new Set(cells.map(({ region }) => region));
  return [...cells, ...[...wanted.difference(found)].map(notEquipped)];
}

/** A village that lost its terminal and stands in no register is told once more. */
function notEquipped(region: string): LiveCell {
  return { region, status: 'not-equipped', since: null, checkedIn: null, simulated: false };
}

function join(a: Pending, b: Pending): Pending {
  return {
    to: b.to,
    touched: joinTouched(a.touched, b.touched),
    feed: [...a.feed, ...b.feed].slice(-liveLimits.feedLinesPerFrame),
  };
}
