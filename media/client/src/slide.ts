import {
  isRefusal,
  meetingLimits,
  rank,
  refuse,
  type MeetingControl,
  type Refusal,
  type SlideSize,
  type Tier,
} from '@sightline/contracts';
import { clientLimits } from '#limits.ts';

/** Where the pages of a room's decks are, and the key to one's own seat. */
export interface SlideAccess {
  /** Root of the media server, `http(s)://host:port`. */
  readonly mediaUrl: string;
  readonly seatToken: string;
}

export type Slides = NonNullable<MeetingControl['slides']>;
export type SlidePlace = Pick<Slides, 'deckId' | 'page'>;

/** Where one page of a deck is put and fetched. */
export function slideUrl(mediaUrl: string, { deckId, page }: SlidePlace, size: SlideSize): string {
  return `${mediaUrl}/decks/${deckId}/${page}/${size}`;
}

/** Which size a link carries beside the voice; null = none. A link that is not known yet is taken to be weak. */
export function slideSizeFor(down: Tier | null): SlideSize | null {
  if (down === null) return 'small';
  if (rank(down) > rank('stills')) return null;
  return down === 'video-300' ? 'large' : 'small';
}

/** One page as a picture. Refused with `slide-missing`, or `unreachable`; never rejects. */
export async function fetchSlide(
  { mediaUrl, seatToken }: SlideAccess,
  at: SlidePlace & { readonly size: SlideSize },
  signal: AbortSignal,
): Promise<Blob | Refusal> {
  try {
    const reply = await fetch(slideUrl(mediaUrl, at, at.size), {
      headers: { authorization: `Bearer ${seatToken}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(clientLimits.slideMs)]),
    });
    if (!reply.ok)
      return refuse('slide-missing', `Page ${at.page} is not there: HTTP ${reply.status}.`);
    const picture = await reply.blob();
    if (picture.size <= meetingLimits.slideBytes[at.size]) return picture;
    return refuse('slide-missing', `Page ${at.page} has ${picture.size} bytes: too many.`);
  } catch (fault) {
    return refuse('unreachable', `Page ${at.page} did not come. ${String(fault)}`);
  }
}

/** Asks for a page until it comes or nobody wants it any more; null = nobody does. */
export async function awaitSlide(
  access: SlideAccess,
  at: SlidePlace & { readonly size: SlideSize },
  on: {
    readonly signal: AbortSignal;
    /** It did not come this time; it is asked for again. */
    readonly onMissing: (refusal: Refusal) => void;
    /** Waits before it is asked for again. */
    readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  },
): Promise<Blob | null> {
  while (!on.signal.aborted) {
    const picture = await fetchSlide(access, at, on.signal);
    if (on.signal.aborted) break;
    if (!isRefusal(picture)) return picture;
    on.onMissing(picture);
    await on.pause(clientLimits.slideAgainMs, on.signal);
  }
  return null;
}
