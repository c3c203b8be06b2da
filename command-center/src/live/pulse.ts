import { isWithin, type LivePulse, type PartHealth } from '@sightline/contracts';
import type { OverdueRow, TerminalLinkRow, TroubleRow } from '@sightline/store';
import { findAttention } from '#domain/attention.ts';
import type { Frames } from './frames.ts';
import { instantText } from './instant-text.ts';
import { liveLimits } from './limits.ts';
import { startLoop, type Loop } from './loop.ts';
import type { Sockets } from './sockets.ts';

export interface PulseSources {
  readonly now: () => Temporal.Instant;
  readonly health: () => readonly PartHealth[];
  readonly troubles: () => readonly TroubleRow[];
  readonly overdue: () => readonly OverdueRow[];
  readonly links: () => readonly TerminalLinkRow[];
}

/** What is true beside the log, as a region may see it. */
export function pulseMaker(sources: PulseSources): (region: string) => LivePulse {
  return (region) => {
    const health = [...sources.health()];
    const attention = findAttention({
      cells: sources.links().filter((link) => isWithin(link.region, region)),
      troubles: sources.troubles().filter((trouble) => isWithin(trouble.region, region)),
      // A township's count is not a village's to see: it would tell of its neighbours.
      overdue: sources.overdue().filter((place) => isWithin(place.region, region)),
      parts: health,
      region,
    });
    return { at: instantText(sources.now()), health, attention };
  };
}

export interface BeatDeps {
  readonly sockets: Sockets;
  readonly frames: Frames;
  readonly pulse: (region: string) => LivePulse;
  readonly onError: (error: unknown) => void;
}

/** Every second: the pulse and the log position to each room; every half minute a look at rights. */
export function startBeat({ sockets, frames, pulse, onError }: BeatDeps): Loop {
  const reviews = startLoop({
    everyMs: liveLimits.reviewMs,
    onError,
    work: () => sockets.review(),
  });
  const beat = startLoop({
    everyMs: liveLimits.pulseMs,
    onError,
    work: async () => {
      frames.advance();
      for (const region of sockets.occupied()) sockets.emitTo(region)('pulse', pulse(region));
    },
  });
  return {
    wake: () => beat.wake(),
    async [Symbol.asyncDispose]() {
      await Promise.all([beat[Symbol.asyncDispose](), reviews[Symbol.asyncDispose]()]);
    },
  };
}
