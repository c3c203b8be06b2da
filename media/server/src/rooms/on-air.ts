import type { types } from 'mediasoup';
import type { MediaSource, SeatId } from '@sightline/contracts';

/** Something a seat sends now. */
export interface OnAir {
  readonly seatId: SeatId;
  readonly source: MediaSource;
  readonly producer: types.Producer;
  /** Where it comes in: one of the room's. */
  readonly router: types.Router;
  /** Stopped by the server: nobody is given it. */
  readonly isStopped: boolean;
  /** Neither stopped nor paused by its page. */
  readonly isFlowing: boolean;
}

/** What of it a recorder or a viewer needs to find it again. */
export type OnAirKey = `${SeatId}/${MediaSource}`;

export function onAirKey(seatId: SeatId, source: MediaSource): OnAirKey {
  return `${seatId}/${source}`;
}
