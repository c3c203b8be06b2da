import type { CheckInMethod, UsePinReason } from '@sightline/contracts';
import type { IconName } from '../parts/Icon.tsx';
import type { Answered } from '../route.ts';
import type { Tone } from '../sound/tone.ts';

/** How an answer looks and sounds, and which ways lead on from it besides the way home. */
export interface AnswerLook {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly titleKey: string;
  readonly offersPin: boolean;
  readonly offersRetry: boolean;
}

/** What a method is called. */
export const methodKeys: Readonly<Record<CheckInMethod, string>> = {
  face: 'result.byFace',
  pin: 'result.byPin',
  'pin-witness': 'result.byPinWitness',
};

type Sign = Pick<AnswerLook, 'tone' | 'icon' | 'titleKey'>;

const signs: Readonly<Record<Exclude<Answered['outcome'], 'use-pin'>, Sign>> = {
  'checked-in': { tone: 'good', icon: 'check', titleKey: 'result.checkedIn' },
  'already-checked-in': { tone: 'again', icon: 'check', titleKey: 'result.already' },
  'check-answered': { tone: 'good', icon: 'check', titleKey: 'check.answered' },
  'checked-out': { tone: 'good', icon: 'check', titleKey: 'duty.checkedOut' },
  'already-checked-out': { tone: 'again', icon: 'check', titleKey: 'duty.alreadyOut' },
  enrolled: { tone: 'good', icon: 'check', titleKey: 'result.enrolled' },
  withdrawn: { tone: 'good', icon: 'check', titleKey: 'result.withdrawn' },
  'pin-set': { tone: 'good', icon: 'check', titleKey: 'result.pinSet' },
  refused: { tone: 'no', icon: 'warn', titleKey: 'result.refused' },
};

const reasons: Readonly<Record<UsePinReason, Pick<AnswerLook, 'icon' | 'offersRetry'>>> = {
  'not-recognised': { icon: 'question', offersRetry: true },
  'too-long': { icon: 'clock', offersRetry: true },
  'not-live': { icon: 'warn', offersRetry: true },
  'challenge-failed': { icon: 'clock', offersRetry: true },
  replayed: { icon: 'warn', offersRetry: false },
  'face-changed': { icon: 'people', offersRetry: true },
  'eyes-unavailable': { icon: 'noCamera', offersRetry: false },
};

/** Refusals that the other method gets around. */
const pinHelps: ReadonlySet<string> = new Set([
  'face-disabled',
  'face-locked',
  'face-unavailable',
  'nobody-enrolled',
  'session-running',
]);

export function lookOf(answer: Answered): AnswerLook {
  if (answer.outcome === 'use-pin') {
    const titleKey = `usePin.${answer.why}.title`;
    return { tone: 'no', titleKey, offersPin: true, ...reasons[answer.why] };
  }
  if (answer.outcome === 'check-answered' && answer.isLate) {
    const late = { tone: 'again', icon: 'clock', titleKey: 'check.answeredLate' } as const;
    return { ...late, offersPin: false, offersRetry: false };
  }
  const offersPin = answer.outcome === 'refused' && pinHelps.has(answer.code);
  return { ...signs[answer.outcome], offersPin, offersRetry: false };
}
