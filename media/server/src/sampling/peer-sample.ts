/** What one seat's link did in the last second. */
export interface PeerSample {
  /** Milliseconds since 1970: the second that was measured. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** RTP packets that came from the seat. */
  readonly packets: number;
  /** Of those that should have come, how many did not, 0 … 1. */
  readonly upLossShare: number;
  /** Null = the server has no estimate: it sends no picture now. */
  readonly downKbps: number | null;
  readonly downLossShare: number;
  /** Something is, or would be, sent to the seat over WebRTC, so that reports and keep-alives come back. */
  readonly isEchoed: boolean;
  /** Whether any of them came. */
  readonly hasEcho: boolean;
}
