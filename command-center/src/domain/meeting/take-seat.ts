import {
  isWithin,
  meetingLimits,
  refuse,
  venueSeat,
  type MeetingControl,
  type Refusal,
  type Region,
  type SeatId,
} from '@sightline/contracts';
import type { Seats } from './steer-meeting.ts';

/** A meeting is known to whoever lies within its region, or above it. */
export function isKnownTo(scope: Region, region: Region): boolean {
  return isWithin(region, scope) || isWithin(scope, region);
}

export interface SeatedMeeting {
  readonly phase: 'planned' | 'open' | 'over';
  readonly control: MeetingControl;
  readonly seats: Seats;
}

export interface SeatTaker {
  /** `deskSeat` of the account. */
  readonly desk: SeatId;
  readonly region: Region;
}

/** 入会. The chair's own seat, or that of the venue of one's region; a village's is its terminal's. */
export function decideSeat(
  { phase, control, seats }: SeatedMeeting,
  { desk, region }: SeatTaker,
): { readonly seatId: SeatId } | Refusal {
  if (phase === 'over') return refuse('over-already', 'The meeting is over.');
  if (desk === control.chair) return { seatId: desk };
  const venue = venueSeat(region);
  if (region.length < 12 && seats.has(venue)) return { seatId: venue };
  return refuse('no-seat', 'The venue of your region is not invited to this meeting.');
}

/** A desk may answer the round that is open, as the venue of its region. */
export function decideDeskPresent(
  meeting: SeatedMeeting,
  taker: SeatTaker,
  round: number,
): { readonly seatId: SeatId } | Refusal {
  const seat = decideSeat(meeting, taker);
  if ('code' in seat) return seat;
  const { rollCall } = meeting.control;
  if (rollCall?.isOpen === true && rollCall.round === round) return seat;
  return refuse('round-over', 'That roll call is over.');
}

export interface EndGround {
  readonly now: Temporal.Instant;
  /** When the chair was last heard, seen or did something; null = the meeting has not begun. */
  readonly chairSeenAt: string | null;
}

/** 结束, 取消: by the chair; where it is gone, by an officer of the meeting's region, or above it. */
export function decideEnd(
  { phase, control }: SeatedMeeting,
  { desk, region }: SeatTaker,
  ground: EndGround,
): { readonly why: 'chair' | 'chair-gone' | 'cancelled' } | Refusal {
  const isChair = desk === control.chair;
  if (!isChair && (phase === 'planned' || !isWithin(control.region, region))) {
    return refuse('not-chair', 'Only the chair of the meeting ends it.');
  }
  if (phase === 'over') return refuse('over-already', 'The meeting is over.');
  if (isChair) return { why: phase === 'planned' ? 'cancelled' : 'chair' };
  return isChairGone(ground)
    ? { why: 'chair-gone' }
    : refuse(
        'chair-there',
        'The chair was there a moment ago. Only where it is gone another ends it.',
      );
}

function isChairGone({ now, chairSeenAt }: EndGround): boolean {
  if (chairSeenAt === null) return false;
  const seconds = meetingLimits.chairGoneSeconds;
  return Temporal.Instant.compare(Temporal.Instant.from(chairSeenAt).add({ seconds }), now) <= 0;
}
