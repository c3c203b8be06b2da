import type { Challenge, Guide, UsePinReason } from '@sightline/contracts';
import { beginChallenge, stepChallenge, type ChallengeProgress } from '#domain/challenge.ts';
import { faceLimits } from '#domain/face-limits.ts';
import {
  hasLasted,
  isAlive,
  type Observation,
  type SessionStep,
  type Stepped,
} from '#domain/face-session.ts';
import { identify, type Match } from '#domain/identify.ts';
import { usableFace } from '#domain/is-usable.ts';
import { overlapOf, type FaceBox, type ReadFace } from '#domain/read-face.ts';

/**
 * 人脸签到. First several distinct living frames agree on who it is, then that face does what it is
 * asked, unbroken before the camera, then one more frame says that it is still the same person.
 */
export interface CheckInSession {
  readonly kind: 'check-in';
  readonly startedAt: Temporal.Instant;
  /** Drawn once: who begins again is asked the same. */
  readonly challenge: Challenge;
  /** Usable frames that matched nobody, and known ones that were not alive. */
  readonly strangers: number;
  readonly lifeless: number;
  readonly stage: Recognising | Challenging;
}

interface Recognising {
  readonly kind: 'recognising';
  readonly agreed: Agreed | null;
}

interface Challenging {
  readonly kind: 'challenging';
  readonly agreed: Agreed;
  readonly since: Temporal.Instant;
  readonly progress: ChallengeProgress;
  readonly seenAt: Temporal.Instant;
  readonly box: FaceBox;
  /** Usable frames that showed somebody else. */
  readonly changed: number;
}

/** The frames that agree so far: the lowest of their numbers. */
export interface Agreed extends Match {
  readonly frames: number;
  readonly liveness: number;
  /** Of the newest frame. */
  readonly yawDeg: number;
}

export type CheckInOutcome =
  | { readonly kind: 'matched'; readonly agreed: Agreed; readonly challenge: Challenge }
  | { readonly kind: 'use-pin'; readonly why: UsePinReason };

type CheckInStepped = Stepped<CheckInSession, CheckInOutcome>;

const nobodyYet: Recognising = { kind: 'recognising', agreed: null };

export function beginCheckIn(startedAt: Temporal.Instant, challenge: Challenge): CheckInSession {
  const counts = { strangers: 0, lifeless: 0 };
  return { kind: 'check-in', startedAt, challenge, ...counts, stage: nobodyYet };
}

/** One step: a frame, or only time. Nobody is named before the challenge is done by the face that agreed. */
export function stepCheckIn(session: CheckInSession, step: SessionStep): CheckInStepped {
  const { stage } = session;
  const { now, observation } = step;
  if (hasLasted(session.startedAt, now, faceLimits.checkInMs))
    return usePin(session, whyOver(session));
  if (stage.kind === 'challenging' && hasLasted(stage.since, now, faceLimits.challengeMs)) {
    return usePin(session, 'challenge-failed');
  }
  if (observation === null || observation.novelty === 'same') return goOn(session);
  if (observation.novelty === 'replayed') return usePin(session, 'replayed');
  return stage.kind === 'recognising'
    ? recognise({ session, stage }, observation, step)
    : challenge({ session, stage }, observation, step);
}

function whyOver({ stage, lifeless, strangers }: CheckInSession): UsePinReason {
  if (stage.kind === 'challenging') return 'challenge-failed';
  if (lifeless > 0 && lifeless >= strangers) return 'not-live';
  return strangers > 0 ? 'not-recognised' : 'too-long';
}

/** A session in one of its stages. */
interface At<Stage> {
  readonly session: CheckInSession;
  readonly stage: Stage;
}

function recognise(
  { session, stage }: At<Recognising>,
  observation: Observation,
  step: SessionStep,
): CheckInStepped {
  const { face, guide } = usableFace(observation.faces, observation.frame);
  if (face === null) {
    const isGone = guide === 'look-at-camera' || guide === 'one-person-only';
    return goOn({ ...session, stage: isGone ? nobodyYet : stage }, guide);
  }
  // A turn is measured against this look: it must not be one already.
  if (Math.abs(face.pose.yawDeg) > faceLimits.frontYawDeg) return goOn(session, 'face-the-camera');
  const match = identify(face.template, step.gallery, step.rule);
  if (match === null) return meetStranger(session);
  if (!isAlive(face, step.rule)) return meetLifeless(session);
  const agreed = agree(stage.agreed, match, face);
  if (agreed.frames < faceLimits.agreeingFrames) {
    return goOn({ ...session, stage: { kind: 'recognising', agreed } });
  }
  return goOn({ ...session, stage: beginChallenging({ session, agreed, face }, step.now) });
}

function meetStranger(session: CheckInSession): CheckInStepped {
  const next = { ...session, strangers: session.strangers + 1, stage: nobodyYet };
  return next.strangers >= faceLimits.strangerFrames ? usePin(next, 'not-recognised') : goOn(next);
}

function meetLifeless(session: CheckInSession): CheckInStepped {
  const next = { ...session, lifeless: session.lifeless + 1 };
  return next.lifeless >= faceLimits.lifelessFrames ? usePin(next, 'not-live') : goOn(next);
}

function agree(agreed: Agreed | null, match: Match, face: ReadFace): Agreed {
  const before = agreed?.personId === match.personId ? agreed : null;
  return {
    personId: match.personId,
    similarity: Math.min(match.similarity, before?.similarity ?? 1),
    margin: Math.min(match.margin, before?.margin ?? 2),
    liveness: Math.min(face.liveness, before?.liveness ?? 1),
    frames: (before?.frames ?? 0) + 1,
    yawDeg: face.pose.yawDeg,
  };
}

function beginChallenging(
  { session, agreed, face }: { session: CheckInSession; agreed: Agreed; face: ReadFace },
  now: Temporal.Instant,
): Challenging {
  const progress = beginChallenge(session.challenge, { frontYawDeg: agreed.yawDeg, now });
  const seen = { since: now, seenAt: now, box: face.box, changed: 0 };
  return { kind: 'challenging', agreed, progress, ...seen };
}

function challenge(
  { session, stage }: At<Challenging>,
  observation: Observation,
  step: SessionStep,
): CheckInStepped {
  const face = sameFace(stage, observation);
  if (face === null) {
    const isLost = hasLasted(stage.seenAt, step.now, faceLimits.lostMs);
    return goOn(isLost ? { ...session, stage: nobodyYet } : session);
  }
  const checked = checkPerson(stage, { face, observation }, step);
  if (checked.changed >= faceLimits.changedFrames) return usePin(session, 'face-changed');
  const progress = stepChallenge(stage.progress, face, step.now);
  if (progress.phase === 'done' && checked.isConfirmed) {
    const agreed = agree(stage.agreed, checked.match, face);
    const outcome = { kind: 'matched', agreed, challenge: session.challenge } as const;
    return { session, guide: 'hold-still', outcome };
  }
  const { changed } = checked;
  const next = { ...stage, progress, changed, seenAt: step.now, box: face.box };
  return goOn({ ...session, stage: next });
}

/** The one face that stands where the recognised one stood a moment ago, however it is turned. */
function sameFace(stage: Challenging, { faces }: Observation): ReadFace | null {
  const [face, ...others] = faces;
  if (face === undefined || overlapOf(face.box, stage.box) < faceLimits.sameBox) return null;
  const isAlone = others.every((other) => overlapOf(other.box, face.box) > 0);
  return isAlone ? face : null;
}

type Checked =
  | { readonly isConfirmed: true; readonly match: Match; readonly changed: number }
  | { readonly isConfirmed: false; readonly changed: number };

/** Looks who it is, where the face can be compared: a turned or blinking one says nothing. */
function checkPerson(
  stage: Challenging,
  { face, observation }: { face: ReadFace; observation: Observation },
  { gallery, rule }: SessionStep,
): Checked {
  const { changed } = stage;
  if (usableFace([face], observation.frame).face === null) return { isConfirmed: false, changed };
  const match = identify(face.template, gallery, rule);
  if (match?.personId !== stage.agreed.personId)
    return { isConfirmed: false, changed: changed + 1 };
  return isAlive(face, rule)
    ? { isConfirmed: true, match, changed }
    : { isConfirmed: false, changed };
}

function goOn(session: CheckInSession, guide: Guide = guideOf(session)): CheckInStepped {
  return { session, guide, outcome: null };
}

function guideOf({ stage, challenge }: CheckInSession): Guide {
  if (stage.kind === 'recognising') return stage.agreed === null ? 'look-at-camera' : 'hold-still';
  const { phase } = stage.progress;
  return phase === 'turned' || phase === 'done' ? 'face-the-camera' : challenge;
}

function usePin(session: CheckInSession, why: UsePinReason): CheckInStepped {
  return { session, guide: 'use-pin', outcome: { kind: 'use-pin', why } };
}
