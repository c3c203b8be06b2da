import type { SeatId } from '@sightline/contracts';
import type { MeetingPicture, MeetingSnapshot } from '@sightline/media-client';

/** What comes, the first of which that is so; without a way every moving picture is black, and none is given. */
export function pictureOf(
  { pictures, wayLostSinceMs }: MeetingSnapshot,
  isIt: (picture: MeetingPicture) => boolean,
): MeetingPicture | null {
  const found = pictures.find(isIt);
  if (found === undefined) return null;
  return wayLostSinceMs === null ? found : { ...found, track: null };
}

export function isCameraOf(seat: SeatId): (picture: MeetingPicture) => boolean {
  return ({ seatId, source }) => seatId === seat && source === 'camera';
}
