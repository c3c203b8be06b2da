import type { Challenge } from '@sightline/contracts';
import { faceLimits } from '#domain/face-limits.ts';
import { hasLasted } from '#domain/face-session.ts';
import type { ReadFace } from '#domain/read-face.ts';

/** 动作活体. How far a person is with what they were asked to do. */
export type ChallengeProgress =
  | {
      readonly kind: 'blink';
      readonly phase: 'waiting' | 'open' | 'closed' | 'done';
      /** When the eyes were last seen as the phase says. */
      readonly at: Temporal.Instant;
    }
  | {
      readonly kind: 'turn-left' | 'turn-right';
      /** How the head stood when it was recognised, degrees. */
      readonly frontYawDeg: number;
      readonly turnedFrames: number;
      readonly phase: 'waiting' | 'turned' | 'done';
    };

const challenges: readonly Challenge[] = ['blink', 'turn-left', 'turn-right'];

/** One of the challenges, each as likely. `random`: [0, 1). */
export function drawChallenge(random: number): Challenge {
  return challenges[Math.floor(random * challenges.length)] ?? 'blink';
}

/** A draw that gives that challenge: for measurements and tests with a film that does what it does. */
export function drawOf(challenge: Challenge): number {
  return (challenges.indexOf(challenge) + 0.5) / challenges.length;
}

/** Begins a challenge for a head that stood at that yaw when it was recognised. */
export function beginChallenge(
  challenge: Challenge,
  { frontYawDeg, now }: { readonly frontYawDeg: number; readonly now: Temporal.Instant },
): ChallengeProgress {
  return challenge === 'blink'
    ? { kind: 'blink', phase: 'waiting', at: now }
    : { kind: challenge, frontYawDeg, turnedFrames: 0, phase: 'waiting' };
}

/** One frame later. A blink is a change, open → closed → open: glare on glasses may read as closed eyes. */
export function stepChallenge(
  progress: ChallengeProgress,
  face: ReadFace,
  now: Temporal.Instant,
): ChallengeProgress {
  return progress.kind === 'blink' ? stepBlink(progress, face, now) : stepTurn(progress, face);
}

type Blink = Extract<ChallengeProgress, { kind: 'blink' }>;

function stepBlink(blink: Blink, { eyesClosed, pose }: ReadFace, now: Temporal.Instant): Blink {
  const isFrontal = Math.abs(pose.yawDeg) <= faceLimits.frontYawDeg;
  const isOpen = isFrontal && Math.max(...eyesClosed) <= faceLimits.eyesOpen;
  const isClosed = isFrontal && Math.min(...eyesClosed) >= faceLimits.eyesClosed;
  const { phase } = blink;
  if (phase === 'done') return blink;
  const isLate = hasLasted(blink.at, now, faceLimits.blinkMs);
  if (isOpen) return { ...blink, phase: phase === 'closed' && !isLate ? 'done' : 'open', at: now };
  if (phase === 'open' && isClosed && !isLate) return { ...blink, phase: 'closed', at: now };
  return blink;
}

type Turn = Exclude<ChallengeProgress, { kind: 'blink' }>;

/** Positive yaw is the person's own right. */
function stepTurn(turn: Turn, { pose }: ReadFace): Turn {
  const side = turn.kind === 'turn-right' ? 1 : -1;
  const turnedDeg = side * pose.yawDeg;
  const changeDeg = side * (pose.yawDeg - turn.frontYawDeg);
  if (turn.phase === 'turned') {
    return turnedDeg <= faceLimits.turnedBackDeg ? { ...turn, phase: 'done' } : turn;
  }
  if (turn.phase === 'done' || turnedDeg < faceLimits.turnDeg) return turn;
  if (changeDeg < faceLimits.turnChangeDeg) return turn;
  const turnedFrames = turn.turnedFrames + 1;
  const isEnough = turnedFrames >= faceLimits.turnFrames;
  return { ...turn, turnedFrames, phase: isEnough ? 'turned' : 'waiting' };
}
