import {
  meetingLimits,
  type MeetingControl,
  type SeatedChair,
  type SeatId,
} from '@sightline/contracts';
import type { Peer } from './peer.ts';

/** A room as far as its chair goes. */
interface ChairedRoom {
  readonly meetingId: string;
  readonly rules: { readonly control: Pick<MeetingControl, 'chair'> };
  readonly peers: ReadonlyMap<SeatId, Pick<Peer, 'isAway' | 'heardMs'>>;
}

/** The chairs whose pages are in their rooms, heard last first; `nowMs` of the same monotonic clock as the peers'. */
export function seatedChairs(rooms: readonly ChairedRoom[], nowMs: number): SeatedChair[] {
  return rooms
    .flatMap(({ meetingId, rules, peers }) => {
      const chair = peers.get(rules.control.chair);
      if (chair === undefined || chair.isAway) return [];
      return [{ meetingId, agoMs: Math.max(0, Math.round(nowMs - chair.heardMs)) }];
    })
    .filter(({ agoMs }) => agoMs <= meetingLimits.chairGoneSeconds * 1_000)
    .toSorted((a, b) => a.agoMs - b.agoMs)
    .slice(0, meetingLimits.seatedChairs);
}
