import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { ShiftAnswerWord, ShiftChangeAsk, ShiftChangeState } from './shift-change-api.ts';
import { shiftChangeLimits } from './shift-change.ts';

const Instant = Type.String({ pattern: instantPattern });

/** 换班, 请假, 顶班 as the village's terminal is told of it: ids alone, all of its own list of people. */
export const TerminalShiftChange = Type.Object({
  ask: ShiftChangeAsk,
  askedAt: Instant,
  state: ShiftChangeState,
  /** 本人答复 that counted; one that came after the end is not among them. */
  answers: Type.Array(
    Type.Object({
      personId: Type.String({ pattern: uuidPattern }),
      answer: ShiftAnswerWord,
      at: Instant,
    }),
    { maxItems: 2 },
  ),
});
export type TerminalShiftChange = Static<typeof TerminalShiftChange>;

export const TerminalShiftChanges = Type.Array(TerminalShiftChange, {
  maxItems: shiftChangeLimits.perTerminal,
});
