import Type, { type Static } from 'typebox';
import { terminalIdPattern, uuidPattern } from '../fact.ts';
import { Day } from './duty.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });

/** 批准, 不批准, 撤销. */
export const AbsenceDecisionWord = Type.Union([
  Type.Literal('approved'),
  Type.Literal('refused'),
  Type.Literal('withdrawn'),
]);
export type AbsenceDecision = Static<typeof AbsenceDecisionWord>;

/** 待批准, 已批准, 未批准, 已撤销. */
export const AbsenceState = Type.Union([Type.Literal('asked'), AbsenceDecisionWord]);
export type AbsenceState = Static<typeof AbsenceState>;

const away = { absenceId: Uuid, personId: Uuid, from: Day, to: Day };

/** 外出: that somebody is away, and when; never why. */
export const absenceFactData = {
  /** By the person, at the village's terminal after their own PIN. The actor is that person. */
  'absence.asked': Type.Object(
    {
      ...away,
      terminalId: Type.String({ pattern: terminalIdPattern }),
      method: Type.Literal('pin'),
    },
    closed,
  ),
  /** By an officer, about somebody else: it counts at once. */
  'absence.entered': Type.Object(away, closed),
  'absence.decided': Type.Object({ absenceId: Uuid, decision: AbsenceDecisionWord }, closed),
} as const;
