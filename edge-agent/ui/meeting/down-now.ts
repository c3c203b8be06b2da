import type { Tier } from '@sightline/contracts';
import type { MeetingSnapshot } from '@sightline/media-client';

/** What comes down now; without a way a moving picture is black, and stills are the most. */
export function downNow({ own, wayLostSinceMs }: MeetingSnapshot): Tier {
  return wayLostSinceMs === null ? (own?.down ?? 'video-300') : 'stills';
}
