import {
  carriesVideo,
  pictureSources,
  rank,
  signallingLimits,
  type PictureSource,
  type Tier,
} from '@sightline/contracts';
import type { BrowserParts } from '#browser-parts.ts';
import type { Entry } from '#entry.ts';
import type { Ask } from '#signal-link.ts';

/** One stay in the room, as its chores see it. */
export interface Stay {
  readonly entry: Entry;
  readonly ask: Ask;
  /** Waits; false = the stay is over. */
  readonly lasts: (ms: number) => Promise<boolean>;
}

/** New keys of the relays well before the old ones end: a transport may have to look for its way at any time. */
export async function renewRelays({ entry, lasts }: Stay): Promise<void> {
  if (!entry.hasRelays) return;
  while (await lasts(signallingLimits.iceServersEveryMs)) {
    await entry.renewIceServers().catch(() => undefined); // The stay ended meanwhile.
  }
}

/** Stills every few seconds while somebody wants some and the link carries them. */
export async function sendStills(
  { ask, lasts }: Stay,
  from: Pick<BrowserParts, 'takeStill' | 'now'> & {
    /** null = none is wanted of it, or there is no picture. */
    readonly track: (source: PictureSource) => MediaStreamTrack | null;
    readonly up: () => Tier;
  },
): Promise<void> {
  let sentBytes = 0;
  while (await lasts(pauseAfter(sentBytes, from.up()))) {
    sentBytes = 0;
    for (const source of pictureSources) {
      const track = from.track(source);
      if (track === null || rank(from.up()) > rank('stills')) continue;
      const jpeg = await from.takeStill(track, source);
      // Paused meanwhile: what was seen does not leave.
      if (jpeg === null || from.track(source) !== track) continue;
      await ask('still', { source, at: from.now(), jpeg });
      sentBytes += jpeg.byteLength;
    }
  }
}

/** A thin link is given the time that the stills take of it. */
function pauseAfter(sentBytes: number, up: Tier): number {
  const { stillEveryMs, stillBytesPerSecond } = signallingLimits;
  if (carriesVideo(up)) return stillEveryMs;
  return Math.max(stillEveryMs, (sentBytes / stillBytesPerSecond) * 1000);
}
