import {
  isWithin,
  meetingLimits,
  refuse,
  type MeetingControl,
  type Refusal,
  type RoomLink,
} from '@sightline/contracts';
import type { SeatedMeeting, SeatTaker } from './take-seat.ts';

export interface EndGround {
  readonly now: Temporal.Instant;
  /** When the chair last was in the room or did something; null = the meeting has not begun. */
  readonly chairSeenAt: string | null;
  readonly link: RoomLink;
}

/** 结束, 取消: by the chair; where it is known to be gone, by an officer of the meeting's region, or above it. */
export function decideEnd(
  {
    phase,
    control,
  }: Pick<SeatedMeeting, 'phase'> & {
    readonly control: Pick<MeetingControl, 'chair' | 'region'>;
  },
  { desk, region }: SeatTaker,
  ground: EndGround,
): { readonly why: 'chair' | 'chair-gone' | 'cancelled' } | Refusal {
  const isChair = desk === control.chair;
  if (!isChair && (phase === 'planned' || !isWithin(control.region, region))) {
    return refuse('not-chair', 'Only the chair of the meeting ends it.');
  }
  if (phase === 'over') return refuse('over-already', 'The meeting is over.');
  if (isChair) return { why: phase === 'planned' ? 'cancelled' : 'chair' };
  return refuseWhileThere(ground) ?? { why: 'chair-gone' };
}

/** Unknown is not gone: what nobody could hear says nothing of the chair. Null = it is gone. */
function refuseWhileThere({ now, chairSeenAt, link }: EndGround): Refusal | null {
  if (chairSeenAt === null || isFresh(chairSeenAt, now)) {
    return refuse(
      'chair-there',
      'The chair was there a moment ago. Only where it is gone another ends it.',
    );
  }
  if (link.state === 'down') {
    return refuse(
      'chair-unknown',
      'The link to the media server is down: nobody knows whether the chair is in the room. ' +
        'Bring the media server back, and end the meeting two minutes later.',
    );
  }
  if (link.state === 'up' && isFresh(link.since, now)) {
    return refuse(
      'chair-awaited',
      'The link to the media server began a moment ago: the chair may yet be heard. ' +
        'End the meeting two minutes after the link began.',
    );
  }
  return null;
}

function isFresh(at: string, now: Temporal.Instant): boolean {
  const seconds = meetingLimits.chairGoneSeconds;
  return Temporal.Instant.compare(Temporal.Instant.from(at).add({ seconds }), now) > 0;
}
