import {
  carriesVideo,
  rank,
  worse,
  type PictureSource,
  type SeatId,
  type SeatLink,
  type Tier,
} from '@sightline/contracts';
import type {
  MeetingPicture,
  MeetingSnapshot,
  MeetingStill,
  PictureHeld,
} from '#meeting-client.ts';

/** Why a tile shows no picture. */
export type WhyNothing =
  /** The venue is not in the room. */
  | { readonly why: 'gone' }
  /** This page's own link carries its voice alone, or text alone. */
  | { readonly why: 'own-link'; readonly down: Tier }
  /** Media finds no way to this page. */
  | { readonly why: 'way-lost' }
  | ({ readonly why: 'held' } & PictureHeld)
  /** Stills come in its place, and none has come yet. */
  | { readonly why: 'still-coming' }
  /** Nothing is sent. */
  | { readonly why: 'none' };

/** What a tile shows of a picture: never the last frame as if it were now. */
export type PictureLook =
  | { readonly shows: 'video'; readonly track: MediaStreamTrack }
  | { readonly shows: 'still'; readonly still: MeetingStill }
  | ({ readonly shows: 'nothing' } & WhyNothing);

export interface TileLook {
  readonly picture: PictureLook;
  /** How the seat's links stand; null = not told, or it is gone. */
  readonly link: SeatLink | null;
  /** Whether its voice is heard here. */
  readonly hasVoice: boolean;
}

type Meeting = Pick<MeetingSnapshot, 'pictures' | 'voices' | 'links' | 'own' | 'wayLostSinceMs'>;

export interface Looked {
  readonly seatId: SeatId;
  readonly source: PictureSource;
  /** Whether the venue is in the room; null = this page is not told. */
  readonly isThere: boolean | null;
}

/** The link of a seat as this page was told it; of a venue that is gone none, whatever was measured while it was there. */
export function linkOf(
  links: ReadonlyMap<SeatId, SeatLink>,
  seatId: SeatId,
  isThere: boolean | null,
): SeatLink | null {
  return isThere === false ? null : (links.get(seatId) ?? null);
}

/** The one rule of what a tile shows, and what it says in a picture's place: for kiosk and console. */
export function lookOf(meeting: Meeting, { seatId, source, isThere }: Looked): TileLook {
  const isGone = isThere === false;
  const link = linkOf(meeting.links, seatId, isThere);
  const isHeard = meeting.voices.some((voice) => voice.seatId === seatId);
  const picture =
    meeting.pictures.find((one) => one.seatId === seatId && one.source === source) ?? null;
  return {
    picture: isGone ? nothing({ why: 'gone' }) : lookOfPicture(meeting, { picture, link }),
    link,
    hasVoice: isHeard && !isGone && meeting.wayLostSinceMs === null,
  };
}

function lookOfPicture(
  { own, wayLostSinceMs }: Meeting,
  { picture, link }: { readonly picture: MeetingPicture | null; readonly link: SeatLink | null },
): PictureLook {
  const isWayLost = wayLostSinceMs !== null;
  const told = own?.down ?? 'video-300';
  // Stills go beside the way of media: without one they are the most.
  const down = isWayLost ? worse(told, 'stills') : told;
  if (rank(down) > rank('stills')) return nothing({ why: 'own-link', down });
  const held = picture === null ? heldByLink(link) : picture.held;
  const still = picture?.still ?? null;
  // The last still of a picture whose stills ended is past, as its last frame is.
  if (still !== null && (held === null || held.hasStills)) return { shows: 'still', still };
  if (held !== null)
    return nothing(held.hasStills ? { why: 'still-coming' } : { why: 'held', ...held });
  if (picture === null) return nothing({ why: isWayLost ? 'way-lost' : 'none' });
  if (isWayLost) return nothing({ why: 'way-lost' });
  if (picture.track === null || !carriesVideo(down)) return nothing({ why: 'still-coming' });
  return { shows: 'video', track: picture.track };
}

/** Of a seat that sends no picture the chair is told its link all the same. */
function heldByLink(link: SeatLink | null): PictureHeld | null {
  if (link === null || carriesVideo(link.up)) return null;
  return { reason: link.upReason, hasStills: false, sinceMs: null };
}

function nothing(why: WhyNothing): PictureLook {
  return { shows: 'nothing', ...why };
}
