import type { MeetingControl, Seat } from './meeting-control.ts';
import type { SeatId } from './meeting.ts';

/** The room as one seat may know it. */
export interface RoomWords {
  readonly control: MeetingControl;
  /** Seats this one may know: the chair all, others those that are seen, heard, wrote, or have a hand up. */
  readonly seats: readonly Seat[];
  /** Whose pictures everybody sees now (a carousel's turn included). */
  readonly pictures: readonly SeatId[];
  /** In the room now: how many, and (chair alone) which. */
  readonly presentCount: number;
  readonly present: readonly SeatId[] | null;
}

/** What of a room is otherwise than its page was told last. */
export interface RoomChange extends Partial<Omit<RoomWords, 'control'>> {
  readonly control?: Partial<MeetingControl>;
}

/** What must be said to a page that knows the room as it was; null = nothing. */
export function roomChange(before: RoomWords, now: RoomWords): RoomChange | null {
  const { control: controlBefore, ...restBefore } = before;
  const { control: controlNow, ...restNow } = now;
  const control = changed(controlBefore, controlNow);
  const rest = changed(restBefore, restNow);
  if (control === null) return rest;
  return { ...rest, control };
}

/** The room with what was said of it. */
export function withRoomChange(room: RoomWords, change: RoomChange): RoomWords {
  return { ...room, ...change, control: { ...room.control, ...change.control } };
}

function changed<T extends object>(before: T, now: T): Partial<T> | null {
  if (before === now) return null;
  const known = new Map<string, unknown>(Object.entries(before));
  const news = Object.entries(now).filter(([key, value]) => !isSame(known.get(key), value));
  // Some of the entries of `now` itself.
  return news.length === 0 ? null : (Object.fromEntries(news) as Partial<T>);
}

/** Both as they would be written. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
