import { isRefusal, type MeetingAct, type Refusal, type SeatId } from '@sightline/contracts';
import { decideSteer } from '#domain/meeting/steer-meeting.ts';
import type { Room } from '../meetings/use-room.ts';

/**
 * Why the chair's act would be refused now, by the very rule the centre decides by; null = nothing speaks
 * against it. Whom an invitation reaches the centre alone knows: it is not judged here.
 */
export function refuseSteering(
  { control, seats, venues }: Pick<Room, 'control' | 'seats' | 'venues'>,
  act: MeetingAct,
  now: Temporal.Instant,
): Refusal | null {
  if (act.act === 'invite') return null;
  const ground = { by: control.chair, now, absent: absentOf({ control, venues }), arriving: [] };
  const decided = decideSteer({ control, seats }, act, ground);
  return isRefusal(decided) ? decided : null;
}

/** Asked by the newest round and not there. */
function absentOf({ control, venues }: Pick<Room, 'control' | 'venues'>): readonly SeatId[] {
  const round = control.rollCall?.round ?? 0;
  return [...venues.values()]
    .filter(({ rollCall }) => rollCall !== null && rollCall.round === round && rollCall.at === null)
    .map(({ seatId }) => seatId);
}
