import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { MeetingControl, Seat, SeatKey } from './meeting-control.ts';
import type { EraseFiles, FilesErased } from './meeting-keeping.ts';
import { meetingLimits } from './meeting.ts';

/*
 * The media server opens this link to the centre: Socket.IO over WebSocket alone (`transports:
 * ['websocket']`, and no Origin, for it is no page), namespace `/media`, `auth: {secret}`. The centre tells how rooms should be; the media server tells what happened in them, again until it was
 * acknowledged (`{ok: true}` after the commit, or `{ok: false, code, detail}`).
 */

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const Instant = Type.String({ pattern: instantPattern });

/** A meeting as the media server is told of it. */
export const RoomOrder = Type.Object({
  control: MeetingControl,
  seats: Type.Array(Seat, { maxItems: meetingLimits.seats + 1 }),
});
export type RoomOrder = Static<typeof RoomOrder>;

/**
 * Centre → media. `rooms`: all that are open, at the start of the link; `room`: one, on each change; `erase`: files
 * that are to go, again until it was answered that they are gone.
 */
export interface CentreWords {
  readonly rooms: (rooms: readonly RoomOrder[]) => void;
  readonly room: (room: RoomOrder) => void;
  readonly closed: (of: { readonly meetingId: string }) => void;
  readonly erase: (of: EraseFiles, answer: (said: FilesErased) => void) => void;
}

export const RaisedHand = Type.Object(
  { meetingId: Uuid, seatId: SeatKey, isUp: Type.Boolean() },
  closed,
);
export type RaisedHand = Static<typeof RaisedHand>;

/** 文字: a line typed into the room. Kept with the meeting, outside the log. */
export const RoomLine = Type.Object(
  {
    lineId: Uuid,
    meetingId: Uuid,
    seatId: SeatKey,
    at: Instant,
    text: Type.String({ minLength: 1, maxLength: meetingLimits.textChars }),
  },
  closed,
);
export type RoomLine = Static<typeof RoomLine>;

/** While packets of a seat flow: sent again as it grows, and once more when it is over. */
export const Spell = Type.Object(
  {
    spellId: Uuid,
    meetingId: Uuid,
    seatId: SeatKey,
    from: Instant,
    until: Instant,
    packets: Type.Integer({ minimum: 0 }),
    isOver: Type.Boolean(),
  },
  closed,
);
export type Spell = Static<typeof Spell>;
/** What one message of the link may hold, either way; the centre hangs up on a larger one. */
export const linkMessageBytes = 1_000_000;

export const Spells = Type.Array(Spell, { maxItems: 500 });

/** One playable piece of a recording, closed and on the media server's disk. */
export const RecordedSegment = Type.Object(
  {
    recordingId: Uuid,
    meetingId: Uuid,
    seatId: SeatKey,
    no: Type.Integer({ minimum: 0, maximum: 100_000 }),
    from: Instant,
    durationMs: Type.Integer({ minimum: 0 }),
    bytes: Type.Integer({ minimum: 0 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    hasVideo: Type.Boolean(),
  },
  closed,
);
export type RecordedSegment = Static<typeof RecordedSegment>;
export const RecordedSegments = Type.Array(RecordedSegment, { maxItems: 200 });

/** Whether meetings can be held, and if not, why and what to do. */
export const MediaHealth = Type.Object(
  {
    state: Type.Union([
      Type.Literal('ready'),
      Type.Literal('preparing'),
      Type.Literal('no-worker'),
      // Said by the centre alone: nobody answers there.
      Type.Literal('no-link'),
    ]),
    workers: Type.Integer({ minimum: 0, maximum: 256 }),
    /** A plain sentence with the remedy; empty where all is well. */
    detail: Type.String({ maxLength: 400 }),
  },
  closed,
);
export type MediaHealth = Static<typeof MediaHealth>;

/** Pages of a seat that sent too much, and were cut off: told once, until they have been quiet for ten minutes. */
export const Shed = Type.Object(
  {
    shedId: Uuid,
    meetingId: Uuid,
    seatId: SeatKey,
    at: Instant,
    why: Type.Enum(['requests', 'connections', 'frames']),
  },
  closed,
);
export type Shed = Static<typeof Shed>;

/** 主持人在会. The chair of a room whose page is there, whatever it sends. An age, for clocks differ. */
export const SeatedChair = Type.Object(
  {
    meetingId: Uuid,
    /** How long ago something of its page was heard. */
    agoMs: Type.Integer({ minimum: 0, maximum: meetingLimits.chairGoneSeconds * 1_000 }),
  },
  closed,
);
export type SeatedChair = Static<typeof SeatedChair>;
export const SeatedChairs = Type.Array(SeatedChair, { maxItems: meetingLimits.seatedChairs });

export type LinkAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly detail: string };

/** Media → centre; each with an answer. */
export interface MediaWords {
  readonly hand: (hand: RaisedHand, answer: (said: LinkAnswer) => void) => void;
  readonly line: (line: RoomLine, answer: (said: LinkAnswer) => void) => void;
  readonly spells: (spells: readonly Spell[], answer: (said: LinkAnswer) => void) => void;
  readonly segments: (
    segments: readonly RecordedSegment[],
    answer: (said: LinkAnswer) => void,
  ) => void;
  readonly shed: (shed: Shed, answer: (said: LinkAnswer) => void) => void;
  /** At the beginning of the link and each 10 s, while there are any. */
  readonly chairs: (chairs: readonly SeatedChair[], answer: (said: LinkAnswer) => void) => void;
  readonly health: (health: MediaHealth, answer: (said: LinkAnswer) => void) => void;
}
