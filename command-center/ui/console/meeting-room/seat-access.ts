/** Where the media server is, and the key to this page's seat. */
export interface SeatAccess {
  readonly mediaUrl: string;
  readonly seatToken: string;
}
