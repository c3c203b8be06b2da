import { refuse, type Refusal } from '@sightline/contracts';
import { faceLimits } from '#domain/face-limits.ts';
import {
  hasLasted,
  isAlive,
  type Observation,
  type SessionStep,
  type Stepped,
} from '#domain/face-session.ts';
import { identify } from '#domain/identify.ts';
import { usableFace } from '#domain/is-usable.ts';

/** 录入: good frames of one person, until there are enough of them. */
export interface EnrolSession {
  readonly kind: 'enrol';
  readonly personId: string;
  readonly startedAt: Temporal.Instant;
  readonly kept: readonly Float32Array[];
  readonly keptAt: Temporal.Instant | null;
}

export type EnrolOutcome =
  | { readonly kind: 'collected'; readonly templates: readonly Float32Array[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

type EnrolStepped = Stepped<EnrolSession, EnrolOutcome>;

export function beginEnrolment(personId: string, startedAt: Temporal.Instant): EnrolSession {
  return { kind: 'enrol', personId, startedAt, kept: [], keptAt: null };
}

/** One step of an enrolment. The same face under another name is refused; another face starts again. */
export function stepEnrolment(session: EnrolSession, step: SessionStep): EnrolStepped {
  if (hasLasted(session.startedAt, step.now, faceLimits.enrolMs)) return end(session, tooLong());
  const { observation } = step;
  if (observation === null) return { session, guide: 'look-at-camera', outcome: null };
  // A frame that was seen before says nothing new: a still picture is one look.
  if (observation.novelty !== 'new') return { session, guide: 'hold-still', outcome: null };
  return look(session, observation, step);
}

function look(session: EnrolSession, observation: Observation, step: SessionStep): EnrolStepped {
  const { face, guide } = usableFace(observation.faces, observation.frame);
  if (face === null) return { session, guide, outcome: null };
  if (isTooSoon(session, step.now) || !isAlive(face, step.rule))
    return { session, guide: 'hold-still', outcome: null };
  const others = step.gallery.filter(({ personId }) => personId !== session.personId);
  // No margin here: a face that is near two other names is known twice already, so is refused too.
  const isKnown = others.some((other) => identify(face.template, [other], step.rule) !== null);
  if (isKnown) return end(session, knownFace());
  const isSame = session.kept.every(
    (known) => step.rule.compare(known, face.template) >= step.rule.threshold,
  );
  const kept = isSame ? [...session.kept, face.template] : [face.template];
  const isEnough = kept.length >= faceLimits.enrolFrames;
  return {
    session: { ...session, kept, keptAt: step.now },
    guide: 'hold-still',
    outcome: isEnough ? { kind: 'collected', templates: kept } : null,
  };
}

function isTooSoon({ keptAt }: EnrolSession, now: Temporal.Instant): boolean {
  if (keptAt === null) return false;
  return now.epochMilliseconds - keptAt.epochMilliseconds < faceLimits.enrolPauseMs;
}

function end(session: EnrolSession, refusal: Refusal): EnrolStepped {
  return { session, guide: 'look-at-camera', outcome: { kind: 'refused', refusal } };
}

function tooLong(): Refusal {
  return refuse(
    'enrol-timeout',
    'Not enough good pictures in a minute. Improve the light, look at the camera and begin again.',
  );
}

function knownFace(): Refusal {
  return refuse(
    'face-already-enrolled',
    'This face is already enrolled under another name. One face stands for one person.',
  );
}
