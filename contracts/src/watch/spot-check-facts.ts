import Type, { type Static } from 'typebox';
import { FaceEvidence } from '../face-evidence.ts';
import { terminalIdPattern, uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import { spotCheckLimits } from './spot-check.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });

/** 抽查事由: 气象预警, 节日值守, 附近突发, 设备测试, 例行. A note beside it stands outside the log. */
export const SpotCheckReason = Type.Union([
  Type.Literal('weather-warning'),
  Type.Literal('holiday-guard'),
  Type.Literal('incident-nearby'),
  Type.Literal('equipment-test'),
  Type.Literal('routine'),
]);
export type SpotCheckReason = Static<typeof SpotCheckReason>;

/** Whole seconds from the order to the end of the ring. */
export const SpotCheckSeconds = Type.Integer({
  minimum: spotCheckLimits.secondsMin,
  maximum: spotCheckLimits.secondsMax,
});

const atTerminal = {
  checkId: Uuid,
  terminalId: Type.String({ pattern: terminalIdPattern }),
  simulated: Type.Optional(Type.Literal(true)),
};
const answered = { ...atTerminal, personId: Uuid };

export const spotCheckFactData = {
  /** 送达: the terminal has it, in time or not. */
  'spot-check.delivered': Type.Object(atTerminal, closed),
  /** 已显示: a page showed it. */
  'spot-check.shown': Type.Object(atTerminal, closed),
  /** 应答, with the evidence a check-in has. */
  'spot-check.answered': Type.Union([
    Type.Object({ ...answered, method: Type.Literal('face'), face: FaceEvidence }, closed),
    Type.Object({ ...answered, method: Type.Literal('pin') }, closed),
    Type.Object({ ...answered, method: Type.Literal('pin-witness'), witnessId: Uuid }, closed),
  ]),
  /** 请回电: somebody there asks to be called; nobody says who. */
  'spot-check.call-asked': Type.Object(atTerminal, closed),
  // Facts of the centre.
  'spot-check.ordered': Type.Object(
    {
      checkId: Uuid,
      reason: SpotCheckReason,
      seconds: SpotCheckSeconds,
      /** How many villages ring. */
      villages: Type.Integer({ minimum: 1, maximum: spotCheckLimits.villages }),
    },
    closed,
  ),
  'spot-check.withdrawn': Type.Object({ checkId: Uuid }, closed),
  /** 已回电: somebody of the village was spoken to, or not. */
  'spot-check.called-back': Type.Object(
    { checkId: Uuid, region: Type.String({ pattern: regionPattern }), reached: Type.Boolean() },
    closed,
  ),
} as const;

export const spotCheckTerminalFacts = [
  'spot-check.delivered',
  'spot-check.shown',
  'spot-check.answered',
  'spot-check.call-asked',
] as const;
