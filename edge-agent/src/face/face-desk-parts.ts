import type { FaceEvidence, Guide, Refusal, UsePinReason } from '@sightline/contracts';
import type { Sight } from '#camera/shuttered.ts';
import type { Eyes } from '#face/eyes.ts';
import type { Gallery } from '#face/gallery.ts';

export type Progress = { readonly frames: number; readonly of: number } | null;

/** How a session ended. `isAuto`: nobody asked for it, so only a success is worth a word. */
export type SessionEnd =
  | { readonly kind: 'matched'; readonly personId: string; readonly face: FaceEvidence }
  | { readonly kind: 'use-pin'; readonly why: UsePinReason }
  | {
      readonly kind: 'collected';
      readonly personId: string;
      readonly template: Float32Array;
      readonly frames: number;
      readonly model: string;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface FaceDeskParts {
  readonly camera: Sight;
  readonly eyes: Eyes;
  readonly gallery: Gallery;
  /** [0, 1): draws the challenge. */
  readonly randomness: () => number;
  /** False switches every face session off. */
  isEnabled(): boolean;
  /** False where nobody is to be looked at who did not ask: in a meeting. */
  mayLookUnasked(): boolean;
  /** Whether that person has checked in for this shift: nobody is asked for a challenge unasked again. */
  isOnDuty(personId: string): boolean;
  onGuide(guide: Guide, progress: Progress): void;
  onEnd(end: SessionEnd, isAuto: boolean): void;
  onChange(): void;
}

/** The one place where a face session runs: at most one at a time, a frame at a time, the newest first. */
export interface FaceDesk extends Disposable {
  session(): 'idle' | 'check-in' | 'enrol';
  startCheckIn(): Refusal | null;
  startEnrolment(personId: string): Refusal | null;
  cancel(): void;
  /** For how long faces are not looked at, after too many sessions that looked like a deceit; 0 = they are. */
  lockedForMs(): number;
}
