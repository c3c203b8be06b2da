import Type from 'typebox';
import { terminalIdPattern, uuidPattern } from '../fact.ts';
import { SaidBy, ShiftAnswerWord, ShiftChangeAsk, ShiftDecisionWord } from './shift-change-api.ts';

const closed = { additionalProperties: false } as const;
const ChangeId = Type.String({ pattern: uuidPattern });

/** 换班, 请假, 顶班: who said what, by ids alone. The actor is the account that wrote it down. */
export const shiftChangeFactData = {
  /** Whoever asks gave their word with it. */
  'shift-change.asked': Type.Object({ ask: ShiftChangeAsk, saidBy: SaidBy }, closed),
  /** The other side gave its word. */
  'shift-change.agreed': Type.Object({ changeId: ChangeId, saidBy: SaidBy }, closed),
  /** 本人答复: one of the two, at the village's terminal after their own PIN. The actor is that person. */
  'shift-change.answered': Type.Object(
    {
      changeId: ChangeId,
      personId: ChangeId,
      terminalId: Type.String({ pattern: terminalIdPattern }),
      answer: ShiftAnswerWord,
      method: Type.Literal('pin'),
    },
    closed,
  ),
  'shift-change.decided': Type.Object({ changeId: ChangeId, decision: ShiftDecisionWord }, closed),
} as const;
