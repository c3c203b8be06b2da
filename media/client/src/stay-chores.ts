import { isRefusal, rank, signallingLimits, type Tier } from '@sightline/contracts';
import type { BrowserParts } from '#browser-parts.ts';
import type { Entry } from '#entry.ts';
import { readReport, type SentSums } from '#read-report.ts';
import type { Ask } from '#signal-link.ts';

/** One stay in the room, as its chores see it. */
export interface Stay {
  readonly entry: Entry;
  readonly ask: Ask;
  /** Waits; false = the stay is over. */
  readonly lasts: (ms: number) => Promise<boolean>;
}

/** Every two seconds what was measured; where no answer comes, the connection is a dead one. */
export async function reportOn(
  { entry, ask, lasts }: Stay,
  on: {
    readonly best: () => { readonly up: Tier; readonly down: Tier };
    readonly onTick: () => void;
    readonly onDead: () => void;
  },
): Promise<void> {
  let sums: SentSums = { sent: 0, lost: 0 };
  while (await lasts(signallingLimits.reportEveryMs)) {
    on.onTick();
    const stats = await entry.send.getStats().catch(() => new Map<string, unknown>());
    const read = readReport(stats.values(), sums);
    sums = read.sums;
    const { up: bestUp, down: bestDown } = on.best();
    const answer = await ask('report', { ...read.measure, bestUp, bestDown });
    if (isRefusal(answer) && answer.code === 'no-answer') on.onDead();
  }
}

/** New keys of the relays well before the old ones end: a transport may have to look for its way at any time. */
export async function renewRelays({ entry, lasts }: Stay): Promise<void> {
  if (!entry.hasRelays) return;
  while (await lasts(signallingLimits.iceServersEveryMs)) {
    await entry.renewIceServers().catch(() => undefined); // The stay ended meanwhile.
  }
}

/** A still every three seconds while somebody wants one and the link carries it. */
export async function sendStills(
  { ask, lasts }: Stay,
  from: Pick<BrowserParts, 'takeStill' | 'now'> & {
    /** null = none is wanted, or there is no picture. */
    readonly track: () => MediaStreamTrack | null;
    readonly up: () => Tier | null;
  },
): Promise<void> {
  while (await lasts(signallingLimits.stillEveryMs)) {
    const track = from.track();
    const up = from.up();
    if (track === null || (up !== null && rank(up) > rank('stills'))) continue;
    const jpeg = await from.takeStill(track);
    // Paused meanwhile: what was seen does not leave.
    if (jpeg !== null && from.track() === track) await ask('still', { at: from.now(), jpeg });
  }
}
