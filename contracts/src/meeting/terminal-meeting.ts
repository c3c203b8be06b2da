import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import { MeetingKindName, RollCall } from './meeting-control.ts';
import { meetingLimits } from './meeting.ts';

const Instant = Type.String({ pattern: instantPattern });

/** 会议 as a terminal is told of it: who calls, why, where the room is, and the key to its own seat. */
export const TerminalMeeting = Type.Object({
  meetingId: Type.String({ pattern: uuidPattern }),
  kind: MeetingKindName,
  title: Type.String({ maxLength: meetingLimits.titleChars }),
  by: Type.Object({
    login: Type.String({ maxLength: 64 }),
    // One of AccountRole; a terminal older than a role shows its name.
    roles: Type.Array(Type.String({ maxLength: 32 }), { maxItems: 6 }),
    region: Type.String({ pattern: regionPattern }),
  }),
  calledAt: Instant,
  startsAt: Instant,
  /** It rings from `startsAt` until then; later the room is found without a ring. */
  ringUntil: Instant,
  /** After it the key is worth nothing. */
  until: Instant,
  /** The caller asks that it opens without a touch; the village's own leave decides. */
  isRemoteOpening: Type.Boolean(),
  /** Root of the signalling, `http(s)://host:port`. */
  mediaUrl: Type.String({ maxLength: 200 }),
  seatToken: Type.String({ maxLength: 400 }),
  rollCall: Type.Union([RollCall, Type.Null()]),
  /** Ended or withdrawn: the terminal may still say how it stood. */
  isOver: Type.Boolean(),
});
export type TerminalMeeting = Static<typeof TerminalMeeting>;

export const TerminalMeetings = Type.Array(TerminalMeeting, {
  maxItems: meetingLimits.perTerminal,
});
