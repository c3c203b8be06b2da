import type { Guide } from '@sightline/contracts';
import type { Novelty } from '#domain/frame-memory.ts';
import type { GalleryEntry, MatchRule } from '#domain/identify.ts';
import type { ReadFace, SeenFrame } from '#domain/read-face.ts';

/** One frame as the rules see it. */
export interface Observation {
  readonly novelty: Novelty;
  readonly frame: SeenFrame;
  readonly faces: readonly ReadFace[];
}

/** How faces are compared and judged: the thresholds are those of the models in use. */
export interface FaceRule extends MatchRule {
  /** Liveness from which a face counts as alive. */
  readonly livenessThreshold: number;
}

/** What a step of a session may look at. `observation` null: time passed and no frame came. */
export interface SessionStep {
  readonly observation: Observation | null;
  readonly now: Temporal.Instant;
  readonly gallery: readonly GalleryEntry[];
  readonly rule: FaceRule;
}

/** A session after a step, what to tell the person, and how it ended (null: it goes on). */
export interface Stepped<S, O> {
  readonly session: S;
  readonly guide: Guide;
  readonly outcome: O | null;
}

export function hasLasted(
  since: Temporal.Instant,
  now: Temporal.Instant,
  limitMs: number,
): boolean {
  return now.epochMilliseconds - since.epochMilliseconds >= limitMs;
}

export function isAlive(face: ReadFace, rule: FaceRule): boolean {
  return face.liveness >= rule.livenessThreshold;
}
