import { isAsked, rank, type MeetingVenue, type Seat, type SeatLink } from '@sightline/contracts';
import { linkOf } from '@sightline/media-client';
import type { Room } from '../meetings/use-room.ts';

/** How far a venue has come. */
export type VenueState = 'not-rung' | 'rung' | 'accepted' | 'declined' | 'in-room' | 'left';

/** 会场 as a row of the chair's list. */
export interface VenueRow {
  readonly seat: Seat;
  readonly venue: MeetingVenue | null;
  readonly state: VenueState;
  /** Place in the queue of raised hands, from 1; null = no hand. */
  readonly hand: number | null;
  readonly hasFloor: boolean;
  readonly isOnAir: boolean;
  /** null = nothing is known of it, or the venue is not in the room. */
  readonly link: SeatLink | null;
  readonly rollCall: 'not-asked' | 'waiting' | 'present' | 'absent';
}

export const venueFilters = ['all', 'hands', 'inRoom', 'notAnswered', 'absent', 'trouble'] as const;
export type VenueFilter = (typeof venueFilters)[number];

/**
 * Every venue of the room: raised hands first, in their order, then who speaks, then who is seen, then by
 * code. A thousand rows are made in a few milliseconds.
 */
export function venueRows(
  room: Pick<Room, 'control' | 'venues' | 'seats'>,
  links: ReadonlyMap<string, SeatLink>,
): readonly VenueRow[] {
  const { control, venues, seats } = room;
  const hands = new Map(control.hands.map((seatId, at) => [seatId, at + 1]));
  const floor = new Set(control.floor);
  const onAir = new Set(control.carousel?.seats ?? control.onAir);
  const rows = [...seats.values()]
    .filter(({ seatId }) => seatId !== control.chair)
    .map((seat): VenueRow => {
      const venue = venues.get(seat.seatId) ?? null;
      return {
        seat,
        venue,
        state: stateOf(venue),
        hand: hands.get(seat.seatId) ?? null,
        hasFloor: floor.has(seat.seatId),
        isOnAir: onAir.has(seat.seatId),
        link: linkOf(links, seat.seatId, venue?.isInRoom ?? null),
        rollCall: rollCallOf(
          venue,
          control.rollCall?.round ?? 0,
          isAsked({ control, seats }, seat.seatId),
        ),
      };
    });
  return rows.toSorted(
    (a, b) =>
      (a.hand ?? Infinity) - (b.hand ?? Infinity) || // Infinity - Infinity is NaN: falls through.
      Number(b.hasFloor) - Number(a.hasFloor) ||
      Number(b.isOnAir) - Number(a.isOnAir) ||
      (a.seat.region < b.seat.region ? -1 : 1),
  );
}

export function isShown(row: VenueRow, filter: VenueFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'hands':
      return row.hand !== null;
    case 'inRoom':
      return row.state === 'in-room';
    case 'notAnswered':
      return row.state === 'not-rung' || row.state === 'rung';
    case 'absent':
      return row.rollCall === 'waiting' || row.rollCall === 'absent';
    case 'trouble':
      return isInTrouble(row);
  }
}

/** Its link carries no moving picture although it should, or it said yes and is not there. */
function isInTrouble({ link, state }: VenueRow): boolean {
  if (state === 'accepted' || state === 'left') return true;
  if (link === null || state !== 'in-room') return false;
  const isWeak = (tier: SeatLink['up'], reason: SeatLink['upReason']) =>
    rank(tier) >= rank('stills') && reason !== 'chosen' && reason !== 'good';
  return isWeak(link.up, link.upReason) || isWeak(link.down, link.downReason);
}

function stateOf(venue: MeetingVenue | null): VenueState {
  if (venue === null) return 'not-rung';
  if (venue.isInRoom) return 'in-room';
  if (venue.presentMs > 0) return 'left';
  if (venue.answer !== null) return venue.answer;
  return venue.rungAt === null ? 'not-rung' : 'rung';
}

function rollCallOf(
  venue: MeetingVenue | null,
  round: number,
  isWaited: boolean,
): VenueRow['rollCall'] {
  const rollCall = venue?.rollCall ?? null;
  if (rollCall === null || rollCall.round !== round) return isWaited ? 'waiting' : 'not-asked';
  if (rollCall.at !== null) return 'present';
  return isWaited ? 'waiting' : 'absent';
}
