import { signallingLimits } from '@sightline/contracts';
import { limits } from '#limits.ts';
import { Bucket } from './bucket.ts';

/** What all pages of one seat together may send: a page that is opened anew begins no new count. */
export class SeatAllowance {
  /** Whatever comes, before anybody looks at it. */
  readonly packets: Bucket;
  readonly requests: Bucket;
  readonly lines: Bucket;
  /** Requests that are not answered yet. */
  inFlight = 0;

  constructor(nowMs: number) {
    const perSecond = signallingLimits.requestsPerSecond;
    this.packets = new Bucket({ perSecond: perSecond * 5, most: perSecond * 10 }, nowMs);
    this.requests = new Bucket({ perSecond, most: perSecond * 2 }, nowMs);
    this.lines = new Bucket(limits.signal.lines, nowMs);
  }
}
