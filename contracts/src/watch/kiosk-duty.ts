import type { ShiftKey } from '../shift.ts';
import type { DutyPost } from './duty.ts';
import type { HandOverState } from './hand-over.ts';
import type { HandOverSentence } from './hand-over-facts.ts';

/** 今日班次, as a kiosk shows it. */
export interface DutyDay {
  readonly running: readonly RunningDuty[];
  /** What begins next, all at one time; empty = the roster knows of nothing more. */
  readonly next: readonly RosteredDuty[];
}

export interface RosteredDuty {
  readonly post: DutyPost;
  readonly personId: string;
  readonly from: string;
  readonly to: string;
}

export interface RunningDuty extends RosteredDuty {
  /** Who came: the holder, or the fallback for them. Null = nobody yet. */
  readonly arrival: { readonly personId: string; readonly at: string } | null;
  /** When who came checked out again. */
  readonly leftAt: string | null;
  /** It began a while ago and nobody came, on a post where somebody must. */
  readonly isMissed: boolean;
}

/** An open item as everybody at the kiosk may see it: no words of anybody's own. */
export interface KioskHandOver {
  readonly itemId: string;
  readonly state: Exclude<HandOverState, 'done'>;
  /** Of whoever left it. */
  readonly shift: ShiftKey;
  readonly leftAt: string;
  readonly leftBy: string;
  readonly sentences: readonly HandOverSentence[];
  readonly hasText: boolean;
  readonly voiceSeconds: number | null;
  /** The shift that runs has not accepted it. */
  readonly isWaiting: boolean;
}

/** Kiosk POST /api/hand-over/items, after somebody proved who they are: with what was written. */
export interface KioskHandOverItem extends KioskHandOver {
  /** Null = nothing was written, or more than thirty days ago. */
  readonly text: string | null;
  /** The recording is still here. */
  readonly hasVoice: boolean;
}
