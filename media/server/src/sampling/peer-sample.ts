import type { Delay, MediaSource } from '@sightline/contracts';

/** What one seat's link did in the last second. */
export interface PeerSample {
  /** Milliseconds since 1970: the second that was measured. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** RTP packets that came from the seat. */
  readonly packets: number;
  /** What they were of. */
  readonly came: readonly MediaSource[];
  /** Of those that should have come, how many did not, 0 … 1. */
  readonly upLossShare: number;
  /**
   * What the link carries, where a picture is held back for it. Null = no picture is sent, or all that is asked
   * flows: an estimate learns from what is sent, so then it says at least, and nothing of more.
   */
  readonly downKbps: number | null;
  readonly downLossShare: number;
  /** How long what the seat sends stood in a queue; null = its clock told nothing of it yet. */
  readonly upDelay: Delay | null;
  /** Whether the seat tells when what it sends left: a page does. */
  readonly isTimed: boolean;
  /** How long what is sent to the seat, and the report of it, took; null = no report of it came yet. */
  readonly downDelay: Delay | null;
  /** RTP packets that were sent to the seat. */
  readonly sent: { readonly pictures: number; readonly voices: number };
  /** The way to the seat is open; before, nothing can be sent on it. */
  readonly isOpen: boolean;
  /** Something is, or would be, sent to the seat over WebRTC, so that reports and keep-alives come back. */
  readonly isEchoed: boolean;
  /** Whether any of them came. */
  readonly hasEcho: boolean;
}
