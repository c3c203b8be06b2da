import {
  isWithin,
  venueSeat,
  type MeetingControl,
  type MeetingVenue,
  type MeetingView,
  type RoomRules,
  type Seat,
  type SeatId,
} from '@sightline/contracts';
import { useMemo } from 'react';
import { useMay, useMe } from '../api/use-me.ts';
import { useVenues } from './use-meetings.ts';

/** A meeting as its page works with it. */
export interface Room {
  readonly view: MeetingView;
  /** Region the page was opened for: every request names it. */
  readonly scope: string;
  /** The newest that is known, by whichever way it came. */
  readonly control: MeetingControl;
  readonly rules: RoomRules;
  readonly seats: ReadonlyMap<SeatId, Seat>;
  readonly venues: ReadonlyMap<SeatId, MeetingVenue>;
  /** What is known of the venues has not come yet: nothing is said of them. */
  readonly isLoading: boolean;
  /** This account's own seat: the chair's, or the venue of its region (a village's is its terminal's); null = it looks on. */
  readonly ownSeat: SeatId | null;
  readonly isChair: boolean;
  /** The chair, and where it is gone an officer of the meeting's region or above. */
  readonly mayEnd: boolean;
  readonly problem: Error | null;
}

interface Asked {
  readonly view: MeetingView;
  readonly scope: string;
  /** As the media server told it last; null = not in the room. */
  readonly heard: MeetingControl | null;
}

/** Puts together what came by HTTP and, in the room, what the media server says at once. */
export function useRoom({ view, scope, heard }: Asked): Room {
  const { login, region } = useMe();
  const mayHold = useMay('hold-meetings');
  const mayJoin = useMay('join-meetings');
  const venues = useVenues(view.meetingId, scope, view.phase === 'open');
  const control = heard !== null && heard.version > view.control.version ? heard : view.control;
  const seats = useMemo(
    () => new Map(view.seatsOf.map((seat) => [seat.seatId, seat])),
    [view.seatsOf],
  );
  const bySeat = useMemo(
    () => new Map((venues.data ?? []).map((venue) => [venue.seatId, venue])),
    [venues.data],
  );
  const isChair = mayHold && view.by === login;
  const own = venueSeat(region);
  return {
    view,
    scope,
    control,
    rules: { control, seats },
    seats,
    venues: bySeat,
    ownSeat: isChair ? control.chair : mayJoin && region.length < 12 && seats.has(own) ? own : null,
    isChair,
    mayEnd: isChair || (mayHold && isWithin(view.region, region)),
    isLoading: venues.isPending,
    problem: venues.error,
  };
}
