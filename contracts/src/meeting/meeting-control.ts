import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import { channelLanguages, meetingKinds, meetingLimits, seatIdPattern } from './meeting.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const Instant = Type.String({ pattern: instantPattern });

export const SeatKey = Type.String({ pattern: seatIdPattern });
export const MeetingKindName = Type.Enum(meetingKinds);
export const ChannelLanguageName = Type.Enum(channelLanguages);

/** 主会场 (seen and heard from the start), 分会场, or an interpreter. The chair is named by the control. */
export const SeatRole = Type.Union([Type.Literal('main'), Type.Literal('branch')]);

/** Who may come into the room. Places, not people: a desk is named by its account. */
export const Seat = Type.Object(
  {
    seatId: SeatKey,
    region: Type.String({ pattern: regionPattern }),
    /** Chinese name of the place, or the desk's login. */
    name: Type.String({ maxLength: 80 }),
    role: SeatRole,
  },
  closed,
);
export type Seat = Static<typeof Seat>;

export const Carousel = Type.Object(
  {
    seconds: Type.Integer({
      minimum: meetingLimits.carouselSecondsMin,
      maximum: meetingLimits.carouselSecondsMax,
    }),
    seats: Type.Array(SeatKey, { minItems: 2, maxItems: meetingLimits.carouselSeats }),
  },
  closed,
);
export type Carousel = Static<typeof Carousel>;

/** 点名. Who was asked in which round; who answered comes as facts. */
export const RollCall = Type.Object(
  {
    round: Type.Integer({ minimum: 1, maximum: 99 }),
    openedAt: Instant,
    until: Instant,
    isOpen: Type.Boolean(),
    /** `null` = every venue. */
    asked: Type.Union([Type.Array(SeatKey, { maxItems: meetingLimits.seats }), Type.Null()]),
  },
  closed,
);
export type RollCall = Static<typeof RollCall>;

/** 会控状态. How the room should be: decided by the centre, enforced by the media server, shown by pages. */
export const MeetingControl = Type.Object(
  {
    meetingId: Uuid,
    /** Grows with every change. */
    version: Type.Integer({ minimum: 1 }),
    region: Type.String({ pattern: regionPattern }),
    kind: MeetingKindName,
    title: Type.String({ maxLength: meetingLimits.titleChars }),
    chair: SeatKey,
    isOpen: Type.Boolean(),
    /** 全体静音并锁定: only the chair, main venues and the floor speak. */
    isLocked: Type.Boolean(),
    /** Version of the last 全体静音: whoever spoke before it is muted once. */
    silencedAt: Type.Integer({ minimum: 0 }),
    /** 发言权 */
    floor: Type.Array(SeatKey, { maxItems: meetingLimits.floor }),
    /** 举手, in the order they were raised. */
    hands: Type.Array(SeatKey, { maxItems: meetingLimits.seats }),
    /** 上墙: seen by everybody; the first is the large picture. */
    onAir: Type.Array(SeatKey, { maxItems: meetingLimits.onAir }),
    /** 轮巡: the media server puts one after the other on the air, in the place of `onAir`. */
    carousel: Type.Union([Carousel, Type.Null()]),
    /** Who may share a screen; null = nobody. */
    screen: Type.Union([SeatKey, Type.Null()]),
    slides: Type.Union([
      Type.Object(
        {
          deckId: Uuid,
          page: Type.Integer({ minimum: 1, maximum: meetingLimits.slidePages }),
          pages: Type.Integer({ minimum: 1, maximum: meetingLimits.slidePages }),
        },
        closed,
      ),
      Type.Null(),
    ]),
    /** 同声传译 */
    interpreters: Type.Array(
      Type.Object({ seatId: SeatKey, language: ChannelLanguageName }, closed),
      { maxItems: meetingLimits.interpreters },
    ),
    rollCall: Type.Union([RollCall, Type.Null()]),
    /** Announced and shown to everybody in the room. */
    isRecorded: Type.Boolean(),
  },
  closed,
);
export type MeetingControl = Static<typeof MeetingControl>;
