import Type, { type Static } from 'typebox';
import { terminalIdPattern, uuidPattern } from '../fact.ts';
import { SealedText } from '../sealed-text.ts';
import { correctionLimits } from './correction.ts';
import { Day, DutyPost } from './duty.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });

/** The codes of `appealReasons`. */
export const AppealReasonWord = Type.Union([
  Type.Literal('terminal-broken'),
  Type.Literal('not-recognised'),
  Type.Literal('name-used'),
  Type.Literal('was-replaced'),
  Type.Literal('on-leave'),
  Type.Literal('roster-wrong'),
  Type.Literal('other'),
]);
/** The codes of `proposedVerdicts`. */
export const ProposedVerdictWord = Type.Union([
  Type.Literal('on-time'),
  Type.Literal('late'),
  Type.Literal('covered'),
  Type.Literal('absent'),
  Type.Literal('not-owed'),
  Type.Literal('stands'),
]);
/** The codes of `dutyVerdicts`. */
const DutyVerdictWord = Type.Union([
  Type.Literal('open'),
  Type.Literal('not-yet'),
  Type.Literal('on-time'),
  Type.Literal('late'),
  Type.Literal('covered'),
  Type.Literal('absent'),
  Type.Literal('unknown'),
]);

/** 哪一次值班. With its village it names one row of the ledger: a night begins in the evening. */
const duty = {
  post: DutyPost,
  day: Day,
  span: Type.Union([Type.Literal('day'), Type.Literal('night'), Type.Literal('full')]),
};
/** A duty as a case speaks of it. */
export const CorrectedDuty = Type.Object(duty, closed);
export type CorrectedDuty = Static<typeof CorrectedDuty>;

/** What is sealed of an appeal. */
export const AppealWritten = Type.Object(
  { text: Type.String({ maxLength: correctionLimits.textChars }) },
  closed,
);
export type AppealWritten = Static<typeof AppealWritten>;

/** 核准, 不核准. */
export const CorrectionDecision = Type.Union([Type.Literal('approved'), Type.Literal('refused')]);
export type CorrectionDecision = Static<typeof CorrectionDecision>;

export const correctionFactData = {
  /** 申诉: by the person at a terminal, or at the console on the person's word (without `terminalId`). */
  'duty.appealed': Type.Object(
    {
      appealId: Uuid,
      terminalId: Type.Optional(Type.String({ pattern: terminalIdPattern })),
      personId: Uuid,
      ...duty,
      reason: AppealReasonWord,
      sealed: Type.Optional(SealedText),
    },
    closed,
  ),
  /**
   * 拟更正: somebody proposes what the ledger should say. `correctionId` is that of the appeal it answers,
   * or a new one; `original` is what the ledger said then, and goes on saying.
   */
  'correction.asked': Type.Object(
    {
      correctionId: Uuid,
      personId: Uuid,
      ...duty,
      original: DutyVerdictWord,
      verdict: ProposedVerdictWord,
      reason: AppealReasonWord,
    },
    closed,
  ),
  /** 复核: by a second account. */
  'correction.decided': Type.Object(
    { correctionId: Uuid, ...duty, decision: CorrectionDecision },
    closed,
  ),
} as const;
