import { faceLimits } from '#domain/face-limits.ts';
import {
  isOver,
  remember,
  type Observation,
  type SessionStep,
  type Stepped,
} from '#domain/face-session.ts';
import { identify, type Match } from '#domain/identify.ts';
import { usableFace } from '#domain/is-usable.ts';

/** A person before the camera, until several distinct frames agree on who it is. */
export interface CheckInSession {
  readonly kind: 'check-in';
  readonly startedAt: Temporal.Instant;
  readonly seen: readonly string[];
  /** The lowest similarity and margin of the frames that agree so far. */
  readonly agreed: (Match & { readonly frames: number }) | null;
  readonly strangers: number;
}

export type CheckInOutcome =
  | { readonly kind: 'matched'; readonly match: Match; readonly frames: number }
  | { readonly kind: 'use-pin' };

type CheckInStepped = Stepped<CheckInSession, CheckInOutcome>;

export function beginCheckIn(startedAt: Temporal.Instant): CheckInSession {
  return { kind: 'check-in', startedAt, seen: [], agreed: null, strangers: 0 };
}

/** One step: a frame, or only time. Nobody is named before three distinct frames agree in a row. */
export function stepCheckIn(session: CheckInSession, step: SessionStep): CheckInStepped {
  if (isOver(session, step.now, faceLimits.checkInMs)) {
    return { session, guide: 'use-pin', outcome: { kind: 'use-pin' } };
  }
  const { observation } = step;
  if (observation === null) return { session, guide: 'look-at-camera', outcome: null };
  if (session.seen.includes(observation.frameKey)) {
    return { session, guide: 'hold-still', outcome: null };
  }
  const seen = remember(session.seen, observation.frameKey);
  return look({ ...session, seen }, observation, step);
}

function look(
  session: CheckInSession,
  observation: Observation,
  step: SessionStep,
): CheckInStepped {
  const { face, guide } = usableFace(observation.faces, observation.frame);
  if (face === null) {
    const isGone = guide === 'look-at-camera' || guide === 'one-person-only';
    return { session: isGone ? { ...session, agreed: null } : session, guide, outcome: null };
  }
  const match = identify(face.template, step.gallery, step.rule);
  return match === null ? meetStranger(session) : agree(session, match);
}

function meetStranger(session: CheckInSession): CheckInStepped {
  const strangers = session.strangers + 1;
  const next = { ...session, agreed: null, strangers };
  const isStranger = strangers >= faceLimits.strangerFrames;
  return isStranger
    ? { session: next, guide: 'use-pin', outcome: { kind: 'use-pin' } }
    : { session: next, guide: 'hold-still', outcome: null };
}

function agree(session: CheckInSession, match: Match): CheckInStepped {
  const before = session.agreed?.personId === match.personId ? session.agreed : null;
  const agreed = {
    personId: match.personId,
    similarity: Math.min(match.similarity, before?.similarity ?? 1),
    margin: Math.min(match.margin, before?.margin ?? 2),
    frames: (before?.frames ?? 0) + 1,
  };
  const { frames, ...lowest } = agreed;
  const isEnough = frames >= faceLimits.agreeingFrames;
  return {
    session: { ...session, agreed },
    guide: 'hold-still',
    outcome: isEnough ? { kind: 'matched', match: lowest, frames } : null,
  };
}
