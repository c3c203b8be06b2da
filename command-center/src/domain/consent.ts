import { refuse, type FaceState, type Refusal } from '@sightline/contracts';

/** The last template of a person at one terminal, as the ledger has it. */
export interface FaceAt {
  readonly terminalId: string;
  readonly isWithdrawn: boolean;
  /** Why it was erased, by a receipt that holds; null = none came yet. */
  readonly erasedFor: string | null;
  /** The device's key has ended: no receipt can come from it any more. */
  readonly isKeyEnded: boolean;
}

/** Where a person's consent stands, from what stands at each terminal. */
export function faceStateOf(faces: readonly FaceAt[]): FaceState {
  const held = faces.filter((face) => face.erasedFor === null);
  if (held.some((face) => !face.isWithdrawn)) return 'enrolled';
  if (held.length > 0) return 'withdrawing';
  return faces.some((face) => face.isWithdrawn) ? 'withdrawn' : 'none';
}

/** Whether consent may be withdrawn; null = yes. */
export function refuseWithdrawal(state: FaceState): Refusal | null {
  if (state === 'enrolled') return null;
  if (state === 'none') {
    return refuse(
      'no-face-consent',
      'This person has no enrolled face: there is nothing to withdraw.',
    );
  }
  return refuse('already-withdrawn', 'This person has withdrawn already; see the ledger.');
}

/**
 * Whether a code for a new face may be given out at a terminal; null = yes. Not while it still has to
 * erase one whose consent was withdrawn: the new code would allow the old template again.
 */
export function refuseFaceCode(faces: readonly FaceAt[], terminalId: string): Refusal | null {
  const face = faces.find((each) => each.terminalId === terminalId);
  const isErasing =
    face !== undefined && face.isWithdrawn && face.erasedFor === null && !face.isKeyEnded;
  if (!isErasing) return null;
  return refuse(
    'still-erasing',
    'The terminal has not confirmed yet that it erased the face before. Wait for its receipt.',
  );
}
