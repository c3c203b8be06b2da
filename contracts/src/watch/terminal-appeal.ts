import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { correctionLimits } from './correction.ts';
import { AppealReasonWord, CorrectedDuty, ProposedVerdictWord } from './correction-facts.ts';

const Instant = Type.String({ pattern: instantPattern });
const Uuid = Type.String({ pattern: uuidPattern });

/** 申诉 as the village's terminal is told of it: where it stands, by ids and codes, no words of anybody's own. */
export const TerminalAppeal = Type.Object({
  appealId: Uuid,
  personId: Uuid,
  duty: CorrectedDuty,
  reason: AppealReasonWord,
  at: Instant,
  /** The codes of `CorrectionState`. */
  state: Type.Union([
    Type.Literal('appealed'),
    Type.Literal('proposed'),
    Type.Literal('approved'),
    Type.Literal('refused'),
    Type.Literal('joined'),
  ]),
  /** Once two people have decided: what the ledger says now, why, and when; absent before. */
  outcome: Type.Optional(
    Type.Object({ verdict: ProposedVerdictWord, why: AppealReasonWord, decidedAt: Instant }),
  ),
});
export type TerminalAppeal = Static<typeof TerminalAppeal>;

export const TerminalAppeals = Type.Array(TerminalAppeal, {
  maxItems: correctionLimits.appealsPerTerminal,
});
