import type { RoomWords, SeatId } from '@sightline/contracts';
import type { MeetingPicture, MeetingSnapshot, Slides } from '@sightline/media-client';

/** What takes the stage: 课件, or a shared screen. */
export type Front =
  | { readonly kind: 'slides'; readonly slides: Slides }
  | { readonly kind: 'screen'; readonly picture: MeetingPicture };

/** Slides before a shared screen; null = pictures alone. */
export function frontOf(meeting: MeetingSnapshot, { control }: RoomWords): Front | null {
  if (control.slides !== null) return { kind: 'slides', slides: control.slides };
  const picture = meeting.pictures.find(({ source }) => source === 'screen');
  return picture === undefined ? null : { kind: 'screen', picture };
}

/** Seats whose pictures are shown now, largest first: a front takes the first of `count` places. */
export function shownSeats(
  meeting: MeetingSnapshot,
  room: RoomWords,
  { count, front }: { readonly count: number; readonly front: Front | null },
): readonly SeatId[] {
  const others = room.pictures.filter((seatId) => seatId !== meeting.seatId);
  return others.slice(0, front === null ? count : count - 1);
}
