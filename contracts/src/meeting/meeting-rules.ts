import { meetingLimits, type ChannelLanguage, type MediaSource, type SeatId } from './meeting.ts';
import type { MeetingControl, Seat } from './meeting-control.ts';

/*
 * 会控规则. Pure, and the same for the server that enforces them and the page that shows a button.
 */

/** What the rules need of a room: its control, and the role of each seat. */
export interface RoomRules {
  readonly control: MeetingControl;
  readonly seats: ReadonlyMap<SeatId, Seat>;
  /** Steps a carousel has taken; none where not given. */
  readonly turn?: number;
  /** What `picturesOf` gave for this very room: a server asks it for every seat. */
  readonly shown?: readonly SeatId[];
}

export function isChair({ control }: RoomRules, seatId: SeatId): boolean {
  return control.chair === seatId;
}

/** Whether a seat may be heard now. */
export function maySpeak(room: RoomRules, seatId: SeatId): boolean {
  if (!room.seats.has(seatId)) return false;
  if (!room.control.isLocked || isChair(room, seatId)) return true;
  return room.seats.get(seatId)?.role === 'main' || room.control.floor.includes(seatId);
}

/** Whether the server takes this from a seat. A camera is always taken: it is shown only where `mayWatch`. */
export function maySend(room: RoomRules, seatId: SeatId, source: MediaSource): boolean {
  if (!room.control.isOpen || !room.seats.has(seatId)) return false;
  switch (source) {
    case 'camera':
      return true;
    case 'microphone':
      return maySpeak(room, seatId);
    case 'screen':
      return room.control.screen === seatId;
    case 'interpreter':
      return room.control.interpreters.some((one) => one.seatId === seatId);
  }
}

/** Whether a seat may see another's picture: what is on the air; the chair sees every venue. */
export function mayWatch(room: RoomRules, viewer: SeatId, target: SeatId): boolean {
  if (!room.seats.has(viewer) || !room.seats.has(target) || viewer === target) return false;
  if (isChair(room, viewer)) return true;
  return picturesOf(room).includes(target);
}

/** Seats whose pictures everybody sees, the large one first; `turn` counts a carousel's steps. */
export function picturesOf(room: RoomRules, turn = room.turn ?? 0): readonly SeatId[] {
  if (room.shown !== undefined && turn === (room.turn ?? 0)) return room.shown;
  const { control } = room;
  const { carousel } = control;
  const round = carousel === null ? control.onAir : turned(carousel.seats, turn);
  const mains = [...room.seats.values()].filter(({ role }) => role === 'main');
  const order = [...round, ...control.floor, control.chair, ...mains.map(({ seatId }) => seatId)];
  const shown = order.filter((seatId) => room.seats.has(seatId));
  return [...new Set(shown)].slice(0, meetingLimits.onAir);
}

/** One seat of a carousel at a time. */
function turned(seats: readonly SeatId[], turn: number): readonly SeatId[] {
  const seatId = seats[turn % seats.length];
  return seatId === undefined ? [] : [seatId];
}

/**
 * Whose voices a seat hears, of those who speak now: the chair first, then the floor, then the others in
 * the order given. With a channel of a language chosen, its interpreter instead, where one speaks.
 */
export function voicesFor(
  room: RoomRules,
  listener: { readonly seatId: SeatId; readonly channel: ChannelLanguage | 'floor' },
  speaking: { readonly microphones: readonly SeatId[]; readonly interpreters: readonly SeatId[] },
): readonly { readonly seatId: SeatId; readonly source: MediaSource }[] {
  const others = (seatId: SeatId) => seatId !== listener.seatId;
  const interpreter = room.control.interpreters.find(
    ({ seatId, language }) =>
      language === listener.channel && speaking.interpreters.includes(seatId),
  );
  if (interpreter !== undefined && others(interpreter.seatId)) {
    return [{ seatId: interpreter.seatId, source: 'interpreter' }];
  }
  const first = (seatId: SeatId) =>
    isChair(room, seatId) ? 0 : room.control.floor.includes(seatId) ? 1 : 2;
  return speaking.microphones
    .filter((seatId) => others(seatId) && maySpeak(room, seatId))
    .toSorted((a, b) => first(a) - first(b))
    .slice(0, meetingLimits.voices)
    .map((seatId) => ({ seatId, source: 'microphone' }) as const);
}

/** Whether a seat is asked by the roll call that is open. */
export function isAsked({ control }: RoomRules, seatId: SeatId): boolean {
  const { rollCall } = control;
  if (rollCall === null || !rollCall.isOpen || seatId === control.chair) return false;
  return rollCall.asked === null || rollCall.asked.includes(seatId);
}
