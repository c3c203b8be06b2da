import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import { Carousel, ChannelLanguageName, SeatKey, SeatRole } from './meeting-control.ts';
import { meetingLimits } from './meeting.ts';

const closed = { additionalProperties: false } as const;

/** 会控操作. What the chair does to the room; the log keeps each as it was done (`meeting.steered`). */
export const MeetingAct = Type.Union([
  /** 全体静音; with `lock` nobody but chair, main venues and floor speaks until it is unlocked. */
  Type.Object({ act: Type.Literal('mute-all'), lock: Type.Boolean() }, closed),
  Type.Object({ act: Type.Literal('unlock') }, closed),
  /** 给发言权; lowers the hand. */
  Type.Object({ act: Type.Literal('give-floor'), seatId: SeatKey }, closed),
  Type.Object({ act: Type.Literal('take-floor'), seatId: SeatKey }, closed),
  Type.Object({ act: Type.Literal('lower-hand'), seatId: SeatKey }, closed),
  /** 上墙. Ends a carousel. */
  Type.Object(
    {
      act: Type.Literal('set-on-air'),
      seats: Type.Array(SeatKey, { maxItems: meetingLimits.onAir, uniqueItems: true }),
    },
    closed,
  ),
  Type.Object(
    { act: Type.Literal('set-carousel'), carousel: Type.Union([Carousel, Type.Null()]) },
    closed,
  ),
  /** 主会场 or 分会场. */
  Type.Object({ act: Type.Literal('set-role'), seatId: SeatKey, role: SeatRole }, closed),
  /** Who may share a screen; null = nobody any more. */
  Type.Object(
    { act: Type.Literal('share-screen'), seatId: Type.Union([SeatKey, Type.Null()]) },
    closed,
  ),
  Type.Object(
    {
      act: Type.Literal('show-slides'),
      deckId: Type.String({ pattern: uuidPattern }),
      page: Type.Integer({ minimum: 1, maximum: meetingLimits.slidePages }),
      pages: Type.Integer({ minimum: 1, maximum: meetingLimits.slidePages }),
    },
    closed,
  ),
  Type.Object({ act: Type.Literal('hide-slides') }, closed),
  /** null = no interpreter any more. */
  Type.Object(
    {
      act: Type.Literal('set-interpreter'),
      seatId: SeatKey,
      language: Type.Union([ChannelLanguageName, Type.Null()]),
    },
    closed,
  ),
  /** 点名. `absent` asks again those who did not answer the round before: 二次点名. */
  Type.Object(
    {
      act: Type.Literal('open-roll-call'),
      ask: Type.Union([Type.Literal('all'), Type.Literal('absent')]),
      seconds: Type.Integer({
        minimum: meetingLimits.rollCallSecondsMin,
        maximum: meetingLimits.rollCallSecondsMax,
      }),
    },
    closed,
  ),
  Type.Object({ act: Type.Literal('close-roll-call') }, closed),
  /** 邀请: more venues, by region. */
  Type.Object(
    {
      act: Type.Literal('invite'),
      regions: Type.Array(Type.String({ pattern: regionPattern }), {
        minItems: 1,
        maxItems: 50,
        uniqueItems: true,
      }),
    },
    closed,
  ),
  Type.Object({ act: Type.Literal('remove'), seatId: SeatKey }, closed),
  Type.Object({ act: Type.Literal('start-recording') }, closed),
  Type.Object({ act: Type.Literal('stop-recording') }, closed),
]);
export type MeetingAct = Static<typeof MeetingAct>;
