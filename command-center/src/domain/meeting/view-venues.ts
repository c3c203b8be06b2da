import {
  attendanceOf,
  type MediaSpell,
  type MeetingVenue,
  type RollCallMethod,
} from '@sightline/contracts';

/** A seat as the store has it: instants as ISO texts. */
export interface StoredSeat extends Pick<
  MeetingVenue,
  'seatId' | 'rungAt' | 'answer' | 'answeredAt' | 'how' | 'isInRoom'
> {
  /** Of the newest roll call; null = not asked by it. */
  readonly round: number | null;
  readonly presentAt: string | null;
  readonly method: RollCallMethod | null;
  readonly isSample: boolean;
}

export interface StoredAttendance {
  readonly venues: readonly StoredSeat[];
  readonly spells: readonly MediaSpell[];
  readonly openedAt: string | null;
  readonly endedAt: string | null;
}

/** 会场状态. Where each venue stands, and how long packets of it flowed; no name is in it. */
export function viewVenues(
  { venues, spells, openedAt, endedAt }: StoredAttendance,
  now: Temporal.Instant,
): MeetingVenue[] {
  const whole = {
    fromMs: openedAt === null ? 0 : Temporal.Instant.from(openedAt).epochMilliseconds,
    untilMs:
      endedAt === null ? now.epochMilliseconds : Temporal.Instant.from(endedAt).epochMilliseconds,
  };
  const attended = new Map(attendanceOf(spells, whole).map((each) => [each.seatId, each]));
  return venues.map(({ round, presentAt, method, isSample, ...venue }) => {
    const { presentMs = 0, rejoins = 0, firstMs } = attended.get(venue.seatId) ?? {};
    return {
      ...venue,
      joinedAt: firstMs === undefined ? null : instantText(firstMs),
      presentMs: Math.round(presentMs),
      rejoins,
      rollCall: round === null ? null : { round, at: presentAt, method, isSample },
    };
  });
}

function instantText(ms: number): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms));
  return instant.toString({ smallestUnit: 'millisecond' });
}
