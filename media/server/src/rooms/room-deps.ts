import type { Logger } from 'pino';
import type { PlaceLimits } from './place-seat.ts';
import type { PlainPorts } from './plain-ports.ts';
import type { RtcConfig } from './room-router.ts';
import type { WorkerPort } from './worker-port.ts';

/** What a room is given. */
export interface RoomDeps {
  readonly workers: WorkerPort;
  readonly rtc: RtcConfig;
  /** Of all rooms together. */
  readonly plainPorts: PlainPorts;
  readonly placement: PlaceLimits;
  readonly log: Logger;
  /** A monotonic clock. */
  readonly nowMs: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
