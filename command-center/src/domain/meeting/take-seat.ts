import {
  isWithin,
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
