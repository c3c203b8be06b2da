import type { Challenge, Guide } from '@sightline/contracts';

/** How far a face session is, as its words tell: nobody recognised yet, doing what was asked, coming back. */
export type SessionStage =
  | { readonly kind: 'looking' }
  | { readonly kind: 'acting' | 'returning'; readonly challenge: Challenge };

export const looking: SessionStage = { kind: 'looking' };

/** The stage after one more word of the agent. "Face the camera" after a challenge means: it is done, come back. */
export function followGuide(before: SessionStage, word: Guide): SessionStage {
  if (word === 'blink' || word === 'turn-left' || word === 'turn-right') {
    return { kind: 'acting', challenge: word };
  }
  if (before.kind === 'looking') return before;
  const isOnItsWay = word === 'face-the-camera' || word === 'hold-still';
  return isOnItsWay ? { kind: 'returning', challenge: before.challenge } : looking;
}

/** The text for what to do next. */
export function askKeyOf(word: Guide, stage: SessionStage): string {
  if (stage.kind !== 'returning') return `guide.${word}`;
  return stage.challenge === 'blink' ? 'challenge.look' : 'challenge.turnBack';
}
