import type { Guide } from '@sightline/contracts';
import { faceLimits } from '#domain/face-limits.ts';
import type { GalleryEntry, MatchRule } from '#domain/identify.ts';
import type { FrameSize, ReadFace } from '#domain/read-face.ts';

/** One frame as the rules see it. Equal frames have equal keys: a still picture counts once. */
export interface Observation {
  readonly frameKey: string;
  readonly frame: FrameSize;
  readonly faces: readonly ReadFace[];
}

/** What a step of a session may look at. `observation` null: time passed and no frame came. */
export interface SessionStep {
  readonly observation: Observation | null;
  readonly now: Temporal.Instant;
  readonly gallery: readonly GalleryEntry[];
  readonly rule: MatchRule;
}

/** A session after a step, what to tell the person, and how it ended (null: it goes on). */
export interface Stepped<S, O> {
  readonly session: S;
  readonly guide: Guide;
  readonly outcome: O | null;
}

export function isOver(
  session: { readonly startedAt: Temporal.Instant },
  now: Temporal.Instant,
  limitMs: number,
): boolean {
  return now.epochMilliseconds - session.startedAt.epochMilliseconds >= limitMs;
}

/** The keys with one more, the oldest forgotten beyond the limit. */
export function remember(keys: readonly string[], key: string): readonly string[] {
  return [...keys, key].slice(-faceLimits.rememberedFrames);
}
