import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import { MeetingAct } from './meeting-acts.ts';
import { MeetingKindName, type MeetingControl, type Seat } from './meeting-control.ts';
import { meetingLimits, type MeetingKind, type RollCallMethod, type SeatId } from './meeting.ts';
import type { MediaHealth, RoomLine } from './media-link.ts';

/*
 * Meetings between the console and the centre. A meeting is known within its region alone: whoever's
 * region is outside is told that there is none.
 */

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const Instant = Type.String({ pattern: instantPattern });
const Region = Type.String({ pattern: regionPattern });

/** POST /api/meetings → {meetingId, seats, leftOut}. 一键邀请: a region and everything below it. */
export const CallMeetingRequest = Type.Object(
  {
    meetingId: Uuid,
    kind: MeetingKindName,
    title: Type.String({ minLength: 1, maxLength: meetingLimits.titleChars }),
    /** The meeting's own region: who sees it. Every invited region lies within. */
    region: Region,
    /** Each with all equipped villages below it. */
    invite: Type.Array(Region, { minItems: 1, maxItems: 50, uniqueItems: true }),
    /** Also the venues of the townships and counties named or passed through. */
    withUpperVenues: Type.Boolean(),
    /** null = now. */
    startsAt: Type.Union([Instant, Type.Null()]),
    ringSeconds: Type.Integer({
      minimum: meetingLimits.ringSecondsMin,
      maximum: meetingLimits.ringSecondsMax,
    }),
    isRemoteOpening: Type.Boolean(),
  },
  closed,
);
export type CallMeetingRequest = Static<typeof CallMeetingRequest>;

/** POST /api/meetings/:meetingId/act?region= → {version}; by the chair alone. */
export const SteerMeetingRequest = Type.Object({ act: MeetingAct }, closed);

/** POST /api/meetings/:meetingId/end?region= → {}; by the chair, or where it is gone by an officer of the meeting's region or above. */
export const EndMeetingRequest = Type.Object({}, closed);

/** POST /api/meetings/:meetingId/seat?region= → SeatKeyReply. As chair, or as the venue of one's region. */
export const TakeSeatRequest = Type.Object({}, closed);
export interface SeatKeyReply {
  readonly seatId: SeatId;
  readonly mediaUrl: string;
  readonly seatToken: string;
}

/** POST /api/meetings/:meetingId/present?region= → {}: a desk answers the roll call that is open. */
export const DeskPresentRequest = Type.Object(
  { round: Type.Integer({ minimum: 1, maximum: 99 }) },
  closed,
);

/** GET /api/meetings/plan?region=&invite=… : whom an invitation would reach. */
export interface MeetingPlan {
  readonly seats: number;
  readonly notEquipped: number;
  /** Villages that allow remote opening. */
  readonly autoAnswer: number;
  readonly media: MediaHealth | null;
}

export type MeetingPhase = 'planned' | 'open' | 'over';

/** GET /api/meetings?region=&before= : planned and open first, then newest. */
export interface MeetingLine {
  readonly meetingId: string;
  readonly region: string;
  readonly kind: MeetingKind;
  readonly title: string;
  readonly phase: MeetingPhase;
  /** Login of the chair. */
  readonly by: string;
  readonly calledAt: string;
  readonly startsAt: string;
  readonly endedAt: string | null;
  readonly seats: number;
  readonly accepted: number;
  readonly inRoom: number;
  readonly isRecorded: boolean;
}

/**
 * Whether the centre can know of a chair that only listens. `none`: no media server belongs to it, nobody sits in a
 * room; `down`: the link to the media server is broken, nobody can know; `up`: it stands since then.
 */
export type RoomLink =
  | { readonly state: 'none' | 'down' }
  | { readonly state: 'up'; readonly since: string };

/** GET /api/meetings/:meetingId?region= */
export interface MeetingView extends MeetingLine {
  readonly control: MeetingControl;
  /** When the chair last was in the room or did something; null = the meeting has not begun. */
  readonly chairSeenAt: string | null;
  readonly link: RoomLink;
  readonly seatsOf: readonly Seat[];
  readonly lines: readonly RoomLine[];
  readonly rounds: readonly RoundView[];
  readonly media: MediaHealth | null;
}

/** One round of a roll call, without persons. */
export interface RoundView {
  readonly round: number;
  readonly openedAt: string;
  readonly until: string;
  readonly isOpen: boolean;
  readonly asked: number;
  readonly present: number;
}

/** 会场状态, one line a seat, without persons: GET /api/meetings/:meetingId/venues?region= , to be polled. */
export interface MeetingVenue {
  readonly seatId: SeatId;
  readonly rungAt: string | null;
  readonly answer: 'accepted' | 'declined' | null;
  readonly answeredAt: string | null;
  readonly how: 'touch' | 'auto' | null;
  /** Packets flow now. */
  readonly isInRoom: boolean;
  /** When packets flowed first; null = never. */
  readonly joinedAt: string | null;
  /** Whole milliseconds with packets, rejoins merged. */
  readonly presentMs: number;
  readonly rejoins: number;
  /** Of the newest round; null = not asked. */
  readonly rollCall: {
    readonly round: number;
    readonly at: string | null;
    readonly method: RollCallMethod | null;
    /** The face stood before a camera that plays a recording. */
    readonly isSample: boolean;
  } | null;
}

/** GET /api/meetings/:meetingId/roll-calls?region=&purpose=duty-watch (audited): who answered, by name. */
export interface RollCallAnswer {
  readonly round: number;
  readonly seatId: SeatId;
  readonly at: string;
  readonly method: RollCallMethod;
  /** null = by button: nobody said who. */
  readonly name: string | null;
  /** The face stood before a camera that plays a recording. */
  readonly isSample: boolean;
}

/** GET /api/meetings/:meetingId/recording?region=&purpose=… (audited) */
export interface RecordingView {
  readonly recordingId: string;
  /** Where segments are fetched, and the key to do so for ten minutes. */
  readonly mediaUrl: string;
  readonly token: string;
  readonly segments: readonly {
    readonly seatId: SeatId;
    readonly no: number;
    readonly from: string;
    readonly durationMs: number;
    readonly bytes: number;
    readonly hasVideo: boolean;
  }[];
}
