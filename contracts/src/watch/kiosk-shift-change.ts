import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import { ShiftAnswerWord, type ShiftAnswer, type ShiftChangeAsk } from './shift-change-api.ts';
import type { ShiftChangeState } from './shift-change-api.ts';

/** 换班, 请假, 顶班 as one of its two people sees it at the kiosk, after their own PIN. */
export interface OwnShiftChange {
  readonly ask: ShiftChangeAsk;
  readonly askedAt: string;
  readonly state: ShiftChangeState;
  /** It is their own request. */
  readonly isAsker: boolean;
  /** What they said here; null = nothing yet. */
  readonly own: {
    readonly answer: ShiftAnswer;
    readonly at: string;
    /** It came after the end and changed nothing. */
    readonly isLate: boolean;
  } | null;
  /** The console wrote down that they agree. */
  readonly isNoted: boolean;
  /** What the other one said here; null = nothing yet. */
  readonly other: ShiftAnswer | null;
}

/** POST /api/shift-change/answer at the kiosk → OwnShiftChange, after the person's own PIN. */
export const KioskShiftAnswerRequest = Type.Object(
  {
    personId: Type.String({ pattern: uuidPattern }),
    pin: Type.String({ pattern: '^[0-9]{6}$' }),
    changeId: Type.String({ pattern: uuidPattern }),
    answer: ShiftAnswerWord,
  },
  { additionalProperties: false },
);
export type KioskShiftAnswerRequest = Static<typeof KioskShiftAnswerRequest>;
