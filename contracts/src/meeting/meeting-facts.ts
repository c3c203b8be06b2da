import Type from 'typebox';
import { FaceEvidence } from '../face-evidence.ts';
import { instantPattern, terminalIdPattern, uuidPattern } from '../fact.ts';
import { MeetingAct } from './meeting-acts.ts';
import { MeetingKindName, SeatKey } from './meeting-control.ts';
import { KeptKindName } from './meeting-keeping.ts';
import { meetingLimits } from './meeting.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const Instant = Type.String({ pattern: instantPattern });

const atTerminal = {
  meetingId: Uuid,
  terminalId: Type.String({ pattern: terminalIdPattern }),
  simulated: Type.Optional(Type.Literal(true)),
};
const Round = Type.Integer({ minimum: 1, maximum: 99 });
const present = { ...atTerminal, round: Round };

export const meetingFactData = {
  /** 已振铃: a page of the village showed the invitation. */
  'meeting.rung': Type.Object(atTerminal, closed),
  /** 应答 or 拒接. `auto`: the village allows remote opening, nobody touched the screen. */
  'meeting.answered': Type.Object(
    {
      ...atTerminal,
      answer: Type.Union([Type.Literal('accepted'), Type.Literal('declined')]),
      how: Type.Union([Type.Literal('touch'), Type.Literal('auto')]),
    },
    closed,
  ),
  /** 点名应答, with the evidence a check-in has; by button nobody says who. */
  'meeting.present': Type.Union([
    Type.Object(
      { ...present, method: Type.Literal('face'), personId: Uuid, face: FaceEvidence },
      closed,
    ),
    Type.Object({ ...present, method: Type.Literal('pin'), personId: Uuid }, closed),
    Type.Object(
      { ...present, method: Type.Literal('pin-witness'), personId: Uuid, witnessId: Uuid },
      closed,
    ),
    Type.Object({ ...present, method: Type.Literal('button') }, closed),
  ]),
  /**
   * 远程开启许可: whether a meeting may open this village's camera and voice without a touch; off at first.
   * `personId` = whose leave it is: who gave it with the PIN. Anybody there ends it by a touch (`actor`
   * is then the terminal).
   */
  'meeting.auto-answer-set': Type.Object(
    {
      terminalId: Type.String({ pattern: terminalIdPattern }),
      isAllowed: Type.Boolean(),
      personId: Uuid,
      simulated: Type.Optional(Type.Literal(true)),
    },
    closed,
  ),
  // Facts of the centre. Title and names stand outside the log.
  'meeting.called': Type.Object(
    {
      meetingId: Uuid,
      kind: MeetingKindName,
      chair: SeatKey,
      startsAt: Instant,
      /** How many seats are asked, the chair's not counted. */
      seats: Type.Integer({ minimum: 1, maximum: meetingLimits.seats }),
      isRemoteOpening: Type.Boolean(),
    },
    closed,
  ),
  /** A planned meeting began: its room is open from here on. One called for now is open when it is called. */
  'meeting.opened': Type.Object({ meetingId: Uuid }, closed),
  'meeting.steered': Type.Object({ meetingId: Uuid, act: MeetingAct }, closed),
  /** 举手 or 放下. */
  'meeting.hand': Type.Object({ meetingId: Uuid, seatId: SeatKey, isUp: Type.Boolean() }, closed),
  /** A desk (a venue of county or township, at its console) answers a roll call. */
  'meeting.desk-present': Type.Object({ meetingId: Uuid, seatId: SeatKey, round: Round }, closed),
  /** 在会: packets of this seat flowed from then until then, by the media server's clock. */
  'meeting.attended': Type.Object(
    {
      meetingId: Uuid,
      seatId: SeatKey,
      spellId: Uuid,
      from: Instant,
      until: Instant,
      packets: Type.Integer({ minimum: 0 }),
    },
    closed,
  ),
  /** `chair`: 结束会议; `chair-gone`: by another with the right over its region (`actor`), for the chair was gone; `cancelled`: before it began; `expired`: nobody ended it. */
  'meeting.ended': Type.Object(
    {
      meetingId: Uuid,
      why: Type.Union([
        Type.Literal('chair'),
        Type.Literal('chair-gone'),
        Type.Literal('cancelled'),
        Type.Literal('expired'),
      ]),
    },
    closed,
  ),
  /** 录像完成: `root` = SHA-256 over the segments' digests, in their order; the chain of evidence hangs here. */
  'meeting.recorded': Type.Object(
    {
      meetingId: Uuid,
      recordingId: Uuid,
      segments: Type.Integer({ minimum: 0, maximum: 100_000 }),
      bytes: Type.Integer({ minimum: 0 }),
      from: Instant,
      until: Instant,
      root: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    },
    closed,
  ),
  /** 已删除: of what it left behind. By age, or by hand, whose reason stands outside the log. */
  'meeting.erased': Type.Object(
    {
      meetingId: Uuid,
      kind: KeptKindName,
      why: Type.Union([Type.Literal('age'), Type.Literal('hand')]),
      afterDays: Type.Integer({ minimum: 0 }),
    },
    closed,
  ),
} as const;

export const meetingTerminalFacts = [
  'meeting.rung',
  'meeting.answered',
  'meeting.present',
  'meeting.auto-answer-set',
] as const;
